// SPDX-License-Identifier: Apache-2.0

/** The fields of a body, whether it came as JSON or as a form. */
export function fieldsOf(body: unknown): Record<string, unknown> {
  return (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
}

/** A field that may be there once, several times or not at all. */
export function listOf(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
