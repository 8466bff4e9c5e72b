// SPDX-License-Identifier: Apache-2.0
import type { CriticalSystem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { toReach, toReason, toSeen } from '../checks';
import {
  CardContext,
  CardPart,
  directoryReads,
  ReadBehind,
  TOP,
} from './CardContext';
import { standingOf } from './freshness';
import { toSpaceGrants } from './grantWords';

/** A site: who must review its access, and what the checks of its accounts say. */
export async function sitePart(
  context: CardContext,
  connection: string,
): Promise<CardPart> {
  const resource = `site:${connection}`;
  const ofAccounts = context.checks.ofSubject('account');
  return {
    sections: {
      criticalSystem: await criticalSystem(context, connection, resource),
    },
    scopes: [
      { connection, checks: ofAccounts },
      { connection, resource, except: ofAccounts },
    ],
    // Of a site that is read for its policies only, nobody reads the accounts.
    reads: context.reviewed.some(({ id }) => id === connection)
      ? ['accounts', 'groups', 'memberships'].map(dataset => ({
          source: connection,
          dataset,
        }))
      : [],
  };
}

/** A space, and whatever names it. */
export async function spacePart(
  context: CardContext,
  {
    connection,
    key,
    mirrored,
  }: { connection: string; key: string; mirrored: boolean },
): Promise<CardPart> {
  const { cards, history, lists, lookups, reach, revision } = context;
  const found = await lookups.space(connection, key, revision);
  const row =
    found?.stands &&
    (await history.row('spaces', connection, found.id, revision));
  // Whoever can register an entity could otherwise look into the personal space of anybody.
  if (!row || (row.payload.type === 'personal' && !mirrored)) {
    const spaces: ReadBehind[] = [{ source: connection, dataset: 'spaces' }];
    const { gaps } = await standingOf(context, spaces);
    // It may be there all the same while not all spaces were read.
    const gap = gaps.get('spaces');
    return {
      incomplete: gap
        ? toReason(gap)
        : {
            code: 'space-not-found',
            text: `There is no space with the key ${key} in ${connection}.`,
          },
    };
  }
  const spaceId = row.key;
  const ref = `space:${spaceId}`;
  const place = { connection, spaceId, revision };
  const people = await reach(place);
  const top = await lists.access.topOfSpace({ ...place, limit: TOP });
  const describe = await lookups.resources([{ connection, id: ref }], revision);
  const resource = describe(connection, ref);
  const only = [spaceId];
  const reads: ReadBehind[] = [
    { source: connection, dataset: 'spaces' },
    { source: connection, dataset: 'grants', only },
    ...['accounts', 'groups', 'memberships'].map(dataset => ({
      source: connection,
      dataset,
    })),
    ...directoryReads(context, connection),
  ];
  const { gaps } = await standingOf(context, reads.slice(1, 2));
  return {
    sections: {
      space: resource && {
        resource,
        reach: toReach(people),
        grants: await toSpaceGrants(cards, top.items, place),
        grantsInAll: toSeen(top.total, gaps.get('grants')),
      },
      criticalSystem: await criticalSystem(context, connection, ref),
    },
    scopes: [{ connection, resource: ref }],
    reads,
  };
}

/** A page: the policies it fulfils or was meant to. */
export async function pagePart(
  context: CardContext,
  connection: string,
  pageId: string,
): Promise<CardPart> {
  const { checks, history, revision } = context;
  const policies = await checks.policies({
    revision,
    connections: [connection],
  });
  const its = policies.filter(({ pages }) =>
    pages.some(page => page.pageId === pageId),
  );
  const page = await history.row('pages', connection, pageId, revision);
  const resources = [`page:${pageId}`, ...its.map(({ id }) => `policy:${id}`)];
  return {
    sections: { policies: its },
    scopes: resources.map(resource => ({ connection, resource })),
    reads: page
      ? [
          {
            source: connection,
            dataset: 'pages',
            only: [page.payload.spaceId],
          },
        ]
      : [],
    ...(!page && {
      incomplete: {
        code: 'page-not-found',
        text: 'This page is not among those of the site any more.',
      },
    }),
  };
}

async function criticalSystem(
  { checks, revision }: CardContext,
  connection: string,
  resource: string,
): Promise<CriticalSystem | undefined> {
  const [system] = await checks.criticalSystems({
    revision,
    connections: [connection],
    resource,
  });
  return system;
}
