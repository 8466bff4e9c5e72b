// SPDX-License-Identifier: Apache-2.0
import { GROUP_RELATION_LIMIT } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { chunks, query } from './engine';
import { memberCounts } from './memberCounts';
import { nameSubjects } from './subjectNames';
import { Revision } from './words';

/** Which pages the feed speaks of. */
export type PageSubjects = 'labelled' | 'all';

/** The dataset whose open row says that a subject exists. */
const MAIN = {
  account: 'history_accounts',
  group: 'history_groups',
  space: 'history_spaces',
  page: 'history_pages',
} as const;

type Kind = keyof typeof MAIN;

/** Gives the selected subjects (connection, id) the revision. */
async function touch(
  tx: Knex.Transaction,
  kind: Kind,
  revision: Revision,
  select: string,
  bindings: Knex.RawBinding[],
): Promise<void> {
  await tx.raw(
    `insert into history_subjects (kind, connection, id, revision, gone)
     select distinct '${kind}', t.connection, t.id,
       cast(? as integer), cast(? as boolean)
     from (${select}) t where true
     on conflict (kind, connection, id) do update
       set revision = excluded.revision`,
    [revision, false, ...bindings],
  );
}

async function touchAccounts(
  tx: Knex.Transaction,
  batch: string,
  revision: Revision,
): Promise<void> {
  await touch(
    tx,
    'account',
    revision,
    `select d.source as connection, d.key as id from history_delta d
     where d.batch = ? and d.dataset = 'accounts'
       and d.action in ('open', 'change', 'close')`,
    [batch],
  );
}

/** Touches accounts whose person, profile, memberships or groups changed: they name the groups that exist. */
async function touchAccountsOfOthers(
  tx: Knex.Transaction,
  batch: string,
  revision: Revision,
): Promise<void> {
  await touch(
    tx,
    'account',
    revision,
    `select a.source as connection, a.key as id from history_delta d
     join history_accounts a on a.key = d.key and a.closed is null
     where d.batch = ? and (d.dataset = 'identity_links'
         and d.action in ('open', 'change', 'close')
       or d.dataset = 'profiles' and d.container = 'account')
     union
     select a.source, a.key from history_delta d
     join history_memberships m on m.source = d.source and m.key = d.key
       and (m.opened = ? or m.closed = ?)
     join history_accounts a on a.source = m.source
       and a.key = m.account_id and a.closed is null
     where d.batch = ? and d.dataset = 'memberships'
       and d.action in ('open', 'change', 'close')
     union
     select a.source, a.key from history_delta d
     join history_memberships m on m.source = d.source and m.group_id = d.key
       and (m.closed is null or m.closed = ?)
     join history_accounts a on a.source = m.source
       and a.key = m.account_id and a.closed is null
     where d.batch = ? and d.dataset = 'groups' and d.action in ('open', 'close')`,
    [batch, revision, revision, batch, revision, batch],
  );
}

/** Whether some account stands that the revision has not opened: those it has are touched anyway. */
async function anyStoodBefore(
  tx: Knex.Transaction,
  revision: Revision,
): Promise<boolean> {
  const account = await tx('history_accounts')
    .whereNull('closed')
    .where('opened', '<', revision)
    .first('row_id');
  return account !== undefined;
}

/** Touches everybody who is or was in the group at this revision. */
async function touchMembers(
  tx: Knex.Transaction,
  source: string,
  groupId: string,
  revision: Revision,
): Promise<void> {
  await touch(
    tx,
    'account',
    revision,
    `select a.source as connection, a.key as id from history_memberships m
     join history_accounts a on a.source = m.source
       and a.key = m.account_id and a.closed is null
     where m.source = ? and m.group_id = ?
       and (m.closed is null or m.closed = ?)`,
    [source, groupId, revision],
  );
}

interface GroupSize {
  source: string;
  id: string;
  size: number;
  before: number;
}

/** Members of the groups this batch touches, before and after. */
async function groupSizes(
  tx: Knex.Transaction,
  batch: string,
  revision: Revision,
): Promise<GroupSize[]> {
  const changed = await query<{
    source: string;
    id: string;
    opened: number | string;
    closed: number | string;
  }>(
    tx,
    `select t.source, t.id, sum(t.opened) as opened, sum(t.closed) as closed
     from (
       select m.source as source, m.group_id as id,
         case when m.opened = ? then 1 else 0 end as opened,
         case when m.closed = ? then 1 else 0 end as closed
       from history_delta d
       join history_memberships m on m.source = d.source and m.key = d.key
         and (m.opened = ? or m.closed = ?)
       where d.batch = ? and d.dataset = 'memberships'
         and d.action in ('open', 'change', 'close')
     ) t group by t.source, t.id`,
    [revision, revision, revision, revision, batch],
  );
  const sizes: GroupSize[] = [];
  for (const part of chunks(changed)) {
    for (const source of new Set(part.map(group => group.source))) {
      const ids = part.filter(g => g.source === source).map(g => g.id);
      const members = await memberCounts(tx, source, ids);
      for (const group of part.filter(g => g.source === source)) {
        const size = members.get(group.id) ?? 0;
        const before = size - Number(group.opened) + Number(group.closed);
        sizes.push({ source, id: group.id, size, before });
      }
    }
  }
  return sizes;
}

/** Large groups tell their size, and crossing the limit tells the members. */
async function touchGroups(
  tx: Knex.Transaction,
  batch: string,
  revision: Revision,
  members: boolean,
): Promise<void> {
  await touch(
    tx,
    'group',
    revision,
    `select d.source as connection, d.key as id from history_delta d
     where d.batch = ? and d.dataset = 'groups'
       and d.action in ('open', 'change', 'close')`,
    [batch],
  );
  for (const group of await groupSizes(tx, batch, revision)) {
    const large = group.size > GROUP_RELATION_LIMIT;
    const wasLarge = group.before > GROUP_RELATION_LIMIT;
    if (large || wasLarge) {
      await touch(
        tx,
        'group',
        revision,
        `select g.source as connection, g.key as id from history_groups g
         where g.source = ? and g.key = ? and g.closed is null`,
        [group.source, group.id],
      );
    }
    if (members && large !== wasLarge) {
      await touchMembers(tx, group.source, group.id, revision);
    }
  }
}

async function touchSpacesAndPages(
  tx: Knex.Transaction,
  batch: string,
  revision: Revision,
  pages: PageSubjects,
): Promise<void> {
  await touch(
    tx,
    'space',
    revision,
    `select d.source as connection, d.key as id from history_delta d
     where d.batch = ? and d.dataset = 'spaces'
       and d.action in ('open', 'change', 'close')`,
    [batch],
  );
  const known = `select connection, id from history_subjects where kind = 'page'`;
  // Those there are few of are gathered once, and looked for among many that changed.
  const wanted =
    pages === 'all'
      ? ''
      : `and (d.source, d.key) in (
           ${known} union all select source, page_id from history_labels)`;
  await touch(
    tx,
    'page',
    revision,
    `select p.source as connection, p.key as id from history_delta d
     join history_pages p on p.source = d.source and p.key = d.key
       and (p.closed is null or p.closed = ?)
     where d.batch = ? and d.dataset in ('pages', 'restrictions')
       and d.action in ('open', 'change', 'close') ${wanted}
     union
     select p.source, p.key from history_delta d
     join history_labels l on l.source = d.source and l.key = d.key
       and (l.opened = ? or l.closed = ?)
     join history_pages p on p.source = l.source and p.key = l.page_id
       and p.closed is null
     where d.batch = ? and d.dataset = 'labels'
       and d.action in ('open', 'change', 'close')
     union
     select p.source, p.key from history_delta d
     join history_pages p on p.source = d.source and p.space_id = d.key
       and p.closed is null
     where d.batch = ? and d.dataset = 'spaces'
       and d.action in ('open', 'close') and (p.source, p.key) in (${known})`,
    [revision, batch, revision, revision, batch, batch],
  );
}

/** Records which subjects a batch changed, once its rows are written. */
export async function touchSubjects(
  tx: Knex.Transaction,
  batch: string,
  revision: Revision,
  pages: PageSubjects,
): Promise<void> {
  const others = await anyStoodBefore(tx, revision);
  await touchAccounts(tx, batch, revision);
  if (others) {
    await touchAccountsOfOthers(tx, batch, revision);
  }
  await touchGroups(tx, batch, revision, others);
  await touchSpacesAndPages(tx, batch, revision, pages);
  for (const [kind, table] of Object.entries(MAIN)) {
    await tx.raw(
      `update history_subjects set gone = not exists (
         select 1 from ${table} t where t.source = history_subjects.connection
           and t.key = history_subjects.id and t.closed is null)
       where revision = ? and kind = ?`,
      [revision, kind],
    );
  }
  await nameSubjects(tx, revision);
}
