// SPDX-License-Identifier: Apache-2.0
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import type { AccountCriteria } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Knex } from 'knex';

/**
 * Leaves only the accounts that somebody may see. Whose an account is counts as it is now, also in
 * a list of the past: nobody sees an account because it was theirs once.
 *
 * @param column - SQL of the account id
 */
export function onlyAllowed(
  knex: Knex,
  query: Knex.QueryBuilder,
  allowed: AccountCriteria | undefined,
  column: string = 'a.key',
): void {
  if (allowed === undefined) {
    return;
  }
  if (isAndCriteria(allowed)) {
    query.where(all =>
      allowed.allOf.forEach(one =>
        all.andWhere(part => onlyAllowed(knex, part, one, column)),
      ),
    );
  } else if (isOrCriteria(allowed)) {
    query.where(any =>
      allowed.anyOf.forEach(one =>
        any.orWhere(part => onlyAllowed(knex, part, one, column)),
      ),
    );
  } else if (isNotCriteria(allowed)) {
    query.whereNot(part => onlyAllowed(knex, part, allowed.not, column));
  } else {
    query.whereIn(
      knex.raw(column) as unknown as string,
      openLinks(knex).whereIn('l.person', allowed.people).select('l.key'),
    );
  }
}

/** The ids of the accounts somebody may see, and perhaps of others; undefined where it may be most. */
export function perhapsAllowed(
  knex: Knex,
  allowed: AccountCriteria | undefined,
): Knex.QueryBuilder | undefined {
  const people = peopleIn(allowed);
  return people && openLinks(knex).whereIn('l.person', people);
}

function peopleIn(allowed: AccountCriteria | undefined): string[] | undefined {
  if (allowed === undefined || isNotCriteria(allowed)) {
    return undefined;
  }
  if (isAndCriteria(allowed)) {
    return allowed.allOf.map(peopleIn).find(people => people);
  }
  if (isOrCriteria(allowed)) {
    const parts = allowed.anyOf.map(peopleIn);
    return parts.some(people => !people)
      ? undefined
      : parts.flatMap(people => people ?? []);
  }
  return allowed.people;
}

/** Refs of the people that accounts belong to now, by account id. */
export async function linkedPeople(
  knex: Knex,
  accountIds: string[],
): Promise<Map<string, string>> {
  const rows: Array<{ key: string; person: string }> = await openLinks(knex)
    .whereIn('l.key', accountIds)
    .select('l.key', 'l.person');
  return new Map(rows.map(({ key, person }) => [key, person]));
}

function openLinks(knex: Knex): Knex.QueryBuilder {
  return knex
    .from('history_identity_links as l')
    .where('l.source', 'identity')
    .whereNull('l.closed');
}
