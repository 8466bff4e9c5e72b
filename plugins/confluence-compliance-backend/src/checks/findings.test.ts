// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { findingSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Lists } from '../history';
import {
  account,
  acme,
  check,
  createTestChecks,
  group,
  membership,
  OFFBOARDED,
} from './__testUtils__';
import { grant, space } from './__testUtils__/required';

jest.setTimeout(60_000);

describe('findings', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'lists findings, the failing ones first, with facts and since when, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
      await t.company();
      // Of the other group nothing is known but its id.
      await t.read(acme('groups'), [group('g1', 'Engineers')]);
      await t.runAll();
      const page = await t.findings();
      expect(page.totalItems).toBe(2);
      const [fail, unknown] = page.items.map(item => findingSchema.parse(item));
      expect(fail).toMatchObject({
        checkId: OFFBOARDED,
        severity: 'critical',
        verdict: 'fail',
        reason: { code: 'still-active' },
        subject: {
          kind: 'account',
          connection: 'acme',
          id: 'a-ben',
          title: 'Name of a-ben',
        },
        person: 'user:default/ben',
      });
      expect(fail.subject.entityRef).toMatch(
        /^user:confluence\/name-of-a-ben-/,
      );
      expect(fail.facts).toContainEqual({
        name: 'groups',
        value: 'Engineers, g2',
        source: 'memberships',
      });
      expect(unknown).toMatchObject({ verdict: 'unknown', person: undefined });

      // A changed reason goes on with the same finding; a pass ends it.
      const at = page.revision;
      await t.read(acme('accounts'), [
        account('a-ana'),
        account('a-ben', { accountStatus: 'inactive' }),
        account('a-nobody'),
      ]);
      await t.runAll();
      const warned = await t.findings({ verdict: 'warning' });
      expect(warned.items).toHaveLength(1);
      expect(warned.items[0]).toMatchObject({
        reason: { code: 'still-member' },
        since: fail.since,
      });
      await t.read(acme('memberships', 'g1'), [membership('g1', 'a-ana')]);
      await t.read(acme('memberships', 'g2'), []);
      await t.read(acme('spaces'), [space('s1', 'FIN')]);
      await t.read(acme('grants', 's1'), [grant('s1', 'account', 'a-ben')]);
      await t.runAll();
      const [named] = (await t.findings({ subject: 'a-ben' })).items;
      expect(named).toMatchObject({
        verdict: 'warning',
        reason: { code: 'still-named' },
        since: fail.since,
      });
      expect(named.facts).toContainEqual({
        name: 'spaces',
        value: 'Space FIN',
        source: 'grants',
      });
      await t.read(acme('grants', 's1'), []);
      await t.runAll();
      expect((await t.findings({ subject: 'a-ben' })).items).toEqual([]);

      // No pass while the permissions of one space are not known.
      await t.read(acme('spaces'), [space('s1', 'FIN'), space('s2', 'HR')]);
      await t.runAll();
      expect((await t.findings({ subject: 'a-ben' })).items).toMatchObject([
        { verdict: 'unknown', reason: { code: 'grants-never-read' } },
      ]);
      await t.read(acme('grants', 's2'), []);
      await t.runAll();
      expect((await t.findings({ subject: 'a-ben' })).items).toEqual([]);
      await t.read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await t.runAll();
      const [later] = (await t.findings({ subject: 'a-ben' })).items;
      expect(later.verdict).toBe('warning');
      expect(later.since > fail.since).toBe(true);

      const then = await t.findings({ revision: at });
      expect(then.items.map(item => item.id)).toEqual(
        page.items.map(item => item.id),
      );

      const first = await t.findings({ limit: 1 });
      const second = await t.findings({
        limit: 1,
        cursor: first.pageInfo.nextCursor,
        query: { limit: 1 },
      });
      expect(
        [first, second].flatMap(({ items }) => items.map(i => i.subject.id)),
      ).toEqual(['a-ben', 'a-nobody']);
      expect(second.pageInfo.nextCursor).toBeUndefined();
      await expect(t.findings({ check: 'no.check' })).rejects.toThrow(
        'check names no check',
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'finds what is about an account or a resource, %p',
    async id => {
      const ofMembers: ConfluenceCheck = {
        ...check('my.members', async function* evaluate({ connections }) {
          for (const connection of connections) {
            const common = { connection, verdict: 'fail' as const, facts: {} };
            yield {
              ...common,
              subjectId: 'g1/a-ana',
              reason: 'guest',
              about: { account: 'a-ana', resource: 'space:10' },
            };
            yield { ...common, subjectId: 'g9/a-gone', reason: 'guest' };
          }
        }),
        subjectKind: 'membership',
        reasons: { guest: 'Guests are in no group of ours.' },
      };
      const knex = await databases.init(id);
      const t = await createTestChecks(knex, ofMembers);
      await t.company();
      await t.runAll();
      const lists = await Lists.create({
        database: mockServices.database({ knex }),
        catalog: {
          namespace: 'confluence',
          accounts: 'user',
          labels: [],
          allPages: false,
        },
      });
      const find = async (only: object) => {
        const { items } = await lists.findings.list({
          query: only,
          connections: ['acme'],
          checks: [['my.members', OFFBOARDED]],
          verdicts: ['fail'],
          sort: '-severity',
          revision: await t.history.head(),
          limit: 10,
          ...only,
        });
        return items.map(({ result, account: found }) => [
          result.subjectId,
          found?.name,
        ]);
      };
      const membershipOfAna = [['g1/a-ana', 'Name of a-ana']];
      expect(await find({ account: 'a-ana' })).toEqual(membershipOfAna);
      expect(await find({ resource: 'space:10' })).toEqual(membershipOfAna);
      expect(await find({ account: 'a-ben' })).toEqual([
        ['a-ben', 'Name of a-ben'],
      ]);
      expect(await find({ account: 'a-gone' })).toEqual([]);
      expect(await find({})).toHaveLength(3);
      // The name of the account is not the title of a membership.
      const { items } = await t.findings({ check: 'my.members' });
      expect(items.map(item => [item.subject.title, item.person])).toEqual(
        expect.arrayContaining([
          [undefined, 'user:default/ana'],
          [undefined, undefined],
        ]),
      );
      expect(items[0].reason).toEqual({
        code: 'guest',
        text: 'Guests are in no group of ours.',
      });
    },
  );

  it('reads along an index', async () => {
    const knex = await databases.init('SQLITE_3');
    const t = await createTestChecks(knex);
    await t.company();
    await t.runAll();
    const asked: Array<{ sql: string; bindings: never[] }> = [];
    const note = (query: (typeof asked)[number]) => asked.push(query);
    knex.on('query', note);
    await t.findings();
    await t.findings({ subject: 'a-ben' });
    await t.checks.list();
    knex.removeListener('query', note);
    const ofResults = asked.filter(({ sql }) =>
      sql.includes('history_results'),
    );
    expect(ofResults.length).toBeGreaterThan(5);
    for (const { sql, bindings } of ofResults) {
      const plan: Array<{ detail: string }> = await knex.raw(
        `explain query plan ${sql}`,
        bindings,
      );
      const steps = plan.map(({ detail }) => detail);
      expect(
        steps.filter(step => /^SCAN (r|history_results)\b/.test(step)),
      ).toEqual([]);
      expect(steps.join()).toMatch(/USING (COVERING )?INDEX history_results/);
    }
  });
});
