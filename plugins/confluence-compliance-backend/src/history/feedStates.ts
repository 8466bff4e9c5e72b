// SPDX-License-Identifier: Apache-2.0
import { GROUP_RELATION_LIMIT } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { DatasetName, DatasetPayloads } from './datasets';
import { SubjectState, SubjectStates } from './feedTypes';
import { memberCountsAt } from './memberCounts';
import { readProfiles } from './profiles';
import { Revision, SubjectKind } from './words';

/** A row of `history_subjects`. */
export interface SubjectRow {
  kind: SubjectKind;
  connection: string;
  id: string;
  name: string;
  title: string | null;
  revision: Revision;
  gone: boolean | number;
}

type States<K extends SubjectKind> = Map<string, SubjectStates[K]>;

async function payloads<D extends DatasetName>(
  tx: Knex,
  dataset: D,
  source: string,
  ids: string[],
): Promise<Map<string, DatasetPayloads[D]>> {
  const rows = await tx(`history_${dataset}`)
    .where({ source })
    .whereIn('key', ids)
    .whereNull('closed')
    .select('key', 'payload');
  return new Map(rows.map(row => [row.key, JSON.parse(row.payload)]));
}

/** Entity names of the standing subjects of a kind. */
async function names(
  tx: Knex,
  kind: SubjectKind,
  connection: string,
  ids: Iterable<string>,
): Promise<Map<string, string>> {
  const rows = await tx<SubjectRow>('history_subjects')
    .where({ kind, connection, gone: false })
    .whereIn('id', [...new Set(ids)])
    .select('id', 'name');
  return new Map(rows.map(row => [row.id, row.name]));
}

async function accounts(
  tx: Knex,
  source: string,
  ids: string[],
  head: Revision,
): Promise<States<'account'>> {
  const seen = await payloads(tx, 'accounts', source, ids);
  const profiles = await readProfiles(tx, 'account', ids);
  const memberships: Array<{ group_id: string; account_id: string }> = await tx(
    'history_memberships',
  )
    .where({ source })
    .whereIn('account_id', ids)
    .whereNull('closed')
    .orderBy('group_id')
    .select('group_id', 'account_id');
  const groupIds = memberships.map(m => m.group_id);
  const groupNames = await names(tx, 'group', source, groupIds);
  const groupSizes = await memberCountsAt(tx, source, groupIds, head);
  const links = await tx('history_identity_links')
    .whereIn('key', ids)
    .whereNull('closed')
    .select('key', 'person');
  const people = new Map(links.map(link => [link.key, link.person]));
  const groupsOf = new Map<string, Array<{ id: string; name: string }>>();
  for (const { group_id: id, account_id: account } of memberships) {
    const name = groupNames.get(id);
    if (name && (groupSizes.get(id) ?? 0) <= GROUP_RELATION_LIMIT) {
      groupsOf.set(account, [...(groupsOf.get(account) ?? []), { id, name }]);
    }
  }
  const states: States<'account'> = new Map();
  for (const [id, account] of seen) {
    const profile = profiles.get(id);
    const person = people.get(id);
    states.set(id, {
      title: profile?.name ?? profile?.publicName ?? id,
      accountType: account.accountType,
      accountStatus: account.accountStatus,
      class: account.class,
      listed: account.listed,
      groups: groupsOf.get(id) ?? [],
      ...(person ? { person } : {}),
    });
  }
  return states;
}

async function groups(
  tx: Knex,
  source: string,
  ids: string[],
  head: Revision,
): Promise<States<'group'>> {
  const seen = await payloads(tx, 'groups', source, ids);
  const members = await memberCountsAt(tx, source, ids, head);
  const states: States<'group'> = new Map();
  for (const [id, { name, managedBy, usageType }] of seen) {
    states.set(id, {
      title: name,
      managedBy,
      usageType,
      members: members.get(id) ?? 0,
    });
  }
  return states;
}

async function spaces(
  tx: Knex,
  source: string,
  ids: string[],
): Promise<States<'space'>> {
  const states: States<'space'> = new Map();
  for (const [id, space] of await payloads(tx, 'spaces', source, ids)) {
    const { name, key, type, status } = space;
    states.set(id, { title: name, key, type, status });
  }
  return states;
}

async function pages(
  tx: Knex,
  source: string,
  ids: string[],
): Promise<States<'page'>> {
  const seen = await payloads(tx, 'pages', source, ids);
  const restrictions = await payloads(tx, 'restrictions', source, ids);
  const spaceIds = [...seen.values()].map(page => page.spaceId);
  const spaceNames = await names(tx, 'space', source, spaceIds);
  const labels: Array<{ page_id: string; label: string }> = await tx(
    'history_labels',
  )
    .where({ source })
    .whereIn('page_id', ids)
    .whereNull('closed')
    .select('page_id', 'label');
  const states: States<'page'> = new Map();
  for (const [id, page] of seen) {
    const space = spaceNames.get(page.spaceId);
    states.set(id, {
      title: page.title,
      status: page.status,
      ...(space ? { space: { id: page.spaceId, name: space } } : {}),
      labels: labels
        .filter(label => label.page_id === id)
        .map(label => label.label)
        .sort(),
      restriction: restrictions.get(id)?.read ?? 'unknown',
      version: page.version,
      versionAt: page.versionAt,
    });
  }
  return states;
}

const READERS = {
  account: accounts,
  group: groups,
  space: spaces,
  page: pages,
};

/**
 * The given subjects with their states, in the same order.
 *
 * @param tx - sees `head` and nothing newer
 */
export async function readStates(
  tx: Knex,
  subjects: SubjectRow[],
  head: Revision,
): Promise<SubjectState[]> {
  const found = new Map<string, unknown>();
  const keyOf = (s: SubjectRow) => JSON.stringify([s.kind, s.connection, s.id]);
  for (const connection of new Set(subjects.map(s => s.connection))) {
    for (const [kind, read] of Object.entries(READERS)) {
      const rows = subjects.filter(
        s => s.kind === kind && s.connection === connection && !s.gone,
      );
      if (rows.length > 0) {
        const states: Map<string, unknown> = await read(
          tx,
          connection,
          rows.map(row => row.id),
          head,
        );
        rows.forEach(row => found.set(keyOf(row), states.get(row.id)));
      }
    }
  }
  return subjects.map(row => {
    const { kind, connection, id, name, revision } = row;
    const state =
      kind === 'site' ? { title: row.title ?? id } : found.get(keyOf(row));
    return (
      row.gone || state === undefined
        ? { kind, connection, id, name, revision, gone: true }
        : { kind, connection, id, name, revision, gone: false, state }
    ) as SubjectState;
  });
}
