// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** What a route takes where it takes nothing. */
export const nothing = z.strictObject({});

/** An id in a path. */
export const pathId = z.string().min(1).max(255);

/**
 * Parses a part of a request. Unknown parameters are refused.
 *
 * @throws an `InputError` that names the fields
 */
export function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const strict = schema instanceof z.ZodObject ? schema.strict() : schema;
  const result = strict.safeParse(value);
  if (!result.success) {
    throw new InputError(z.prettifyError(result.error));
  }
  refuseNul(result.data, []);
  return result.data as z.output<T>;
}

/** No database can look for a NUL, and PostgreSQL fails on it. */
function refuseNul(value: unknown, path: string[]): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new InputError(`${path.join('.')} must not contain a NUL character`);
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      refuseNul(part, [...path, name]);
    }
  }
}
