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

const CHECK = 'policy.structure-complete';
const PAGE = 'Information Security Policy';

describe('the text of a policy', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is read once for each version, and judged by what it lacks, %p',
    async id => {
      const knex = await databases.init(id);
      const sandbox = await startSandbox();
      const portal = await startPlugin({
        config: sandboxConfig(sandbox, {
          policies: {
            structure: { headings: ['Purpose'] },
            required: [
              {
                id: 'infosec',
                title: 'Information security',
                page: { connection: 'northwind', label: 'policy-infosec' },
                headings: ['Exceptions'],
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
      const verdict = async () => {
        await scheduler.triggerTask('run-checks');
        const { checks } = await policy();
        const found = checks?.find(check => check.id === CHECK);
        return [found?.verdict, found?.reason.code];
      };
      const rows = () => knex('policy_structures');
      const edit = async (text: string) => {
        sandbox.changes.editPage({ page: PAGE, text });
        await call('post', '/connections/northwind/sync');
      };
      await call('post', '/connections/northwind/sync');
      expect(await verdict()).toEqual(['unknown', 'text-not-read']);
      expect(await policy()).not.toHaveProperty('structure');

      await scheduler.triggerTask('read-policies');
      expect(await verdict()).toEqual(['fail', 'headings-missing']);
      expect((await policy()).structure).toMatchObject({
        missingHeadings: ['Exceptions'],
      });
      const [before] = await rows();
      await scheduler.triggerTask('read-policies');
      expect(await rows()).toEqual([before]);

      const secret = 'Ask Ada for the key';
      await edit(
        `<h1>Purpose</h1><p>${secret}</p><h1>Exceptions</h1><p>TBD</p>`,
      );
      // The version that a sync has seen was not read yet.
      expect(await verdict()).toEqual(['unknown', 'text-of-other-version']);
      await scheduler.triggerTask('read-policies');
      expect(await verdict()).toEqual(['fail', 'placeholder-text']);
      expect(JSON.stringify(await rows())).not.toContain('Ada');

      await edit('<h1>Purpose</h1><p>a</p><h1>Exceptions</h1><p>None.</p>');
      await scheduler.triggerTask('read-policies');
      expect(await verdict()).toEqual(['pass', 'structure-complete']);

      // Other things are looked for by now: what was found before says nothing.
      await knex('policy_structures').update({ rule_hash: 'x' });
      await call('post', '/checks/policy.structure-complete/run');
      expect(await verdict()).toEqual(['unknown', 'text-not-read']);
      await scheduler.triggerTask('read-policies');
      expect(await verdict()).toEqual(['pass', 'structure-complete']);
      await portal.stop();
      await sandbox.close();
    },
  );
});
