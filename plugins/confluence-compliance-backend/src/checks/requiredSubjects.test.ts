// SPDX-License-Identifier: Apache-2.0
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import {
  checkSchema,
  criticalSystemSchema,
  findingSchema,
  policySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ObservedRow } from '../history';
import { PEOPLE } from '../people';
import { account, acme, createTestChecks, membership } from './__testUtils__';
import { criticalSystemValid } from './builtin/criticalSystemValid';
import { documentSetUp } from './builtin/documentSetUp';
import { userIdentified } from './builtin/userIdentified';

jest.setTimeout(120_000);

const ALL_STAFF = { kind: 'all-staff' } as const;
const site = { connection: 'acme', reviewEvery: 'P6M', rule: ALL_STAFF };

const space = (id: string, key: string): ObservedRow => ({
  key: id,
  payload: { key, name: `Space ${key}`, type: 'global', status: 'current' },
});

function grant(
  spaceId: string,
  principalType: string,
  principalId: string,
): ObservedRow {
  const rest = { operation: 'read', target: 'space' };
  return {
    key: [spaceId, principalType, principalId, ...Object.values(rest)].join(
      '/',
    ),
    payload: { spaceId, principalType, principalId, ...rest },
  };
}

function page(
  id: string,
  spaceId: string,
  title: string,
  status = 'current',
): ObservedRow {
  return {
    key: id,
    payload: {
      spaceId,
      title,
      status,
      parentId: null,
      ownerId: null,
      version: 1,
      versionAt: null,
      versionBy: null,
    },
  };
}

const withEmail = (row: ObservedRow): ObservedRow => ({
  ...row,
  profile: { ...row.profile, email: `${row.key}@example.com` } as never,
});

describe('checks of required subjects', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function start(id: TestDatabaseId) {
    const t = await createTestChecks(
      await databases.init(id),
      userIdentified,
      criticalSystemValid,
      documentSetUp,
    );
    await t.company();
    return t;
  }

  it.each(databases.eachSupportedId())(
    'says who is behind accounts, and nothing where people are incomplete, %p',
    async id => {
      const t = await start(id);
      await t.read(acme('accounts'), [
        account('a-ana'),
        account('a-ben'),
        withEmail(account('a-nobody')),
        account('a-hidden'),
        account('a-robot', { class: 'service' }),
        account('a-app', { class: 'app' }),
        account('a-gone', { listed: false }),
      ]);
      await t.runAll();
      const all = {
        'a-ana': 'pass identified',
        'a-ben': 'pass identified',
        'a-nobody': 'fail email-of-nobody',
        'a-hidden': 'unknown email-hidden',
        'a-robot': 'warning no-owner',
        'a-app': 'not-applicable machine-account',
        'a-gone': 'not-applicable no-access-here',
      };
      const { id: check } = userIdentified;
      expect(await t.results(check)).toEqual(all);

      await t.read(acme('memberships', 'g2'), [], 'partial');
      await t.runAll();
      expect(await t.results(check)).toEqual({
        ...all,
        'a-ana': 'unknown memberships-incomplete',
        'a-ben': 'unknown memberships-incomplete',
        'a-gone': 'unknown memberships-incomplete',
      });

      await t.read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await t.read(PEOPLE, [], 'failed');
      await t.runAll();
      expect(await t.results(check)).toEqual({
        ...all,
        'a-ana': 'unknown people-failed',
        'a-ben': 'unknown people-failed',
        'a-nobody': 'unknown people-failed',
        'a-robot': 'unknown people-failed',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'judges who reaches sites and spaces, %p',
    async id => {
      const t = await start(id);
      const { id: check } = criticalSystemValid;
      t.config.criticalSystems = [
        { ...site, owner: 'group:default/security' },
        { ...site, space: 'fin', rule: { kind: 'groups', groups: ['g1'] } },
        { ...site, space: 'PUB', rule: { kind: 'groups', groups: ['g9'] } },
        { ...site, space: 'NONE' },
      ];
      await t.read(acme('spaces'), [
        space('s1', 'FIN'),
        space('s2', 'PUB'),
        space('s3', 'OTHER'),
      ]);
      await t.read(acme('grants', 's1'), [
        grant('s1', 'group', 'g2'),
        grant('s1', 'account', 'a-ana'),
        grant('s1', 'account', 'a-unread'),
      ]);
      await t.runAll();
      expect(await t.results(check)).toMatchObject({
        'space:s2|grants': 'unknown grants-never-read',
        'site:acme|a-ana': 'pass employed',
      });

      await t.read(acme('grants', 's2'), [
        grant('s2', 'access-class', 'anonymous-users'),
      ]);
      await t.runAll();
      const all = {
        'site:acme|a-ana': 'pass employed',
        'site:acme|a-ben': 'fail departed',
        'site:acme|a-nobody': 'unknown email-hidden',
        'space:s1|a-ana': 'pass in-allowed-group',
        'space:s1|a-ben': 'pass in-allowed-group',
        'space:s1|a-unread': 'fail not-in-allowed-group',
        'space:s2|anonymous': 'fail anonymous-access',
        'space:s2|group:g9': 'warning rule-group-missing',
        'space:NONE|system': 'unknown space-not-found',
      };
      expect(await t.results(check)).toEqual(all);

      const { items } = await t.findings({ check, account: 'a-ben' });
      expect(items.map(item => findingSchema.parse(item))).toMatchObject([
        {
          subject: { kind: 'access', id: 'site:acme|a-ben' },
          account: { accountId: 'a-ben', name: 'Name of a-ben' },
          resource: { ref: 'site:acme', kind: 'site' },
          person: 'user:default/ben',
          reason: { code: 'departed' },
        },
      ]);
      const open = await t.findings({ check, resource: 'space:s2' });
      expect(open.items).toMatchObject([
        {
          subject: { title: 'Space PUB' },
          resource: { key: 'PUB', title: 'Space PUB' },
          facts: [
            {
              name: 'principals',
              value: 'anonymous-users',
              source: 'grants',
            },
          ],
        },
        { reason: { code: 'rule-group-missing' } },
      ]);

      // A pass over one space falls with its own permissions only.
      await t.read(acme('grants', 's1'), [], 'partial');
      await t.runAll();
      expect(await t.results(check)).toEqual({
        ...all,
        'space:s1|a-ana': 'unknown grants-incomplete',
        'space:s1|a-ben': 'unknown grants-incomplete',
        'space:s1|grants': 'unknown grants-incomplete',
      });

      const revision = await t.history.head();
      const systems = await t.checks.criticalSystems({ revision });
      expect(
        systems.map(system => criticalSystemSchema.parse(system)),
      ).toMatchObject([
        {
          resource: { ref: 'site:acme' },
          origin: 'config',
          owner: 'group:default/security',
          reach: {
            people: { seen: 3 },
            admins: { seen: 0, unknown: { code: 'site-admins-not-read' } },
          },
          check: {
            verdict: 'fail',
            counts: { pass: 1, fail: 1, unknown: 1 },
          },
          review: { every: 'P6M', overdue: false },
        },
        {
          resource: { ref: 'space:s1', key: 'FIN', title: 'Space FIN' },
          check: { verdict: 'fail', counts: { fail: 1, unknown: 3 } },
        },
        {
          resource: { ref: 'space:s2' },
          reach: { anonymous: true },
          check: { verdict: 'fail' },
        },
        {
          resource: { ref: 'space:NONE', key: 'NONE' },
          reach: { people: { unknown: { code: 'space-not-found' } } },
          check: { verdict: 'unknown', reason: { code: 'space-not-found' } },
          review: { overdue: false },
        },
      ]);
      expect(systems[3].review.dueAt).toBeUndefined();

      // A space that went is listed with its reason, and due from when it was first seen.
      await t.read(acme('grants', 's1'), [grant('s1', 'group', 'g2')]);
      await t.read(acme('spaces'), [space('s2', 'PUB'), space('s3', 'OTHER')]);
      await t.runAll();
      t.clock.now = new Date(Date.parse(systems[1].review.dueAt as string) + 1);
      const [, gone] = await t.checks.criticalSystems({
        revision: await t.history.head(),
      });
      expect(gone).toMatchObject({
        resource: { ref: 'space:s1', title: 'Space FIN' },
        check: { verdict: 'unknown', reason: { code: 'space-gone' } },
        review: { dueAt: systems[1].review.dueAt, overdue: true },
      });
      expect(await t.results(check)).toMatchObject({
        'space:s1|system': 'unknown space-gone',
      });
      await t.read(acme('spaces'), [], 'failed');
      await t.runAll();
      expect(await t.results(check)).toMatchObject({
        'space:s1|system': 'unknown spaces-failed',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'finds the pages of policies, and tells missing from not read, %p',
    async id => {
      const t = await start(id);
      const { id: check } = documentSetUp;
      const policy = (name: string, rule: object) => ({
        id: name,
        title: `Policy ${name}`,
        connection: 'acme',
        page: rule as never,
      });
      t.config.policies = [
        policy('by-id', { by: 'id', id: 'p1' }),
        policy('by-label', { by: 'label', label: 'infosec' }),
        policy('by-title', {
          by: 'title',
          space: 'pol',
          title: 'access RULES',
        }),
        policy('nowhere', { by: 'id', id: 'p9' }),
        policy('no-space', { by: 'title', space: 'NO', title: 'x' }),
      ];
      await t.read(acme('spaces'), [space('s1', 'POL'), space('s2', 'ENG')]);
      await t.read(acme('pages', 's1'), [
        page('p1', 's1', 'Information security'),
        page('p2', 's1', 'Access rules', 'archived'),
      ]);
      await t.read(acme('labels', 'infosec'), [
        { key: 'infosec/p1', payload: { pageId: 'p1', label: 'infosec' } },
        { key: 'infosec/p7', payload: { pageId: 'p7', label: 'infosec' } },
      ]);
      await t.runAll();
      const all = {
        'by-id': 'pass document-current',
        'by-label': 'fail several-documents',
        'by-title': 'fail document-not-current',
        // Another space was never read.
        nowhere: 'unknown pages-never-read',
        'no-space': 'unknown space-not-found',
      };
      expect(await t.results(check)).toEqual(all);

      await t.read(acme('pages', 's2'), []);
      await t.runAll();
      expect(await t.results(check)).toEqual({
        ...all,
        nowhere: 'fail document-missing',
      });
      const { items } = await t.findings({ check });
      expect(
        items
          .map(item => findingSchema.parse(item))
          .map(item => [
            item.subject.id,
            item.subject.title,
            item.resource?.ref,
          ])
          .sort(),
      ).toEqual([
        ['by-label', 'Policy by-label', 'policy:by-label'],
        ['by-title', 'Access rules', 'page:p2'],
        ['no-space', 'Policy no-space', 'policy:no-space'],
        ['nowhere', 'Policy nowhere', 'policy:nowhere'],
      ]);
      const revision = await t.history.head();
      const policies = await t.checks.policies({ revision });
      expect(policies.map(found => policySchema.parse(found))).toMatchObject([
        {
          id: 'by-id',
          rule: 'The page with the id p1',
          verdict: 'pass',
          pages: [{ pageId: 'p1', spaceKey: 'POL' }],
        },
        { rule: 'The page with the label infosec', pages: [{ pageId: 'p1' }] },
        {
          rule: "The page 'access RULES' in the space pol",
          reason: { code: 'document-not-current' },
        },
        { pages: [] },
        { pages: [] },
      ]);

      await t.read(acme('pages', 's1'), [], 'partial');
      await t.read(acme('labels', 'infosec'), [], 'failed');
      await t.runAll();
      expect(await t.results(check)).toEqual({
        'by-id': 'unknown pages-incomplete',
        // Two pages were seen: that stands.
        'by-label': 'fail several-documents',
        'by-title': 'unknown pages-incomplete',
        nowhere: 'unknown pages-incomplete',
        'no-space': 'unknown space-not-found',
      });
      await t.read(acme('spaces'), [], 'failed');
      await t.runAll();
      expect(await t.results(check)).toMatchObject({
        'no-space': 'unknown spaces-failed',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'are not applicable where nothing is required, and let go of what was, %p',
    async id => {
      const t = await start(id);
      await t.runAll();
      const stands = async (check: string) =>
        checkSchema.parse(await t.checks.get(check));
      expect(await stands(documentSetUp.id)).toMatchObject({
        verdict: 'not-applicable',
        reason: {
          code: 'no-policies',
          text: expect.stringContaining('confluenceCompliance.policies'),
        },
      });
      expect(await stands(criticalSystemValid.id)).toMatchObject({
        verdict: 'not-applicable',
        reason: { code: 'no-critical-systems' },
      });

      t.config.criticalSystems = [site];
      await t.runAll();
      expect(await stands(criticalSystemValid.id)).toMatchObject({
        verdict: 'fail',
        counts: { pass: 1, fail: 1, unknown: 1 },
      });
      t.config.criticalSystems = [];
      await t.runAll();
      expect(await stands(criticalSystemValid.id)).toMatchObject({
        verdict: 'not-applicable',
        counts: { pass: 0, fail: 0, unknown: 0 },
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'leaves a verdict open where the group that would admit was not read, %p',
    async id => {
      const t = await start(id);
      const { id: check } = criticalSystemValid;
      t.config.criticalSystems = [
        { ...site, rule: { kind: 'groups', groups: ['g2'] } },
      ];
      await t.runAll();
      const all = {
        'site:acme|a-ana': 'fail not-in-allowed-group',
        'site:acme|a-ben': 'pass in-allowed-group',
        'site:acme|a-nobody': 'fail not-in-allowed-group',
      };
      expect(await t.results(check)).toEqual(all);
      await t.read(acme('memberships', 'g2'), [], 'partial');
      await t.runAll();
      expect(await t.results(check)).toEqual({
        'site:acme|a-ana': 'unknown memberships-incomplete',
        'site:acme|a-ben': 'unknown memberships-incomplete',
        'site:acme|a-nobody': 'unknown memberships-incomplete',
      });
      await t.read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await t.read(PEOPLE, [], 'failed');
      await t.runAll();
      // A rule of groups asks nobody who they are, and yet a pass needs all that the check does.
      expect(await t.results(check)).toEqual({
        ...all,
        'site:acme|a-ben': 'unknown people-failed',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'shows findings that the first version wrote, and judges them on, %p',
    async id => {
      const t = await start(id);
      await t.runAll();
      const before = await t.findings();
      for (const row of await t.knex('history_results').select()) {
        const { accountId, resource, ...payload } = JSON.parse(row.payload);
        await t
          .knex('history_results')
          .where({ row_id: row.row_id })
          .update({ payload: JSON.stringify(payload) });
      }
      expect((await t.findings()).items).toEqual(before.items);
      await t.read(acme('accounts'), [
        account('a-ana'),
        account('a-ben', { accountStatus: 'inactive' }),
        account('a-nobody'),
      ]);
      await t.runAll();
      expect(await t.results('access.offboarded-removed')).toEqual({
        'a-ana': 'pass employed',
        'a-ben': 'warning still-member',
        'a-nobody': 'unknown no-person',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'does not mind what no verdict rests on, %p',
    async id => {
      const t = await start(id);
      t.config.policies = [
        {
          id: 'infosec',
          title: 'Information security',
          connection: 'acme',
          page: { by: 'label', label: 'infosec' },
        },
      ];
      await t.read(acme('labels', 'infosec'), [
        { key: 'infosec/p1', payload: { pageId: 'p1', label: 'infosec' } },
      ]);
      await t.read(acme('pages', 's1'), [], 'failed');
      await t.runAll();
      expect(await t.checks.get(documentSetUp.id)).toMatchObject({
        verdict: 'pass',
        counts: { pass: 1 },
      });
    },
  );
});
