// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import type { PolicyEditors } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(180_000);

const CHECK = 'policy.edit-restricted-read-open';
const PAGE = 'Information Security Policy';
const ROW = { policy: 'infosec' };

describe('who may edit the page of a policy', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is read of the page, its space and the groups that it names, %p',
    async id => {
      const knex = await databases.init(id);
      const sandbox = await startSandbox();
      const config = sandboxConfig(sandbox, {
        policies: {
          required: [
            {
              id: 'infosec',
              title: 'Information security',
              page: { connection: 'northwind', label: 'policy-infosec' },
            },
            {
              id: 'none',
              title: 'Nowhere',
              page: { connection: 'northwind', label: 'no-such-label' },
            },
          ],
        },
      });
      let portal = await startPlugin({
        config,
        entities: peopleOf(sandbox),
        knex,
      });
      const sync = () => portal.call('post', '/connections/northwind/sync', {});
      const read = () => portal.scheduler.triggerTask('read-policy-editors');
      type Counted = 'accounts' | 'administrators';
      const editors = async (): Promise<
        PolicyEditors & Required<Pick<PolicyEditors, Counted>>
      > => (await portal.call('get', '/policies/infosec/editors')).body;
      /** What the check knows of it, whatever its verdict. */
      const fact = async () => {
        await portal.scheduler.triggerTask('run-checks');
        const [{ payload }] = await knex('history_results')
          .where({ check_id: CHECK, key: `${CHECK}|policy|infosec` })
          .whereNull('closed');
        return JSON.parse(payload).facts['restrictions.edit'];
      };
      const rows = () => knex('policy_editors').where(ROW);
      await sync();

      // Before the page was asked, whoever its space lets edit may be kept out.
      const before = await editors();
      expect(before).toMatchObject({
        unknown: { code: 'page-editors-not-read' },
      });
      expect(before).not.toHaveProperty('narrowed');
      expect(before.accounts).toBeGreaterThan(1);
      expect(await fact()).toBeUndefined();
      const none = await portal.call('get', '/policies/none/editors');
      expect([none.status, none.body.error.message]).toEqual([
        409,
        expect.stringContaining('has 0 current pages'),
      ]);

      // It names a group.
      await read();
      const named = await editors();
      expect(named).toMatchObject({
        narrowed: true,
        groupCount: 1,
        groups: [{ name: 'security-team' }],
      });
      expect(named).not.toHaveProperty('unknown');
      expect(named).not.toHaveProperty('readingNarrowed');
      expect(named.some?.length).toBe(Math.min(10, named.accounts));
      expect(named.some?.every(({ name }) => name)).toBe(true);
      const [row] = await rows();
      expect(row.said).not.toMatch(/lindqvist|security/i);
      await read();
      expect(await rows()).toEqual([row]);

      expect(await fact()).toBe('own');

      // Another restriction makes no new version, and is read after the next sync.
      sandbox.changes.restrictPage({
        page: PAGE,
        operation: 'update',
        accounts: ['ada.lindqvist'],
      });
      await sync();
      await read();
      const one = await editors();
      expect(one).toMatchObject({ narrowed: true, groups: [] });
      expect(one.accounts).toBeLessThanOrEqual(1 + one.administrators);
      sandbox.changes.unrestrictPage({ page: PAGE, operation: 'update' });
      await sync();
      await read();
      expect(await editors()).toMatchObject({
        narrowed: false,
        accounts: before.accounts,
      });
      expect(await fact()).toBe('open');

      // Nor who may read a page that nobody was asked about.
      await knex('history_restrictions').delete();
      expect(await editors()).toMatchObject({ readingNarrowed: 'unknown' });

      // Of a group that was not read whole nobody knows who is in it; too old is not known either.
      const space = { dataset: 'grants' };
      await knex('history_containers')
        .where(space)
        .update({ outcome: 'partial' });
      expect(await editors()).toMatchObject({
        unknown: { code: 'grants-incomplete' },
      });
      await knex('policy_editors').update({
        read_at: '2020-01-01T00:00:00.000Z',
      });
      expect(await editors()).toMatchObject({
        unknown: { code: 'page-editors-not-read' },
      });
      await portal.stop();

      // Whoever sees no accounts and no groups is told numbers.
      portal = await startPlugin({
        config,
        entities: peopleOf(sandbox),
        knex,
        policy: {
          handle: async ({ permission: { name } }) => ({
            result: /(account|group)\.read$/.test(name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          }),
        },
      });
      const numbers = await editors();
      expect(numbers.accounts).toBe(before.accounts);
      expect(numbers).not.toHaveProperty('some');
      expect(numbers).not.toHaveProperty('groups');

      // Of a page of which only the label was read there is no number.
      await knex('history_pages').where({ key: before.pageId }).delete();
      const unread = await editors();
      expect(unread).toMatchObject({ unknown: { code: 'page-not-read' } });
      expect(unread).not.toHaveProperty('accounts');
      expect(unread).not.toHaveProperty('administrators');
      expect(unread).not.toHaveProperty('groupCount');
      await portal.stop();
      await sandbox.close();
    },
  );
});
