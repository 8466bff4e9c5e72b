// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import type { PolicyDetail } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(180_000);

const CHECK = 'policy.approved-version-current';
const PAGE = 'Information Security Policy';

describe('the approved text of a policy', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is looked for under its number once a day, %p',
    async id => {
      const knex = await databases.init(id);
      const sandbox = await startSandbox();
      const portal = await startPlugin({
        config: sandboxConfig(sandbox, {
          policies: {
            required: [
              {
                id: 'infosec',
                title: 'Information security',
                page: { connection: 'northwind', label: 'policy-infosec' },
              },
            ],
          },
        }),
        entities: peopleOf(sandbox),
        features: [mockServices.database.factory({ knex })],
      });
      const { call, scheduler } = portal;
      const policy = async (): Promise<PolicyDetail> =>
        (await call('get', '/policies/infosec')).body;
      const read = () => scheduler.triggerTask('read-policies');
      const readADayLater = async () => {
        const read_at = '2026-01-01T00:00:00.000Z';
        await knex('policy_structures').update({ read_at });
        await read();
      };
      const hash = async () =>
        (await knex('policy_structures').first()).content_hash;
      const verdict = async () => {
        await call('post', `/checks/${CHECK}/run`);
        await scheduler.triggerTask('run-checks');
        const { checks } = await policy();
        const found = checks?.find(check => check.id === CHECK);
        return [found?.verdict, found?.reason.code];
      };
      const pageId = String(sandbox.changes.page(PAGE).id);
      const approve = (version: number) =>
        call('post', '/policies/infosec/approvals', {
          body: { pageId, version },
        });
      const edit = async (text: string) => {
        sandbox.changes.editPage({ page: PAGE, text });
        await call('post', '/connections/northwind/sync');
        return (await policy()).pages[0].version;
      };
      /** What a restored site has: another text, and no number tells. */
      const replace = (version: number, text: string) =>
        sandbox.changes.page(PAGE).texts?.set(version, text);

      const version = await edit('<p>Keys are kept by two.</p>');
      await read();
      await approve(version);
      expect(await verdict()).toEqual(['pass', 'approved-version']);
      const approved = (await policy()).approval?.contentHash;
      expect(await hash()).toBe(approved);

      replace(version, '<p>Keys are kept by one.</p>');
      await read();
      expect(await hash()).toBe(approved);
      expect(await verdict()).toEqual(['pass', 'approved-version']);
      await readADayLater();
      expect(await verdict()).toEqual(['fail', 'other-text-than-approved']);
      expect(await approve(version)).toMatchObject({
        status: 409,
        body: { error: { message: expect.stringContaining('another text') } },
      });

      // What an earlier version of the plugin has read has no hash: the number alone is known.
      await knex('policy_structures').update({ content_hash: null });
      expect(await verdict()).toEqual(['pass', 'approved-version']);
      await read();
      expect(await verdict()).toEqual(['fail', 'other-text-than-approved']);

      // What was read before an approval that has read another text is over.
      const next = await edit('<p>Keys are kept by three.</p>');
      await read();
      replace(next, '<p>Keys are kept by four.</p>');
      await approve(next);
      expect(await verdict()).toEqual(['pass', 'approved-version']);
      await readADayLater();
      expect(await verdict()).toEqual(['pass', 'approved-version']);
      expect(await hash()).toBe((await policy()).approval?.contentHash);
      await portal.stop();
      await sandbox.close();
    },
  );
});
