// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import type {
  Check,
  CriticalSystem,
  Finding,
  Policy,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(180_000);

describe('critical systems and policies of a site', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'are found, judged and shown, %p',
    async id => {
      const knex = await databases.init(id);
      const sandbox = await startSandbox();
      const page = (rule: object) => ({ connection: 'northwind', ...rule });
      const portal = await startPlugin({
        config: sandboxConfig(sandbox, {
          criticalSystems: [
            { space: 'northwind/HELP', reviewEvery: 'P1Y' },
            { space: 'northwind/NOWHERE' },
          ],
          policies: {
            required: [
              {
                id: 'infosec',
                title: 'Information security',
                page: page({ label: 'policy-infosec' }),
              },
              {
                id: 'access',
                title: 'Access control',
                page: page({ space: 'POL', title: 'Access Control Policy' }),
              },
              {
                id: 'password',
                title: 'Passwords',
                page: page({ space: 'POL', title: 'Password Policy (2021)' }),
              },
              {
                id: 'decisions',
                title: 'Decisions',
                page: page({ label: 'decision' }),
              },
              { id: 'ai', title: 'AI', page: page({ label: 'policy-ai' }) },
            ],
          },
        }),
        entities: peopleOf(sandbox),
        features: [mockServices.database.factory({ knex })],
      });
      const { call, scheduler } = portal;
      const get = async <T>(path: string): Promise<T> => {
        const { status, body } = await call('get', path);
        expect([path, status]).toEqual([path, 200]);
        return body;
      };
      const sync = async () => {
        await call('post', '/connections/northwind/sync');
        await scheduler.triggerTask('link-accounts');
        await scheduler.triggerTask('run-checks');
      };
      await scheduler.triggerTask('read-people');
      await sync();

      const policies = await get<{ items: Policy[] }>('/policies');
      expect(
        policies.items.map(policy => [
          policy.id,
          policy.verdict,
          policy.reason.code,
          policy.pages.length,
        ]),
      ).toEqual([
        ['infosec', 'pass', 'document-current', 1],
        ['access', 'pass', 'document-current', 1],
        ['password', 'fail', 'document-not-current', 1],
        ['decisions', 'fail', 'several-documents', 2],
        ['ai', 'fail', 'document-missing', 0],
      ]);

      const systems = await get<{ items: CriticalSystem[] }>(
        '/critical-systems',
      );
      expect(systems.items).toMatchObject([
        {
          resource: {
            ref: 'site:northwind',
            title: 'Northwind Confluence',
            entityRef: expect.stringMatching(/^system:confluence\//),
          },
          origin: 'default',
          owner: 'group:default/security',
          check: { verdict: 'fail' },
          review: { every: 'P6M', overdue: false },
        },
        {
          resource: { kind: 'space', key: 'HELP' },
          origin: 'config',
          reach: { anonymous: true },
          check: { verdict: 'fail' },
          review: { every: 'P1Y' },
        },
        {
          resource: { key: 'NOWHERE' },
          check: { verdict: 'unknown', reason: { code: 'space-not-found' } },
        },
      ]);
      const [site] = systems.items;
      expect(site.reach.people.seen).toBeGreaterThan(10);
      expect(site.check.counts.pass).toBeGreaterThan(10);

      const leavers = sandbox.world.people
        .filter(({ employment }) => employment === 'departed')
        .map(({ name }) => `user:default/${name}`);
      const departed = await get<{ items: Finding[] }>(
        '/findings?check=access.critical-system-valid&resource=site:northwind&verdict=fail&limit=200',
      );
      const gone = departed.items.filter(i => i.reason.code === 'departed');
      expect(gone.length).toBeGreaterThan(0);
      for (const finding of gone) {
        expect(leavers).toContain(finding.person);
        expect(finding.account?.name).toEqual(expect.any(String));
      }

      const identified = await get<Check>('/checks/access.user-identified');
      expect(identified.counts.pass).toBe(
        (await get<{ totalItems: number }>('/accounts?person=linked&limit=200'))
          .totalItems,
      );
      const people = await get<{ items: Finding[] }>(
        '/findings?check=access.user-identified&limit=200',
      );
      for (const { person, verdict } of people.items) {
        expect([person, verdict]).not.toEqual([expect.any(String), 'fail']);
      }

      // Nothing of it depends on when it is asked.
      const before = await get<{ revision: number }>('/critical-systems');
      await sync();
      const after = await get<{ revision: number }>('/critical-systems');
      expect(after.revision).toBe(before.revision);
      const trend = await get<{ points: unknown[] }>('/findings/trend?days=7');
      expect(trend.points).toHaveLength(1);
      await portal.stop();
      await sandbox.close();
    },
  );
});
