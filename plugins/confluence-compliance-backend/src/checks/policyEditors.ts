// SPDX-License-Identifier: Apache-2.0
import type { PolicyEditors } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History, Lookups, Revision } from '../history';
import {
  type KnownEditors,
  type Policies,
  requireCurrentPage,
} from '../policies';
import { audiencesOf, knownPart, pageEditors } from './builtin/policyReach';
import { gapOf } from './completeness';
import { toReason } from './reasons';

/** How many accounts and groups are named. */
const MOST = 10;

interface EditorRooms {
  history: Pick<History, 'containers' | 'profiles' | 'row' | 'rows'>;
  lookups: Pick<Lookups, 'groupNames'>;
  policies: Pick<Policies, 'get' | 'editorsOf'>;
}

/** What whoever asks may see of it. */
export interface Sees {
  accounts: boolean;
  groups: boolean;
}

/**
 * Who may edit the page of a policy, as the check of it counts them. A NotFoundError where there is no
 * such policy, a ConflictError where it does not have one current page.
 */
export async function policyEditors(
  rooms: EditorRooms,
  id: string,
  revision: Revision,
  sees: Sees,
): Promise<PolicyEditors> {
  const { history, policies } = rooms;
  const policy = await policies.get(id, revision);
  const { connection } = policy;
  const page = requireCurrentPage(policy, 'anybody can say who edits it');
  const read = await policies.editorsOf(policy, page.id);
  const answer = {
    connection,
    pageId: page.id,
    ...(read?.said && {
      narrowed: read.said.restricted,
      readAt: read.readAt,
    }),
    ...(await readingOf(history, connection, page.id, revision)),
  };
  const spaceId = page.payload?.spaceId;
  if (spaceId === undefined) {
    return { ...answer, classes: [], unknown: toReason('page-not-read') };
  }
  const named = read?.said?.groupIds ?? [];
  const names = await rooms.lookups.groupNames(connection, named, revision);
  /** Groups that were asked for members. */
  const asked: string[] = [];
  const { spaces, groups } = await audiencesOf(
    {
      grants: (source, { spaceId: container }) =>
        history.rows('grants', { source, container, asOf: revision }),
      async *memberships(source, groupIds) {
        for (const container of groupIds) {
          asked.push(container);
          yield* history.rows('memberships', {
            source,
            container,
            asOf: revision,
          });
        }
      },
    },
    connection,
    [spaceId],
    named,
  );
  const space = spaces.get(spaceId);
  if (!space) {
    throw new Error(`The space ${spaceId} has no audience`);
  }
  const said = read?.said && knownPart(read.said, new Set(names.keys()));
  const { accounts, classes, isWhole } = pageEditors(space, groups, said);
  const unknown = isWhole
    ? await gapIn(history, connection, spaceId, asked)
    : whyNotWhole(read);
  const ids = [...accounts].sort();
  return {
    ...answer,
    accounts: ids.length,
    administrators: space.accounts.administer.size,
    classes: [...classes].sort(),
    ...(unknown && { unknown: toReason(unknown) }),
    ...(read?.said && { groupCount: named.length }),
    ...(sees.accounts && {
      some: await nameAccounts(history, ids.slice(0, MOST)),
    }),
    ...(sees.groups && {
      groups: named
        .slice(0, MOST)
        .map(groupId => ({ groupId, name: names.get(groupId) })),
    }),
  };
}

function whyNotWhole(read: KnownEditors | undefined): string {
  if (read?.said) {
    return 'page-editors-hidden';
  }
  return read?.failed ?? 'page-editors-not-read';
}

async function readingOf(
  history: EditorRooms['history'],
  connection: string,
  pageId: string,
  revision: Revision,
): Promise<Pick<PolicyEditors, 'readingNarrowed'>> {
  const row = await history.row('restrictions', connection, pageId, revision);
  if (!row || row.outOfScopeSince) {
    return { readingNarrowed: 'unknown' };
  }
  const { read } = row.payload;
  return read === 'open' ? {} : { readingNarrowed: read };
}

/** Why others may be there than permissions and members say, as a stable code. */
async function gapIn(
  history: EditorRooms['history'],
  source: string,
  spaceId: string,
  groupIds: string[],
): Promise<string | undefined> {
  const [grants] = await history.containers({
    source,
    dataset: 'grants',
    key: spaceId,
  });
  const [gap] = gapOf('grants', grants);
  if (gap) {
    return gap;
  }
  for (const key of groupIds) {
    const dataset = 'memberships';
    const [members] = await history.containers({ source, dataset, key });
    const [missing] = gapOf(dataset, members);
    if (missing) {
      return missing;
    }
  }
  return undefined;
}

async function nameAccounts(
  history: EditorRooms['history'],
  ids: string[],
): Promise<PolicyEditors['some']> {
  const profiles = await history.profiles('account', ids);
  return ids.map(accountId => ({
    accountId,
    name: profiles.get(accountId)?.name,
  }));
}
