// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import type {
  Check,
  CriticalSystem,
  Space,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(180_000);

const SYSTEMS = '/critical-systems';
const SITE = '/critical-systems/northwind';
const secret = 'Wages of the board';

describe('critical systems that are marked in the portal', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'are judged until the mark is gone, and never against the configuration, %p',
    async id => {
      const knex = await databases.init(id);
      const sandbox = await startSandbox();
      const start = (criticalSystems: object[]) =>
        startPlugin({
          config: sandboxConfig(sandbox, { criticalSystems }),
          entities: peopleOf(sandbox),
          features: [mockServices.database.factory({ knex })],
        });
      let portal = await start([{ space: 'northwind/HELP' }]);
      const get = async <T>(path: string): Promise<T> =>
        (await portal.call('get', path)).body;
      const systems = async () =>
        (await get<{ items: CriticalSystem[] }>(SYSTEMS)).items;
      const placesOf = async () =>
        (await systems()).map(({ resource, origin }) => [
          resource.key ?? resource.ref,
          origin,
        ]);
      const run = () => portal.scheduler.triggerTask('run-checks');
      await portal.scheduler.triggerTask('read-people');
      await portal.scheduler.triggerTask('sync-northwind');
      await portal.scheduler.triggerTask('link-accounts');
      await run();

      const spaces = await get<{ items: Space[] }>('/spaces?limit=200');
      const { key, spaceId } = spaces.items.find(
        space => !space.critical && space.type !== 'personal',
      )!;
      const body = {
        owner: 'Group:default/Security',
        reviewEvery: 'P3M',
        rule: { kind: 'groups', groups: [secret] },
      };
      // The key is taken in whatever case, and kept as the site has it.
      const path = `${SITE}?space=${key.toLowerCase()}`;
      const made = await portal.call('put', path, { body });
      expect([made.status, made.body]).toMatchObject([
        200,
        {
          resource: { ref: `space:${spaceId}`, key },
          origin: 'portal',
          owner: 'group:default/security',
          rule: body.rule,
          review: { every: 'P3M', overdue: false },
        },
      ]);
      expect(await placesOf()).toEqual([
        ['site:northwind', 'default'],
        ['HELP', 'config'],
        [key, 'portal'],
      ]);
      const { critical } = await get<Space>(`/spaces/northwind/${key}`);
      expect(critical).toBe(true);
      await run();
      const [, , judged] = await systems();
      expect(judged.check.verdict).toBe('fail');
      const check = await get<Check>('/checks/access.critical-system-valid');
      expect(check.counts.warning).toBeGreaterThan(0);

      // Marked again it is changed, and a site that is one by default gets another cadence.
      const other = { reviewEvery: 'P1Y', rule: { kind: 'all-staff' } };
      await portal.call('put', path, { body: other });
      await portal.call('put', SITE, { body: other });
      expect(await systems()).toMatchObject([
        { resource: { ref: 'site:northwind' }, review: { every: 'P1Y' } },
        { resource: { key: 'HELP' } },
        { resource: { key }, review: { every: 'P1Y' } },
      ]);

      const refused = await portal.call('put', `${SITE}?space=help`, { body });
      expect(refused.status).toBe(409);
      expect(refused.body.error.message).toContain('criticalSystems');

      const ledger = await knex('ledger_entries')
        .where('kind', 'like', 'critical-system.%')
        .orderBy('seq');
      expect(ledger).toHaveLength(3);
      expect(JSON.stringify(ledger)).toContain(`space:${spaceId}`);
      expect(JSON.stringify(ledger)).not.toContain(secret);

      // The configuration wins, also over a mark that was there before, and says so.
      await portal.stop();
      portal = await start([{ space: `northwind/${key}`, reviewEvery: 'P2M' }]);
      expect(await systems()).toMatchObject([
        { resource: { ref: 'site:northwind' }, origin: 'portal' },
        {
          resource: { key },
          origin: 'config',
          alsoMarked: true,
          review: { every: 'P2M' },
        },
      ]);
      const remove = (at: string) => portal.call('delete', at);
      expect((await remove(path)).status).toBe(204);
      expect((await remove(SITE)).status).toBe(204);
      expect((await remove(SITE)).status).toBe(404);
      expect((await remove(path)).status).toBe(409);
      expect(await placesOf()).toEqual([
        ['site:northwind', 'default'],
        [key, 'config'],
      ]);
      expect((await systems())[1]).not.toHaveProperty('alsoMarked');
      await portal.stop();
      await sandbox.close();
    },
  );
});
