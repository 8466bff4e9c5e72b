// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** What a route takes where it takes nothing. */
export const nothing = z.strictObject({});

/** An id in a path. */
export const pathId = z.string().min(1).max(255);

/**
 * Parses a part of a request. Unknown parameters are refused, and so are characters that nobody sees.
 *
 * @throws an `InputError` that names the fields
 */
export function parseRequest<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const found = parse(schema, value);
  refuseUnseen(found, []);
  return found;
}

/**
 * The same of anything that has a shape.
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
  return result.data as z.output<T>;
}

/** Without width, or turning round what follows: what somebody reads would not be what is kept. */
const UNSEEN = /[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\p{Cs}]/u;

function refuseUnseen(value: unknown, path: string[]): void {
  // No database can look for a NUL, and PostgreSQL fails on it.
  if (typeof value === 'string' && value.includes('\0')) {
    throw new InputError(`${path.join('.')} must not contain a NUL character`);
  }
  const unseen = typeof value === 'string' && UNSEEN.exec(value);
  if (unseen) {
    const code = unseen[0].charCodeAt(0).toString(16).toUpperCase();
    throw new InputError(
      `${path.join(
        '.',
      )} must not contain characters that nobody sees: take out U+${code.padStart(
        4,
        '0',
      )}`,
    );
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      refuseUnseen(part, [...path, name]);
    }
  }
}
