// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  demoAccountId,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import type {
  Account,
  Connection,
  Finding,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(180_000);

const EVERYBODY = 'confluence-users-northwind';

describe('a connection that names a user group', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function start(id: string, userGroup: string) {
    const knex = await databases.init(id as never);
    const sandbox = await startSandbox();
    const config = sandboxConfig(sandbox);
    Object.assign(config.confluenceCompliance.connections[0], { userGroup });
    // Wanda, who is in no group, is not in the catalog either.
    const entities = peopleOf(sandbox).filter(
      ({ metadata }) => metadata.name !== 'wanda.ilesanmi',
    );
    const portal = await startPlugin({
      config,
      entities,
      features: [mockServices.database.factory({ knex })],
    });
    const get = async <T>(path: string): Promise<T> => {
      const { body, status } = await portal.call('get', path);
      expect([status, body]).toEqual([200, body]);
      return body;
    };
    return {
      sandbox,
      get,
      async sync() {
        await portal.scheduler.triggerTask('read-people');
        await portal.scheduler.triggerTask('sync-northwind');
        await portal.scheduler.triggerTask('run-checks');
      },
      syncAgain: async () => {
        await portal.call('post', '/connections/northwind/sync');
        await portal.scheduler.triggerTask('sync-northwind');
        await portal.scheduler.triggerTask('run-checks');
      },
      connection: () => get<Connection>('/connections/northwind'),
      accounts: async (query: string) => {
        const { items } = await get<{ items: Account[] }>(
          `/accounts?limit=100&${query}`,
        );
        return items.map(({ accountId }) => accountId).sort();
      },
      verdictOn: async (check: string, account: string) => {
        const found: string[] = [];
        for (const verdict of ['fail', 'unknown', 'not-applicable']) {
          const { items } = await get<{ items: Finding[] }>(
            `/findings?check=${check}&account=${account}&verdict=${verdict}`,
          );
          found.push(...items.map(f => `${f.verdict} ${f.reason.code}`));
        }
        return found;
      },
      async stop() {
        await portal.stop();
        await sandbox.close();
      },
    };
  }

  it.each(databases.eachSupportedId())(
    'counts its members only, %p',
    async id => {
      const t = await start(id, EVERYBODY);
      try {
        expect((await t.connection()).userGroup).toEqual({ name: EVERYBODY });
        await t.sync();
        const { world, changes } = t.sandbox;
        const group = changes.group(EVERYBODY);
        const members = world.membersOf(group).map(m => m.accountId);
        expect((await t.connection()).userGroup).toEqual({
          id: group.id,
          name: EVERYBODY,
          members: members.length,
        });
        const inside = await t.accounts('population=inside');
        const outside = await t.accounts('population=outside');
        expect(inside).toEqual([...members].sort());
        expect([...inside, ...outside].sort()).toEqual(await t.accounts(''));
        const wanda = demoAccountId('wanda.ilesanmi');
        const zoe = demoAccountId('zoe.karlsson');
        expect(outside).toEqual(expect.arrayContaining([wanda, zoe]));
        const account = await t.get<Account>(`/accounts/northwind/${wanda}`);
        expect(account).toMatchObject({ outsideUserGroup: true, groups: 0 });

        const identified = 'access.user-identified';
        expect(await t.verdictOn(identified, wanda)).toEqual([
          'not-applicable outside-user-group',
        ]);
        expect(await t.verdictOn(identified, zoe)).toEqual([
          'fail guest-of-nobody',
        ]);
        // Somebody who left stays a finding, also once they are outside.
        const tamsin = demoAccountId('tamsin.vega');
        const before = await t.get<{ revision: number }>('/accounts');
        changes.removeFromGroup({ account: 'tamsin.vega', group: EVERYBODY });
        await t.syncAgain();
        expect(await t.accounts('population=outside')).toContain(tamsin);
        expect(
          await t.accounts(`population=outside&asOf=${before.revision}`),
        ).toEqual(outside);
        expect(await t.verdictOn('access.offboarded-removed', tamsin)).toEqual([
          'fail still-active',
        ]);
        const { items } = await t.get<{ items: Finding[] }>(
          `/findings?check=access.offboarded-removed&account=${tamsin}`,
        );
        expect(items[0].facts).toContainEqual({
          name: 'outsideUserGroup',
          value: 'true',
          source: 'accounts',
        });
      } finally {
        await t.stop();
      }
    },
  );

  it.each(databases.eachSupportedId())(
    'takes its name exactly, and says when there is no such group, %p',
    async id => {
      for (const name of ['Finance', 'finance', 'FINANCE']) {
        const t = await start(id, name);
        try {
          await t.sync();
          const { groups } = t.sandbox.world;
          const found = [...groups.values()].find(g => g.name === name);
          const members = found && t.sandbox.world.membersOf(found);
          expect((await t.connection()).userGroup).toEqual({
            name,
            ...(found && { id: found.id, members: members?.length }),
          });
          const outside = await t.accounts('population=outside');
          const inside = await t.accounts('population=inside');
          const everybody = await t.accounts('');
          expect(inside).toEqual(
            members ? members.map(m => m.accountId).sort() : everybody,
          );
          expect([...inside, ...outside].sort()).toEqual(everybody);
        } finally {
          await t.stop();
        }
      }
    },
  );
});
