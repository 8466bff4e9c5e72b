// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { rankSql } from './accessLevel';
import { onlyStatus } from './accountState';
import type { OrganizationOf, Organizations } from './directory';
import { ANONYMOUS } from './effects';
import { grantsIn } from './grantRows';
import type { AccessScope } from './grants';
import { standing } from './page';
import { directoryRefs, readWhole } from './readWhole';
import type { Ref } from './refs';

/** Who reaches a space: active accounts, each counted once, by their own grants or by groups. */
export interface SpacePeople {
  /** Accounts of people, guests not among them. */
  people: number;
  /** Accounts of any kind that administer the space. */
  admins: number;
  guests: number;
  /** Accounts of apps and services. */
  machines: number;
  /** Open to everybody on the internet. */
  anonymous: boolean;
  /** Access classes that it is open to, such as `all-licensed-users`. */
  openTo: string[];
  /** Why the numbers may be too low: a stable code; absent when they are not. */
  unknown?: string;
}

interface PrincipalRow {
  type: string;
  id: string;
}

/** Counts who reaches a space. */
export async function readSpacePeople(
  knex: Knex,
  organizations: Organizations,
  options: AccessScope & { spaceId: string },
): Promise<SpacePeople> {
  const principals: PrincipalRow[] = await principalsOf(knex, options).select({
    type: 'g.principal_type',
    id: 'g.principal_id',
  });
  const openTo = principals
    .filter(({ type }) => type === 'access-class')
    .map(({ id }) => id)
    .sort();
  const directory = await directoryRefs(organizations, options.connection);
  const unknown = await whyUnknown(knex, options, principals, directory);
  return {
    ...(await countAccounts(knex, options, await organizations())),
    anonymous: openTo.includes(ANONYMOUS),
    openTo,
    ...(unknown && { unknown }),
  };
}

function principalsOf(
  knex: Knex,
  { connection, spaceId, revision }: AccessScope & { spaceId: string },
): Knex.QueryBuilder {
  return grantsIn(knex, connection, spaceId, revision).groupBy(
    'g.principal_type',
    'g.principal_id',
  );
}

async function countAccounts(
  knex: Knex,
  options: AccessScope & { spaceId: string },
  organizations: readonly OrganizationOf[],
): Promise<Pick<SpacePeople, 'people' | 'admins' | 'guests' | 'machines'>> {
  const { connection, revision } = options;
  const principals = (type: string) =>
    principalsOf(knex, options)
      .where('g.principal_type', type)
      .select({ id: 'g.principal_id' })
      .select(
        knex.raw(
          `case when max(${rankSql('g')}) = 3 then 1 else 0 end as admin`,
        ),
      )
      .as('p');
  const direct = knex.from(principals('account')).select('p.id', 'p.admin');
  const members = standing(
    knex
      .from(principals('group'))
      .join('history_memberships as m', join =>
        join.on('m.group_id', 'p.id').andOnVal('m.source', connection),
      )
      .select({ id: 'm.account_id', admin: 'p.admin' }),
    'm',
    revision,
  );
  const reaching = knex
    .from(direct.unionAll([members]).as('r'))
    .groupBy('r.id')
    .select('r.id')
    .max({ admin: 'r.admin' });
  const counts: Array<{ class: string; total: number; admins: number }> =
    await standing(
      knex
        .from(reaching.as('r'))
        .join('history_accounts as a', join =>
          join.on('a.key', 'r.id').andOnVal('a.source', connection),
        )
        .modify(accounts =>
          onlyStatus(knex, accounts, 'active', organizations, revision),
        )
        .groupBy('a.class')
        .select('a.class')
        .count({ total: '*' })
        .sum({ admins: 'r.admin' }),
      'a',
      revision,
    );
  const sum = (field: 'total' | 'admins', ...classes: string[]) =>
    counts
      .filter(count => classes.length === 0 || classes.includes(count.class))
      .reduce((all, count) => all + Number(count[field]), 0);
  return {
    people: sum('total', 'person', 'shared'),
    admins: sum('admins'),
    guests: sum('total', 'guest'),
    machines: sum('total', 'app', 'service'),
  };
}

/** Nobody knows who is in an access class, in a list that was not read whole, or behind a new word. */
async function whyUnknown(
  knex: Knex,
  { connection, spaceId, revision }: AccessScope & { spaceId: string },
  principals: PrincipalRow[],
  directory: Ref[],
): Promise<string | undefined> {
  const space = [{ connection, id: spaceId }];
  if ((await readWhole(knex, 'grants', space, revision)).size === 0) {
    return 'grants-incomplete';
  }
  const groups = principals
    .filter(({ type }) => type === 'group')
    .map(({ id }) => ({ connection, id }));
  const whole = await readWhole(knex, 'memberships', groups, revision);
  if (whole.size < groups.length) {
    return 'memberships-incomplete';
  }
  // Only those of whom the account was read, too, are counted.
  const accounts = [{ connection, id: 'site' }];
  if ((await readWhole(knex, 'accounts', accounts, revision)).size === 0) {
    return 'accounts-incomplete';
  }
  // Whoever was suspended when it was last read is not counted, and may be back.
  const asked = await readWhole(knex, 'directory', directory, revision);
  if (asked.size < directory.length) {
    return 'directory-incomplete';
  }
  const known = ['account', 'group', 'access-class'];
  if (principals.some(({ type }) => !known.includes(type))) {
    return 'principal-unknown';
  }
  const wide = principals.some(
    ({ type, id }) => type === 'access-class' && id !== ANONYMOUS,
  );
  return wide ? 'open-to-class' : undefined;
}
