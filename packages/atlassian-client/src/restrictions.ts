// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { idText, optional } from './fields';
import type { ReadRestriction } from './types';

const subjectsSchema = z.object({
  results: z.array(z.unknown()),
  limit: optional(z.number()),
});

const accountIdSchema = z
  .object({ accountId: idText })
  .transform(user => user.accountId);
const groupIdSchema = z.object({ id: idText }).transform(group => group.id);

function readEach<T>(values: unknown[], schema: z.ZodType<T>): T[] {
  return values.flatMap(value => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** A list that fills its page may have been cut, and one that hides its page size as well. */
function isFull(list: z.output<typeof subjectsSchema>): boolean {
  return list.results.length > 0 && list.results.length >= (list.limit ?? 0);
}

/** What one answer tells of a restriction. */
export interface RestrictionPart {
  accountIds: string[];
  groupIds: string[];
  /** How many subjects there were, readable to us or not. */
  found: number;
  /** Whether a list fills its page, so that there may be more. */
  full: boolean;
}

export const restrictionPartSchema: z.ZodType<RestrictionPart> = z
  .object({
    restrictions: z.object({ user: subjectsSchema, group: subjectsSchema }),
  })
  .transform(({ restrictions: { user, group } }) => ({
    accountIds: readEach(user.results, accountIdSchema),
    groupIds: readEach(group.results, groupIdSchema),
    found: user.results.length + group.results.length,
    full: isFull(user) || isFull(group),
  }));

/**
 * Joins what the answers tell, in their order. A subject we cannot read still restricts: it makes
 * the lists incomplete, never the page open.
 */
export function joinRestrictionParts(
  parts: RestrictionPart[],
): ReadRestriction {
  const accountIds = parts.flatMap(part => part.accountIds);
  const groupIds = parts.flatMap(part => part.groupIds);
  const found = parts.reduce((sum, part) => sum + part.found, 0);
  return {
    restricted: found > 0,
    accountIds: [...new Set(accountIds)],
    groupIds: [...new Set(groupIds)],
    complete:
      accountIds.length + groupIds.length === found && !parts.at(-1)?.full,
  };
}
