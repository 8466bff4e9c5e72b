// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  checkSchema,
  findingSchema,
  policyCheckSchema,
  policySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DOCUMENTS } from '../config';
import { acme, createTestChecks } from './__testUtils__';
import { page, space, startChecks } from './__testUtils__/required';
import { criticalSystemValid } from './builtin/criticalSystemValid';
import { documentSetUp } from './builtin/documentSetUp';
import { reviewedOnTime } from './builtin/reviewedOnTime';

jest.setTimeout(120_000);

const site = {
  connection: 'acme',
  reviewEvery: 'P6M',
  rule: { kind: 'all-staff' as const },
};

describe('checks of what configuration requires', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'finds the pages of policies, and tells missing from not read, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
      const { id: check } = documentSetUp;
      const policy = (name: string, rule: object) => ({
        id: name,
        title: `Policy ${name}`,
        connection: 'acme',
        page: rule as never,
      });
      t.config.policies = [
        { ...policy('by-id', { by: 'id', id: 'p1' }), reviewEvery: 'P6M' },
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
          reviewEvery: 'P6M',
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
    'wants each policy reviewed as often as it says, %p',
    async id => {
      const t = await createTestChecks(
        await databases.init(id),
        reviewedOnTime,
      );
      await t.company();
      const policy = {
        title: 'Information security',
        connection: 'acme',
        page: { by: 'id' as const, id: 'p1' },
      };
      t.config.policies = [
        { ...policy, id: 'quarterly', reviewEvery: 'P3M' },
        { ...policy, id: 'as-the-check-says' },
      ];
      const touched = page('p1', 's1', 'Information security');
      const versionAt = '2025-11-01T00:00:00.000Z';
      await t.read(acme('spaces'), [space('s1', 'POL')]);
      await t.read(acme('pages', 's1'), [
        { ...touched, payload: { ...touched.payload, versionAt } },
      ]);
      await t.runAll();
      expect(await t.results(reviewedOnTime.id)).toEqual({
        quarterly: 'fail not-touched',
        'as-the-check-says': 'unknown review-not-told',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'say which of what fails is excepted, and nothing of what is not known, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
      t.clock.now = new Date();
      const policy = (name: string) => ({
        id: name,
        title: name,
        connection: 'acme',
        page: { by: 'label' as const, label: name },
      });
      t.config.policies = [policy('backup'), policy('logging')];
      await t.read(acme('labels', 'backup'), []);
      await t.read(acme('labels', 'logging'), []);
      await t.runAll();
      const said = async () => {
        const policies = await t.checks.policiesChecked(await t.history.head());
        return policies.map(({ checks: [check] = [] }) => [
          check.verdict,
          policyCheckSchema.parse(check).exception?.status,
        ]);
      };
      const { items } = await t.findings({ check: documentSetUp.id });
      const finding = items.find(({ subject }) => subject.id === 'backup');
      const [asked] = await t.checks.exceptions.request('user:default/asker', {
        findings: [finding?.id ?? ''],
        reason: 'It is written until the end of the month',
        control: 'Backups are looked after by two people',
        until: new Date(Date.now() + 864_000_000).toISOString(),
      });
      expect(await said()).toEqual([
        ['fail', 'waiting'],
        ['fail', undefined],
      ]);
      const before = await t.history.head();
      await t.checks.exceptions.approve({
        id: asked,
        actor: 'user:default/decider',
      });
      expect(await said()).toEqual([
        ['fail', 'live'],
        ['fail', undefined],
      ]);
      const detail = await t.checks.policy('backup', before + 1);
      expect(detail.checks).toMatchObject([{ exception: { id: asked } }]);

      await t.read(acme('labels', 'backup'), [], 'failed');
      await t.runAll();
      expect(await said()).toEqual([
        ['unknown', undefined],
        ['fail', undefined],
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'do not go on passing when the check itself fails, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
      const policy = (name: string) => ({
        id: name,
        title: name,
        connection: 'acme',
        page: { by: 'label' as const, label: name },
      });
      t.config.policies = [policy('infosec'), policy('missing')];
      await t.read(acme('labels', 'infosec'), [
        { key: 'infosec/p1', payload: { pageId: 'p1', label: 'infosec' } },
      ]);
      await t.read(acme('labels', 'missing'), []);
      await t.runAll();
      const stands = async () => {
        const revision = await t.history.head();
        const policies = await t.checks.policies({ revision });
        return policies.map(({ verdict, reason }) => [verdict, reason.code]);
      };
      expect(await stands()).toEqual([
        ['pass', 'document-current'],
        ['fail', 'document-missing'],
      ]);
      // What somebody changed is told as not judged yet, until it is.
      const checking = async () =>
        (await t.checks.policiesChecked(await t.history.head())).map(
          one => policySchema.parse(one).checking,
        );
      expect(await checking()).toEqual([undefined, undefined]);
      t.clock.now = new Date(t.clock.now.getTime() + 60_000);
      await t.checks.afterChangeOf('policies');
      expect(await checking()).toEqual([true, true]);
      expect(
        await t.checks.policy('infosec', await t.history.head()),
      ).toMatchObject({ checking: true, verdict: 'pass' });
      await t.runAll();
      expect(await checking()).toEqual([undefined, undefined]);

      await t.knex('check_runs').update({ state: 'failed', reason: 'Broken.' });
      expect(await stands()).toEqual([
        ['unknown', 'check-failed'],
        ['fail', 'document-missing'],
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'are not applicable where nothing is required, and let go of what was, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
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
    'is unknown about documents of frameworks that no policy is, on the first connection that reads policies, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
      const { id: check } = documentSetUp;
      const policy = (name: string, fulfils: string[]) => ({
        id: name,
        title: `Policy ${name}`,
        connection: 'acme',
        page: { by: 'id' as const, id: 'p1' },
        fulfils,
      });
      const asked = async () => {
        await t.runAll();
        const { items } = await t.findings({ check });
        const found = items.map(item => [
          item.subject.connection,
          item.subject.title,
          item.verdict,
          item.reason.code,
        ]);
        return found.sort();
      };
      await t.read(acme('pages', 's1'), [page('p1', 's1', 'Monitoring')]);
      t.connections.push('docs', 'more');
      await t.read({ ...acme('spaces'), source: 'docs' }, []);
      await t.read({ ...acme('spaces'), source: 'more' }, []);
      t.config.frameworks = ['soc2'];
      const wanted = ['access-control', 'change-management', 'monitoring'];
      t.config.documentsNotNeeded = DOCUMENTS.map(({ id: one }) => one).filter(
        document => !wanted.includes(document),
      );
      t.config.policies = [policy('it', ['monitoring', 'change-management'])];
      // Nobody could name a page where no connection reads policies.
      expect(await asked()).toEqual([]);

      t.purposes.docs = ['policy'];
      t.purposes.more = ['policy'];
      const notNamed = ['Access control', 'unknown', 'document-not-named'];
      expect(await asked()).toEqual([['docs', ...notNamed]]);
      expect(await t.checks.get(check)).toMatchObject({
        verdict: 'unknown',
        counts: { pass: 1, unknown: 1 },
      });

      t.config.policies.push(policy('access-control', ['access-control']));
      expect(await asked()).toEqual([]);
      expect(await t.checks.get(check)).toMatchObject({ verdict: 'pass' });

      t.config.policies = [];
      t.config.frameworks = ['cis-v8'];
      delete t.purposes.docs;
      expect(await asked()).toEqual([
        ['more', ...notNamed],
        ['more', 'Change management', 'unknown', 'document-not-named'],
        ['more', 'Logging and monitoring', 'unknown', 'document-not-named'],
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'does not mind what no verdict rests on, %p',
    async id => {
      const t = await startChecks(await databases.init(id));
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
