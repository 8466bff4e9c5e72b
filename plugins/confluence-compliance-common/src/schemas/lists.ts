// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** Exact up to 10 000; above that only the lower bound is known. @public */
export const totalItemsSchema = z.union([
  z.number().int().min(0),
  z.object({ atLeast: z.number().int() }),
]);

/** How many items a list has in all. @public */
export type TotalItems = z.output<typeof totalItemsSchema>;

/** One page of a list, read at one revision. @public */
export interface Page<T> {
  items: T[];
  pageInfo: { nextCursor?: string };
  totalItems: TotalItems;
  /** The revision this list, and every further page of it, is read at. */
  revision: number;
}

/** Schema of one page of a list. @public */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    pageInfo: z.object({ nextCursor: z.string().optional() }),
    totalItems: totalItemsSchema,
    revision: z.number().int(),
  });
}

/** Parameters that every list route takes. @public */
export const listQuerySchema = z.object({
  /** Only this connection. */
  connection: z.string().min(1).max(63).optional(),
  /** Revision, or ISO 8601 time: the last revision committed by then. */
  asOf: z.string().min(1).max(64).optional(),
  /** From `pageInfo.nextCursor` of the page before; keeps its revision. */
  cursor: z.string().min(1).max(2048).optional(),
  limit: z.coerce.number<number | string>().int().min(1).max(200).default(50),
});

/** Order of a list: a key of the route's closed list, `-` in front turns it round. @public */
export function sortSchema<const T extends string>(keys: readonly T[]) {
  return z.enum([...keys, ...keys.map(key => `-${key}` as const)]);
}
