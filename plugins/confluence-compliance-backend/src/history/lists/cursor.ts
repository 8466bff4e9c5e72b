// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** Where the next page of a list begins. */
export interface Cursor {
  /** The revision of the first page, kept by all further ones. */
  revision: number;
  /** ISO time at which the first page was read; what ends by time is judged at it. */
  moment?: string;
  sort: string;
  /** Which part of the list the last item stood in. */
  part: number;
  /** The sort values of the last item. */
  last: Array<string | number>;
}

const cursorSchema = z.strictObject({
  query: z.string(),
  revision: z.number().int().min(0),
  moment: z.iso.datetime().optional(),
  sort: z.string(),
  part: z.number().int().min(0),
  last: z
    .array(
      z.union([
        z
          .string()
          .max(1000)
          .refine(text => !text.includes('\0')),
        z.int(),
      ]),
    )
    .min(1)
    .max(4),
});

/** Parameters that may differ from one page of a list to the next. */
const free = new Set(['cursor', 'limit', 'revision']);

/** Recognizes the cursors of one list under one set of parameters. */
export class Cursors {
  readonly #query: string;
  readonly #sort: string;

  /**
   * @param list - the name of the list
   * @param query - its parameters as parsed
   * @param sort - the order in force
   */
  constructor(list: string, query: object, sort: string) {
    const fixed = Object.entries(query)
      .filter(([name, value]) => !free.has(name) && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    this.#query = createHash('sha256')
      .update(JSON.stringify([list, fixed]))
      .digest('base64url')
      .slice(0, 16);
    this.#sort = sort;
  }

  encode({ revision, moment, part, last }: Omit<Cursor, 'sort'>): string {
    const content = {
      query: this.#query,
      revision,
      moment,
      sort: this.#sort,
      part,
      last,
    };
    return Buffer.from(JSON.stringify(content)).toString('base64url');
  }

  /** Throws an `InputError` that names `cursor` when it is broken or of another list. */
  decode(text: string): Cursor {
    const parsed = cursorSchema.safeParse(toJson(text));
    if (
      !parsed.success ||
      parsed.data.query !== this.#query ||
      parsed.data.sort !== this.#sort
    ) {
      throw new InputError(
        'cursor is not one of this list with these parameters: start again without it',
      );
    }
    const { revision, moment, sort, part, last } = parsed.data;
    return { revision, moment, sort, part, last };
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
