// SPDX-License-Identifier: Apache-2.0
import { hostile } from '../fixtures';

/** Markup, a right-to-left override, control characters, and 320 letters without a space. */
const attack = `${hostile} \u0000\u0007\u001b[31m ${'longname'.repeat(40)}`;

/** Where words of Confluence, of people or of the catalog stand; not ids or states. */
const textFields = new Set([
  'name',
  'title',
  'text',
  'email',
  'description',
  'value',
  'source',
  'managedBy',
  'usageType',
  'accountType',
  'rule',
  'reason',
  'control',
  'note',
  'howToFix',
  'groups',
  'labels',
]);

/** The backend answers with times that it has read as times. */
const isTime = (value: string) => /^\d{4}-\d{2}-\d{2}T/.test(value);

function attacked(value: unknown, field: string): unknown {
  if (typeof value === 'string') {
    return textFields.has(field) && !isTime(value)
      ? `${value} ${attack}`
      : value;
  }
  if (Array.isArray(value)) {
    return value.map(item => attacked(item, field));
  }
  return value instanceof Object
    ? Object.fromEntries(
        Object.entries(value).map(([name, item]) => [
          name,
          attacked(item, name),
        ]),
      )
    : value;
}

/** The same answer, with an attack behind every text that somebody else has written. */
export function withHostileText<T>(answer: T): T {
  return attacked(answer, '') as T;
}
