// SPDX-License-Identifier: Apache-2.0
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { ANNOTATION_ORIGIN_LOCATION } from '@backstage/catalog-model';
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import type {
  Access,
  PolicyDetail,
  PolicyDifference,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(180_000);

const CHECK = 'policy.approved-version-current';
const PAGE = 'Information Security Policy';

/** The entity that the catalog has of a page. */
function mirrorOf(pageId: string) {
  const origin = `confluence:northwind/page/${pageId}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'infosec',
      annotations: { [ANNOTATION_ORIGIN_LOCATION]: origin },
    },
    spec: {},
  };
}

describe('the approval of a policy', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is bound to a version, and an edit after it fails with its difference, %p',
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
              {
                id: 'ai',
                title: 'AI',
                page: { connection: 'northwind', label: 'policy-ai' },
              },
            ],
          },
        }),
        entities: [
          ...peopleOf(sandbox),
          mirrorOf(`${sandbox.changes.page(PAGE).id}`),
        ],
        features: [mockServices.database.factory({ knex })],
      });
      const { call, scheduler } = portal;
      const sync = async () => {
        await call('post', '/connections/northwind/sync');
        await scheduler.triggerTask('run-checks');
      };
      const policy = async (): Promise<PolicyDetail> =>
        (await call('get', '/policies/infosec')).body;
      const verdict = async () => {
        await scheduler.triggerTask('run-checks');
        const { checks } = await policy();
        const found = checks?.find(check => check.id === CHECK);
        return [found?.verdict, found?.reason.code];
      };
      const difference = async (): Promise<PolicyDifference> =>
        (await call('get', '/policies/infosec/difference')).body;
      const approve = (body: object) =>
        call('post', '/policies/infosec/approvals', { body });
      const edit = (text: string) =>
        sandbox.changes.editPage({ page: PAGE, text });
      await sync();
      const { pageId, version } = (await policy()).pages[0];

      // Nothing is approved: everything is new.
      expect(await verdict()).toEqual(['fail', 'never-approved']);
      const first = await difference();
      expect(first).toMatchObject({ same: false, published: { version } });
      expect(first.blocks).toContainEqual({
        kind: 'added',
        heading: 2,
        text: 'Purpose',
      });
      expect(
        await approve({ pageId, version, minorEdit: true, note: 'Typo' }),
      ).toMatchObject({ status: 400 });
      expect(await approve({ pageId, version: version + 1 })).toMatchObject({
        status: 409,
      });

      // Two at the same moment: one wins, and the other is told.
      const both = await Promise.all([
        approve({ pageId, version, note: 'Read it all' }),
        approve({ pageId, version }),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(await verdict()).toEqual(['pass', 'approved-version']);
      expect(await difference()).toMatchObject({ same: true });

      // Approved before the sync has seen the version: the past cannot be judged by it.
      edit('<h2>Purpose</h2><p>Less is asked of everybody.</p>');
      await approve({ pageId, version: version + 1 });
      expect(await verdict()).toEqual(['unknown', 'approved-since-read']);
      await sync();
      expect(await verdict()).toEqual(['pass', 'approved-version']);

      edit('<h2>Purpose</h2><p>Nothing is asked of anybody.</p>');
      expect(await verdict()).toEqual(['pass', 'approved-version']);
      await sync();
      expect(await verdict()).toEqual(['fail', 'edited-since-approval']);
      expect((await difference()).blocks).toEqual([
        { kind: 'same', heading: 2, text: 'Purpose' },
        { kind: 'removed', text: 'Less is asked of everybody.' },
        { kind: 'added', text: 'Nothing is asked of anybody.' },
      ]);

      expect(
        await approve({ pageId, version: version + 2, minorEdit: true }),
      ).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining('note') } },
      });
      await approve({
        pageId,
        version: version + 2,
        minorEdit: true,
        note: 'A word of Ada’s',
      });
      expect(await verdict()).toEqual(['pass', 'approved-version']);
      const { approvals } = await policy();
      expect(approvals.map(found => [found.version, found.minorEdit])).toEqual([
        [version + 2, true],
        [version + 1, false],
        [version, false],
      ]);
      expect(approvals[0]).toMatchObject({
        by: mockCredentials.user().principal.userEntityRef,
        note: 'A word of Ada’s',
      });

      // It is not for everybody who sees the card of the page, which says the rest.
      const card: { body: Access } = await call(
        'get',
        '/access?entityRef=resource:default/infosec',
      );
      expect(card.body.policies).toMatchObject([
        { id: 'infosec', approval: { version: version + 2, minorEdit: true } },
      ]);
      expect(JSON.stringify(card.body)).not.toContain('A word of');

      // What somebody wrote does not stand in the ledger.
      const entries = await knex('ledger_entries').where({
        kind: 'policy.approved',
      });
      expect(entries).toHaveLength(3);
      expect(JSON.stringify(entries)).not.toContain('Ada');

      // What is not kept any more is not made up: the hash still tells whether anything differs.
      await knex('policy_approvals').update({ blocks: null });
      expect(await difference()).toMatchObject({
        same: true,
        textGone: true,
        blocks: [{ kind: 'same' }, { kind: 'same' }],
      });

      expect(
        await call('post', '/policies/ai/approvals', {
          body: { pageId, version: 1 },
        }),
      ).toMatchObject({ status: 409 });
      await portal.stop();
      await sandbox.close();
    },
  );
});
