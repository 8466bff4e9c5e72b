// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  criticalSystemSchema,
  findingSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PEOPLE } from '../people';
import { account, acme, membership } from './__testUtils__';
import { grant, space, startChecks, withEmail } from './__testUtils__/required';
import { criticalSystemValid } from './builtin/criticalSystemValid';
import { userIdentified } from './builtin/userIdentified';

jest.setTimeout(120_000);

const site = {
  connection: 'acme',
  reviewEvery: 'P6M',
  rule: { kind: 'all-staff' as const },
};

describe('checks of accounts and critical systems', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'says who is behind accounts, and nothing where people are incomplete, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
      const everybody = [
        account('a-ana'),
        account('a-ben'),
        withEmail(account('a-nobody')),
        account('a-hidden'),
        account('a-robot', { class: 'service' }),
        account('a-app', { class: 'app' }),
        account('a-gone', { listed: false }),
      ];
      await t.read(acme('accounts'), everybody);
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

      // A read that misses somebody does not say that they are not listed any more.
      await t.read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await t.read(
        acme('accounts'),
        [withEmail(account('a-nobody', { listed: false }))],
        'partial',
      );
      await t.runAll();
      expect(await t.results(check)).toMatchObject({
        'a-nobody': 'unknown accounts-incomplete',
        'a-gone': 'unknown accounts-incomplete',
      });
      await t.read(acme('accounts'), everybody);

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
      const t = await startChecks(await databases.init(id));
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
        'space:s1|a-ben': 'fail departed',
        'space:s1|a-unread': 'unknown account-not-read',
        'space:s2|anonymous': 'fail anonymous-access',
        'space:s2|group:g9': 'warning rule-group-missing',
        'space:NONE|system': 'unknown space-not-found',
      };
      expect(await t.results(check)).toEqual(all);

      const { items } = await t.findings({
        check,
        account: 'a-ben',
        resource: 'site:acme',
      });
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
    'keeps what it found of a space that is out of sight of another credential, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
      const { id: check } = criticalSystemValid;
      t.config.criticalSystems = [
        { ...site, space: 'FIN' },
        { ...site, space: 'PUB' },
      ];
      const seen = [space('s1', 'FIN'), space('s2', 'PUB')];
      await t.read(acme('spaces'), seen);
      await t.read(acme('grants', 's1'), [
        grant('s1', 'account', 'a-ana'),
        grant('s1', 'account', 'a-ben'),
        grant('s1', 'access-class', 'anonymous-users'),
      ]);
      await t.read(acme('grants', 's2'), [grant('s2', 'account', 'a-ana')]);
      await t.runAll();
      const all = {
        'space:s1|a-ana': 'pass employed',
        'space:s1|a-ben': 'fail departed',
        'space:s1|anonymous': 'fail anonymous-access',
        'space:s2|a-ana': 'pass employed',
      };
      expect(await t.results(check)).toEqual(all);

      await t.read(acme('spaces'), [seen[1]], 'complete', 'less');
      await t.runAll();
      const outOfSight = {
        ...all,
        'space:s1|a-ana': 'unknown space-not-visible',
        'space:s1|system': 'unknown space-not-visible',
      };
      expect(await t.results(check)).toEqual(outOfSight);
      // Nor does it matter how the next read of spaces ends.
      await t.read(acme('grants', 's1'), [], 'not-visible', 'less');
      await t.read(acme('spaces'), [], 'failed', 'less');
      await t.runAll();
      expect(await t.results(check)).toEqual({
        ...outOfSight,
        'space:s1|grants': 'unknown grants-not-visible',
      });

      await t.read(acme('spaces'), seen);
      await t.read(acme('grants', 's1'), [grant('s1', 'account', 'a-ana')]);
      await t.runAll();
      expect(await t.results(check)).toEqual({
        'space:s1|a-ana': 'pass employed',
        'space:s2|a-ana': 'pass employed',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'takes nothing old for a pass, also where another system fails, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
      t.config.criticalSystems = [site, { ...site, space: 'FIN' }];
      await t.read(acme('spaces'), [space('s1', 'FIN')]);
      await t.read(acme('grants', 's1'), [grant('s1', 'account', 'a-ana')]);
      await t.runAll();
      const stands = async () => {
        const revision = await t.history.head();
        const systems = await t.checks.criticalSystems({ revision });
        return systems.map(system => system.check);
      };
      expect(await stands()).toMatchObject([
        { verdict: 'fail' },
        { verdict: 'pass' },
      ]);
      // Who reaches a space was counted a moment ago; anybody may ask again and again.
      const asked: string[] = [];
      t.knex.on('query', ({ sql }) => asked.push(sql));
      await stands();
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.filter(sql => /history_memberships/.test(sql))).toEqual([]);
      t.clock.now = new Date(Date.now() + 2 * 60 * 60 * 1000);
      expect(await stands()).toMatchObject([
        { verdict: 'fail' },
        { verdict: 'unknown', reason: { code: 'people-stale' } },
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'leaves a verdict open where the group that would admit was not read, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
      const { id: check } = criticalSystemValid;
      t.config.criticalSystems = [
        { ...site, rule: { kind: 'groups', groups: ['g2'] } },
      ];
      await t.runAll();
      const all = {
        'site:acme|a-ana': 'fail not-in-allowed-group',
        'site:acme|a-ben': 'fail departed',
        'site:acme|a-nobody': 'fail not-in-allowed-group',
      };
      expect(await t.results(check)).toEqual(all);
      await t.read(acme('memberships', 'g2'), [], 'partial');
      await t.runAll();
      expect(await t.results(check)).toEqual({
        'site:acme|a-ana': 'unknown memberships-incomplete',
        'site:acme|a-ben': 'fail departed',
        'site:acme|a-nobody': 'unknown memberships-incomplete',
      });
      await t.read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await t.read(PEOPLE, [], 'failed');
      await t.runAll();
      expect(await t.results(check)).toEqual(all);
      // Whoever is in a group that may have access could have left.
      t.config.criticalSystems = [
        { ...site, rule: { kind: 'groups', groups: ['g1'] } },
      ];
      await t.runAll();
      expect(await t.results(check)).toMatchObject({
        'site:acme|a-ana': 'unknown people-failed',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'shows findings that the first version wrote, and judges them on, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
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
});
