// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import { rowsOf } from './__testUtils__/leaks';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(120_000);

/** Everything that stands in our tables. */
async function everything(knex: Knex): Promise<string> {
  if (knex.client.config.client === 'pg') {
    return [...(await rowsOf(knex)).values()].join();
  }
  const tables: string[] = await knex('sqlite_master')
    .where({ type: 'table' })
    .pluck('name');
  return JSON.stringify(await Promise.all(tables.map(table => knex(table))));
}

describe('erasing a person', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(() => sandbox.close());

  it.each(databases.eachSupportedId())(
    'leaves neither name nor email anywhere, nor after the next sync, %p',
    async id => {
      const knex = await databases.init(id);
      const portal = await startPlugin({
        config: sandboxConfig(sandbox),
        entities: peopleOf(sandbox),
        knex,
      });
      const work = async () => {
        await portal.scheduler.triggerTask('read-people');
        await portal.call('post', '/connections/northwind/sync');
        await portal.scheduler.triggerTask('sync-northwind');
        await portal.scheduler.triggerTask('link-accounts');
        await portal.scheduler.triggerTask('run-checks');
      };
      await work();
      const find = async (q: string) =>
        (await portal.call('get', `/accounts?q=${q}`)).body.items;
      const [tamsin] = await find('tamsin');
      expect(tamsin).toMatchObject({
        name: 'Tamsin Vega',
        person: { ref: 'user:default/tamsin.vega' },
      });
      expect((await everything(knex)).includes(tamsin.name)).toBe(true);

      portal.audited.length = 0;
      const path = `/accounts/northwind/${encodeURIComponent(
        tamsin.accountId,
      )}`;
      const body = { reason: 'Asked for by the person' };
      const erased = await portal.call('post', `${path}/erase`, { body });
      expect(erased.status).toBe(200);
      expect(portal.events).toContainEqual({
        id: 'account-erase',
        severity: 'medium',
        outcome: 'success',
      });
      expect(/vega/i.test(portal.audited.join())).toBe(false);

      const nothingLeft = async () => {
        const all = (await everything(knex)).toLowerCase();
        const names = ['tamsin vega', 'tamsin.vega@', 'tamsin-vega'];
        expect(names.filter(name => all.includes(name))).toEqual([]);
        const pseudonym = erased.body.pseudonym.toLowerCase();
        expect(all.includes(pseudonym)).toBe(true);
      };
      await nothingLeft();
      await work();
      await nothingLeft();

      expect(await find('tamsin')).toEqual([]);
      const { body: account } = await portal.call('get', path);
      expect(account).toMatchObject({
        name: erased.body.pseudonym,
        emailReason: { code: 'erased' },
      });
      expect(account).not.toHaveProperty('person');
      const again = await portal.call('post', `${path}/erase`, { body });
      expect(again.body).toEqual(erased.body);
      await portal.stop();
    },
  );
});
