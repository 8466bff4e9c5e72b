// SPDX-License-Identifier: Apache-2.0
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  notificationService,
  type NotificationService,
} from '@backstage/plugin-notifications-node';
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import type {
  Finding,
  PolicyDetail,
  PolicyDocument,
  PolicyPages,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(240_000);

const STAFF = 'group:default/staff';
const ANA = 'user:default/ana';
const staff = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'staff' },
  spec: { type: 'team', children: [] },
  relations: [{ type: 'hasMember', targetRef: ANA }],
};

const PAGE = 'Information Security Policy';
const at = (id: string) => `/policies/${id}/mapping`;

describe('a document whose page is chosen in the portal', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is a policy as those of the configuration, which win, %p',
    async id => {
      const knex = await databases.init(id);
      const sandbox = await startSandbox();
      const send = jest.fn<
        Promise<void>,
        Parameters<NotificationService['send']>
      >(async () => undefined);
      const notifications = createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send }),
      });
      const start = (required: object[] = []) =>
        startPlugin({
          config: sandboxConfig(sandbox, {
            policies: { documentsNotNeeded: ['remote-working'], required },
          }),
          entities: [...peopleOf(sandbox), staff],
          features: [mockServices.database.factory({ knex }), notifications],
        });
      let portal = await start();
      const sync = () => portal.call('post', '/connections/northwind/sync', {});
      const checked = async () => {
        await portal.scheduler.triggerTask('run-checks');
      };
      const map = (policy: string, page: object, acknowledgedBy?: string[]) =>
        portal.call('put', at(policy), {
          body: { connection: 'northwind', page, acknowledgedBy },
        });
      const policy = async (name: string): Promise<PolicyDetail> =>
        (await portal.call('get', `/policies/${name}`)).body;
      const found = async (query: string): Promise<PolicyPages> => {
        const path = `/policy-pages?connection=northwind&${query}`;
        return (await portal.call('get', path)).body;
      };
      const document = async (name: string) => {
        const { body } = await portal.call('get', '/policy-documents');
        return (body.items as PolicyDocument[]).find(one => one.id === name);
      };
      await sync();

      // What a rule means is said before it is chosen, and what is not known as not known.
      const title = `space=POL&title=${encodeURIComponent(PAGE)}`;
      const before = await found(title);
      expect(before).toMatchObject({ current: 1, pages: [{ title: PAGE }] });
      expect(before).not.toHaveProperty('unknown');
      expect(await found('label=policy-infosec')).toMatchObject({
        current: 0,
        unknown: { code: 'labels-never-read' },
      });
      expect(await found('id=1')).toEqual({ current: 0, pages: [] });
      const [{ pageId }] = before.pages;

      // By id: it is a policy from now on, judged, approved and compared as any other.
      expect(await document('information-security')).toMatchObject({
        policies: [],
      });
      const mapped = await map('information-security', {
        by: 'id',
        id: pageId,
      });
      expect([mapped.status, mapped.body]).toMatchObject([
        200,
        {
          title: 'Information security policy',
          origin: 'portal',
          mapping: { connection: 'northwind', page: { by: 'id', id: pageId } },
          pages: [{ pageId }],
        },
      ]);
      expect(await document('information-security')).toMatchObject({
        policies: [{ id: 'information-security' }],
      });
      await checked();
      expect(await policy('information-security')).toMatchObject({
        verdict: 'pass',
      });
      const approved = await portal.call(
        'post',
        '/policies/information-security/approvals',
        { body: { pageId, version: before.pages[0].version } },
      );
      expect(approved.status).toBe(201);
      sandbox.changes.editPage({ page: PAGE, text: '<p>Edited</p>' });
      await sync();
      await checked();
      const verdict = (of: PolicyDetail) =>
        of.checks?.find(one => one.id === 'policy.approved-version-current')
          ?.reason.code;
      expect(verdict(await policy('information-security'))).toBe(
        'edited-since-approval',
      );
      await portal.scheduler.triggerTask('read-policies');
      expect((await policy('information-security')).structure).toMatchObject({
        empty: false,
      });
      const findings = async (): Promise<Finding[]> =>
        (
          await portal.call(
            'get',
            '/findings?check=policy.approved-version-current',
          )
        ).body.items;
      expect(await findings()).toHaveLength(1);

      // Whom it concerns is asked, from the next read of the catalog on, and nobody where none is named.
      const page = { by: 'id', id: pageId };
      const asked = async () =>
        (await policy('information-security')).acknowledged;
      expect(await asked()).toBeUndefined();
      const nowhere = await map('information-security', page, [
        'Group:Default/Staff',
        'group:default/nowhere',
      ]);
      expect([nowhere.status, nowhere.body.error.message]).toEqual([
        400,
        expect.stringContaining("acknowledgedBy[1] 'group:default/nowhere'"),
      ]);
      const concerns = await map('information-security', page, [
        'Group:Default/Staff',
        STAFF,
      ]);
      expect(concerns.body).toMatchObject({
        acknowledgedBy: [STAFF],
        mapping: { acknowledgedBy: [STAFF] },
      });
      await portal.scheduler.triggerTask('read-policy-groups');
      expect(await asked()).toEqual({
        people: 1,
        acknowledged: 0,
        known: true,
      });
      await checked();
      const acknowledgement = (of: PolicyDetail) =>
        of.checks?.find(one => one.id === 'policy.acknowledged')?.reason.code;
      expect(acknowledgement(await policy('information-security'))).toBe(
        'not-acknowledged',
      );
      const { body: progress } = await portal.call(
        'get',
        '/policies/information-security/acknowledgements',
      );
      expect(progress.missing).toEqual([ANA]);
      const reminded = await portal.call(
        'post',
        '/policies/information-security/reminders',
      );
      expect([reminded.status, reminded.body]).toEqual([200, { people: 1 }]);
      expect(send).toHaveBeenCalledWith(
        expect.objectContaining({
          recipients: { type: 'entity', entityRef: [ANA] },
        }),
      );
      await map('information-security', page);
      await portal.scheduler.triggerTask('read-policy-groups');
      expect(await asked()).toBeUndefined();
      expect(await knex('policy_group_members')).toEqual([]);

      // By label: its pages are read with the next sync.
      await map('incident-response', {
        by: 'label',
        label: 'Policy-Infosec',
      });
      await checked();
      expect(await policy('incident-response')).toMatchObject({
        verdict: 'unknown',
        rule: 'The page with the label policy-infosec',
      });
      await sync();
      await checked();
      expect(await policy('incident-response')).toMatchObject({
        verdict: 'pass',
        pages: [{ pageId }],
      });
      const { body: connection } = await portal.call(
        'get',
        '/connections/northwind',
      );
      expect(connection.datasets).toContainEqual(
        expect.objectContaining({ dataset: 'labels', state: 'complete' }),
      );

      // By title; the same again changes it, and each is audited and stands in the ledger without words.
      await map('incident-response', {
        by: 'title',
        space: 'POL',
        title: 'A secret title',
      });
      await checked();
      expect(await policy('incident-response')).toMatchObject({
        verdict: 'fail',
        reason: { code: 'document-missing' },
      });
      const ledger = await knex('ledger_entries')
        .where('kind', 'policy.mapped')
        .orderBy('seq');
      expect(ledger).toHaveLength(5);
      expect(JSON.stringify(ledger)).toContain(STAFF);
      expect(JSON.stringify(ledger)).toContain(pageId);
      expect(JSON.stringify(ledger)).not.toMatch(/secret|infosec/i);
      expect(
        portal.events.filter(event => event.id === 'policy-map'),
      ).not.toHaveLength(0);

      // Nothing that no framework asks for can be mapped.
      const one = { by: 'id', id: pageId };
      expect((await map('remote-working', one)).status).toBe(404);
      expect((await map('infosec', one)).status).toBe(404);

      // The configuration wins, names its key, and what is outweighed can be cleared away.
      await portal.stop();
      portal = await start([
        {
          id: 'incident-response',
          title: 'Incidents',
          page: { connection: 'northwind', label: 'policy-incident' },
          fulfils: ['incident-response', 'backup'],
        },
      ]);
      expect(await policy('incident-response')).toMatchObject({
        origin: 'config',
        title: 'Incidents',
        rule: 'The page with the label policy-incident',
        mapping: { page: { by: 'title' } },
      });
      const refused = await map('incident-response', one);
      expect([refused.status, refused.body.error.message]).toEqual([
        409,
        expect.stringContaining('policies.required[0].page'),
      ]);
      const fulfilled = await map('backup', one);
      expect([fulfilled.status, fulfilled.body.error.message]).toEqual([
        409,
        expect.stringContaining('policies.required[0].fulfils'),
      ]);
      const remove = async (name: string) =>
        (await portal.call('delete', at(name))).status;
      expect(await remove('incident-response')).toBe(204);
      expect(await remove('incident-response')).toBe(409);
      expect(await policy('incident-response')).not.toHaveProperty('mapping');

      // Taken off, it is missing again and nothing of it is found.
      expect(await remove('information-security')).toBe(204);
      expect(await remove('information-security')).toBe(404);
      expect(
        (await portal.call('get', '/policies/information-security')).status,
      ).toBe(404);
      expect(await document('information-security')).toMatchObject({
        policies: [],
      });
      await checked();
      for (const { subject } of await findings()) {
        expect(subject.id).not.toBe('information-security');
      }
      await portal.stop();
      await sandbox.close();
    },
  );
});
