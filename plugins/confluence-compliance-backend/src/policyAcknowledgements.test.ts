// SPDX-License-Identifier: Apache-2.0
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import type {
  AcknowledgementProgress,
  PolicyDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(180_000);

const CHECK = 'policy.acknowledged';
const PAGE = 'Information Security Policy';
const STAFF = 'group:default/staff';
const GONE = 'group:default/gone';
const ANA = 'user:default/ana';
const BEN = 'user:default/ben';
const as = (ref: string) => mockCredentials.user.header(ref);

const group = (
  name: string,
  relations: Array<[type: string, targetRef: string]>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name },
  spec: { type: 'team', children: [] },
  relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
});

/** Ana is in a team of the staff, which names the staff in turn; Ben is in the staff itself. */
const groups = [
  group('staff', [
    ['hasMember', BEN],
    ['parentOf', 'group:default/team'],
  ]),
  group('team', [
    ['hasMember', 'user:default/Ana'],
    ['hasMember', BEN],
    ['parentOf', STAFF],
  ]),
];

const required = (id: string, label: string, acknowledgedBy?: string[]) => ({
  id,
  title: id,
  page: { connection: 'northwind', label },
  acknowledgedBy,
});

describe('the acknowledgement of a policy', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is of the approved version, by each for themselves, %p',
    async id => {
      const knex = await databases.init(id);
      const sandbox = await startSandbox();
      const portal = await startPlugin({
        config: sandboxConfig(sandbox, {
          policies: {
            required: [
              required('infosec', 'policy-infosec', [STAFF]),
              required('incident', 'policy-incident', [GONE]),
            ],
          },
        }),
        entities: [...peopleOf(sandbox), ...groups],
        knex,
      });
      const { call, scheduler } = portal;
      const sync = async () => {
        await call('post', '/connections/northwind/sync');
        await scheduler.triggerTask('run-checks');
      };
      const policy = async (name = 'infosec'): Promise<PolicyDetail> =>
        (await call('get', `/policies/${name}`)).body;
      const verdict = async (name = 'infosec') => {
        await scheduler.triggerTask('run-checks');
        const { checks } = await policy(name);
        const found = checks?.find(check => check.id === CHECK);
        return [found?.verdict, found?.reason.code];
      };
      const progress = async (more = ''): Promise<AcknowledgementProgress> =>
        (await call('get', `/policies/infosec/acknowledgements${more}`)).body;
      const approve = (name: string, body: object) =>
        call('post', `/policies/${name}/approvals`, { body });
      const acknowledge = (who: string, body: object) =>
        call('post', '/policies/infosec/acknowledgements', {
          as: as(who),
          body,
        });
      const own = async (who: string) =>
        (await call('get', '/acknowledgements', { as: as(who) })).body.items;
      await sync();
      const { pageId, version } = (await policy()).pages[0];
      const read = { pageId, version };

      // Before the catalog was read nobody is known, and nothing passes.
      expect(await verdict()).toEqual(['not-applicable', 'never-approved']);
      await approve('infosec', read);
      expect(await verdict()).toEqual(['unknown', 'target-group-unread']);
      expect((await acknowledge(ANA, read)).status).toBe(403);
      expect((await policy()).acknowledged).toEqual({
        people: 0,
        acknowledged: 0,
        known: false,
      });
      await scheduler.triggerTask('read-policy-groups');

      expect(await verdict()).toEqual(['fail', 'not-acknowledged']);
      expect(await progress()).toMatchObject({
        people: 2,
        acknowledged: 0,
        known: true,
        target: { pageId, version, sinceVersion: version },
        groups: [{ group: STAFF, people: 2, known: true }],
        missing: [ANA, BEN],
      });
      const first = await progress('?limit=1');
      expect(first).toMatchObject({
        missing: [ANA],
        pageInfo: { nextCursor: ANA },
      });
      const second = await progress(`?limit=1&cursor=${ANA}`);
      expect([second.missing, second.pageInfo]).toEqual([[BEN], {}]);

      // A group that the catalog does not have is not known, and nobody is said to be missing.
      const other = (await policy('incident')).pages[0];
      await approve('incident', {
        pageId: other.pageId,
        version: other.version,
      });
      expect(await verdict('incident')).toEqual([
        'unknown',
        'target-group-unread',
      ]);

      // Whom it concerns sees what there is to read, and nobody else does.
      expect(await own(ANA)).toMatchObject([
        {
          policy: 'infosec',
          url: expect.stringContaining(`pageId=${pageId}`),
          target: { version },
        },
      ]);
      expect(await own('user:default/zoe')).toEqual([]);
      expect((await acknowledge('user:default/zoe', read)).status).toBe(403);
      const wrong = await acknowledge(ANA, { pageId, version: version + 1 });
      expect([wrong.status, wrong.body.error.message]).toEqual([
        409,
        expect.stringContaining(`Version ${version} of the page`),
      ]);
      const done = await acknowledge('user:default/Ana', read);
      expect([done.status, done.body]).toEqual([
        201,
        expect.objectContaining({ by: ANA, version }),
      ]);
      // Again says the same.
      expect((await acknowledge(ANA, read)).body).toEqual(done.body);
      expect(await own(ANA)).toMatchObject([{ acknowledgement: done.body }]);
      expect(await progress()).toMatchObject({
        acknowledged: 1,
        missing: [BEN],
      });
      await acknowledge(BEN, read);
      expect(await verdict()).toEqual(['pass', 'acknowledged']);

      // A minor edit need not be read again; a version that is approved as a whole must be.
      const edit = async (text: string) => {
        sandbox.changes.editPage({ page: PAGE, text });
        await sync();
      };
      await edit('<p>One</p>');
      const early = await acknowledge(BEN, read);
      expect([early.status, early.body.error.message]).toEqual([
        409,
        expect.stringContaining('not approved yet'),
      ]);
      await approve('infosec', {
        pageId,
        version: version + 1,
        minorEdit: true,
        note: 'A comma',
      });
      expect(await verdict()).toEqual(['pass', 'acknowledged']);
      await edit('<p>Two</p>');
      await approve('infosec', { pageId, version: version + 2 });
      expect(await verdict()).toEqual(['fail', 'not-acknowledged']);
      expect(await progress()).toMatchObject({ acknowledged: 0 });
      const last = { pageId, version: version + 2 };
      await acknowledge(ANA, last);
      await acknowledge(BEN, last);
      expect(await verdict()).toEqual(['pass', 'acknowledged']);

      // After twelve months it must be read again.
      await knex('policy_acknowledgements')
        .where({ person: BEN })
        .update({ acknowledged_at: '2020-01-01T00:00:00.000Z' });
      await call('post', `/checks/${CHECK}/run`);
      expect(await verdict()).toEqual(['fail', 'not-acknowledged']);
      expect((await acknowledge(BEN, last)).status).toBe(201);
      expect(await verdict()).toEqual(['pass', 'acknowledged']);

      const entries = await knex('ledger_entries').where({
        kind: 'policy.acknowledged',
      });
      expect(entries).toHaveLength(5);
      await portal.stop();
      await sandbox.close();
    },
  );
});
