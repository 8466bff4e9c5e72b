// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceComplianceApi } from '../api';
import {
  connectedConnection,
  connection,
  connectionSetup,
  connectionTest,
  dataset,
  madeConnection,
  otherConnections,
  pageOf,
  partialConnection,
  refusedPage,
  refusedRun,
  refusedTest,
  run,
  severalSites,
  testWithGaps,
  userGroupChoices,
} from './fixtures';
import { runAfter, SECOND } from './fixedRun';
import { refuse } from './states/refused';

type Answer = <T>(value: T) => Promise<T>;

/** Connections that can be made, changed, tested, synced and deleted, over invented data. */
export function createFixedConnections(answer: Answer) {
  const known = new Map(
    [connection(), partialConnection, ...otherConnections].map(item => [
      item.id,
      item,
    ]),
  );
  const started = new Map<string, number>();
  let accepted = false;

  const now = (item: Connection): Connection => {
    const asked = started.get(item.id);
    const lastRun =
      item.id === 'northwind' && !accepted ? refusedRun : item.lastRun;
    const elapsed = asked === undefined ? undefined : Date.now() - asked;
    if (elapsed === undefined) {
      return { ...item, lastRun };
    }
    if (elapsed > 23 * SECOND) {
      return {
        ...item,
        state: 'connected',
        greenTick: true,
        datasets:
          item.datasets.length > 0
            ? item.datasets
            : [dataset('accounts', 1284), dataset('groups', 96)],
        lastRun: run({
          id: `run-${asked}`,
          finishedAt: new Date().toISOString(),
        }),
      };
    }
    return elapsed < 3 * SECOND
      ? { ...item, syncRequested: true, lastRun }
      : {
          ...item,
          state: 'syncing',
          activeRun: runAfter(elapsed - 3 * SECOND),
          lastRun,
        };
  };

  const find = async (id: string): Promise<Connection> => {
    // Not in the list: only the end of its set-up is looked at.
    const found = id === 'tick' ? connectedConnection : known.get(id);
    return found ? answer(now(found)) : refuse(404, `No connection ${id}.`);
  };

  return {
    listConnections: () => answer(pageOf([...known.values()].map(now))),
    getConnection: find,
    getConnectionSetup: () => answer(connectionSetup),
    createConnection: async body => {
      const id = body.id ?? 'fresh';
      const made = madeConnection({
        id,
        title: body.title ?? body.site ?? 'New site',
        site: body.site,
        purposes: body.purposes,
        methods: body.auth.map(({ method, purposes }) => ({
          method,
          purposes,
          credential: {
            state: method === 'oauth' ? 'missing' : 'stored',
            sealedWith: '2026',
          },
        })),
      });
      known.set(id, made);
      return answer(made);
    },
    updateConnection: async (id, { title, site, enabled, userGroup }) => {
      const before = await find(id);
      const group = userGroupChoices.items.find(item => item.id === userGroup);
      const begun =
        before.state === 'setting-up' || before.state === 'disabled'
          ? 'never-synced'
          : before.state;
      const state = { true: begun, false: 'disabled', undefined: before.state };
      const after = {
        ...before,
        title: title ?? before.title,
        site: site ?? before.site,
        userGroup: userGroup === undefined ? before.userGroup : group,
        state: state[`${enabled}`] as Connection['state'],
      };
      known.set(id, after);
      return answer(after);
    },
    deleteConnection: async id => {
      known.delete(id);
    },
    testConnection: id => {
      const tests: Record<string, typeof testWithGaps> = {
        lab: testWithGaps,
        fjord: refusedTest,
      };
      return answer(tests[id] ?? connectionTest());
    },
    authorizeConnection: id =>
      answer({
        authorizeUrl: `${window.location.origin}/confluence-compliance/connections/authorized?code=story&state=story.${id}`,
      }),
    completeAuthorization: (_id, { code }) =>
      code === 'used'
        ? refuse(400, 'This way back was used already. Start the grant again.')
        : answer({
            ...severalSites,
            connection: { ...severalSites.connection, site: undefined },
          }),
    listUserGroupChoices: (_id, query) =>
      answer({
        ...userGroupChoices,
        items: userGroupChoices.items.filter(({ name }) =>
          name.includes(query?.search ?? ''),
        ),
      }),
    syncNow: async id => {
      started.set(id, Date.now());
    },
    listRefused: () => answer(refusedPage),
    acceptShrink: async () => {
      accepted = true;
      return answer(run());
    },
  } satisfies Partial<ConfluenceComplianceApi>;
}
