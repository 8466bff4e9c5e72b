// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  checkSchema,
  findingSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { History } from '../history';
import type { Container, ObservedRow, ReadOutcome } from '../history';
import { LINKS, PEOPLE } from '../people';
import { CheckRegistry } from './CheckRegistry';
import { Checks } from './Checks';

jest.setTimeout(60_000);

const signal = new AbortController().signal;
const OFFBOARDED = 'access.offboarded-removed';
const acme = (dataset: string, key = 'site') => ({
  source: 'acme',
  dataset,
  key,
});

function account(id: string, more: object = {}): ObservedRow {
  return {
    key: id,
    payload: {
      accountType: 'atlassian',
      accountStatus: 'active',
      class: 'person',
      listed: true,
      ...more,
    },
    profile: { kind: 'account', id, name: `Name of ${id}` },
  };
}

function person(name: string, more: object = {}): ObservedRow {
  return {
    key: `user:default/${name}`,
    payload: {
      status: 'employed',
      startDate: null,
      endDate: null,
      absentSince: null,
      managerRef: null,
      accountIds: [],
      ...more,
    },
  };
}

const membership = (groupId: string, accountId: string): ObservedRow => ({
  key: `${groupId}/${accountId}`,
  payload: { groupId, accountId },
});

const group = (id: string): ObservedRow => ({
  key: id,
  payload: { name: id, managedBy: 'ADMINS', usageType: 'USERBASE_GROUP' },
});

describe('Checks', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function setup(
    id: Parameters<typeof databases.init>[0],
    ...added: ConfluenceCheck[]
  ) {
    const knex = await databases.init(id);
    const database = mockServices.database({ knex });
    const history = await History.create({ database });
    const registry = CheckRegistry.create();
    registry.add(...added);
    const clock = { now: new Date('2026-03-10T12:00:00Z') };
    const connections = ['acme'];
    const scheduler = mockServices.scheduler.mock();
    const checks = await Checks.create({
      config: {
        checks: {},
        catalog: { namespace: 'confluence', accounts: 'user' },
        schedule: {
          every: { seconds: 30 },
          slice: { minutes: 2 },
          timeout: { minutes: 3 },
          checks: { hours: 1 },
          people: { minutes: 15 },
        },
      },
      history,
      database,
      scheduler,
      logger: mockServices.logger.mock(),
      connections: () => connections,
      registry,
      now: () => clock.now,
    });
    const read = async (
      container: Container,
      rows: ObservedRow[],
      outcome: ReadOutcome = 'complete',
    ) => {
      const runId = randomUUID();
      const { id: readId } = await history.beginRead({
        ...container,
        runId,
        mode: 'full',
        scope: 'all',
      });
      await history.stage(readId, rows);
      await history.finishRead(readId, { outcome });
      await history.publish({ runId });
    };
    return {
      checks,
      clock,
      connections,
      history,
      knex,
      read,
      scheduler,
      /** One employee, one leaver, one account of nobody; all of it complete. */
      async company() {
        await read(acme('accounts'), [
          account('a-ana'),
          account('a-ben'),
          account('a-nobody'),
        ]);
        await read(acme('groups'), [group('g1'), group('g2')]);
        await read(acme('memberships', 'g1'), [
          membership('g1', 'a-ana'),
          membership('g1', 'a-ben'),
        ]);
        await read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
        await read(PEOPLE, [
          person('ana'),
          person('ben', { status: 'departed', endDate: '2026-03-01' }),
        ]);
        await history.change({ actor: 'system' }, async change => {
          for (const name of ['ana', 'ben']) {
            await change.put(LINKS, {
              key: `a-${name}`,
              payload: {
                source: PEOPLE.source,
                person: `user:default/${name}`,
                how: 'email',
              },
            });
          }
        });
      },
      async results() {
        const asOf = await history.head();
        const found: Record<string, string> = {};
        for await (const rows of history.rows('results', { asOf })) {
          rows.forEach(({ payload: { subjectId, verdict, reason } }) => {
            found[subjectId] = `${verdict} ${reason}`;
          });
        }
        return found;
      },
      async findings(more: object = {}) {
        return checks.findings({
          query: more,
          revision: await history.head(),
          limit: 50,
          sort: '-severity',
          ...more,
        });
      },
    };
  }

  function check(
    id: string,
    evaluate: ConfluenceCheck['evaluate'],
  ): ConfluenceCheck {
    return {
      id,
      title: id,
      description: id,
      severity: 'low',
      subjectKind: 'account',
      requires: ['accounts'],
      improves: [],
      parameters: z.strictObject({}),
      controls: [],
      howToFix: [],
      state: 'ready',
      evaluate,
    };
  }

  it.each(databases.eachSupportedId())(
    'finds the leaver, counts, and writes nothing the second time, %p',
    async id => {
      const t = await setup(id);
      await t.company();
      await t.checks.runAll(signal);
      expect(await t.results()).toEqual({
        'a-ana': 'pass employed',
        'a-ben': 'fail still-active',
        'a-nobody': 'unknown no-person',
      });
      const [found] = await t.checks.list();
      expect(checkSchema.parse(found)).toMatchObject({
        id: OFFBOARDED,
        verdict: 'fail',
        counts: { pass: 1, fail: 1, unknown: 1, warning: 0 },
        running: false,
        lastRunAt: '2026-03-10T12:00:00.000Z',
      });

      const head = await t.history.head();
      t.clock.now = new Date('2026-03-12T12:00:00Z');
      const again = await t.checks.run(OFFBOARDED, signal);
      expect(again).toMatchObject({ judgedAt: head, revision: undefined });
      expect(await t.history.head()).toBe(head);
      const entries = await t.knex('ledger_entries').select('kind');
      expect(entries.map(entry => entry.kind)).toEqual(['check.published']);
      expect(await t.knex('history_staged').select()).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'lists findings, the failing ones first, with facts and since when, %p',
    async id => {
      const t = await setup(id);
      await t.company();
      await t.checks.runAll(signal);
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
        value: 'g1, g2',
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
      await t.checks.runAll(signal);
      const warned = await t.findings({ verdict: 'warning' });
      expect(warned.items).toHaveLength(1);
      expect(warned.items[0]).toMatchObject({
        reason: { code: 'still-member' },
        since: fail.since,
      });
      await t.read(acme('memberships', 'g1'), [membership('g1', 'a-ana')]);
      await t.read(acme('memberships', 'g2'), []);
      await t.checks.runAll(signal);
      expect((await t.findings({ subject: 'a-ben' })).items).toEqual([]);
      await t.read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await t.checks.runAll(signal);
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
    'lets a fail stand and a pass fall where data is incomplete, %p',
    async id => {
      const t = await setup(id);
      await t.company();
      const incomplete: Array<[Container, ReadOutcome, string]> = [
        [acme('memberships', 'g2'), 'partial', 'memberships-incomplete'],
        [acme('memberships', 'g2'), 'not-visible', 'memberships-not-visible'],
        [acme('groups'), 'failed', 'groups-failed'],
        [acme('accounts'), 'partial', 'accounts-incomplete'],
        [PEOPLE, 'failed', 'people-failed'],
      ];
      for (const [container, outcome, reason] of incomplete) {
        const before = await t.knex('history_containers').where({
          source: container.source,
          dataset: container.dataset,
          container: container.key,
        });
        await t.read(container, [], outcome);
        await t.checks.runAll(signal);
        expect(await t.results()).toEqual({
          'a-ana': `unknown ${reason}`,
          'a-ben': 'fail still-active',
          'a-nobody': 'unknown no-person',
        });
        await t
          .knex('history_containers')
          .where({
            source: container.source,
            dataset: container.dataset,
            container: container.key,
          })
          .update(before[0]);
      }
      await t.checks.runAll(signal);
      expect(await t.results()).toMatchObject({ 'a-ana': 'pass employed' });
      await t.read(acme('groups'), [group('g1'), group('g2'), group('g3')]);
      await t.checks.runAll(signal);
      expect(await t.results()).toMatchObject({
        'a-ana': 'unknown memberships-never-read',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'is unknown before anything was read, and before it ran, %p',
    async id => {
      const t = await setup(id);
      expect(await t.checks.get(OFFBOARDED)).toMatchObject({
        verdict: 'unknown',
        reason: { code: 'never-run' },
      });
      await t.checks.runAll(signal);
      expect(await t.results()).toEqual({});
      expect(await t.checks.get(OFFBOARDED)).toMatchObject({
        verdict: 'unknown',
        reason: { code: 'never-read' },
      });
      t.connections.pop();
      expect(await t.checks.get(OFFBOARDED)).toMatchObject({
        reason: { code: 'no-connections' },
      });
      await expect(t.checks.get('no.check')).rejects.toThrow(
        'There is no check',
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'publishes nothing of a check that throws, and runs the others, %p',
    async id => {
      const give = { throws: false };
      const broken = check('a.broken', async function* evaluate() {
        yield {
          connection: 'acme',
          subjectId: 'x',
          verdict: give.throws ? 'fail' : 'pass',
          reason: 'some',
          facts: {},
        };
        if (give.throws) {
          throw new Error('it broke');
        }
      });
      const t = await setup(id, broken);
      await t.company();
      await t.checks.runAll(signal);
      expect(await t.checks.get('a.broken')).toMatchObject({ verdict: 'pass' });
      give.throws = true;
      await t.read(acme('accounts'), [account('a-ana'), account('a-ben')]);
      await expect(t.checks.runAll(signal)).rejects.toThrow(
        'Checks failed: a.broken: it broke',
      );
      expect(await t.results()).toEqual({
        'a-ana': 'pass employed',
        'a-ben': 'fail still-active',
        x: 'pass some',
      });
      expect(await t.checks.get('a.broken')).toMatchObject({
        verdict: 'unknown',
        reason: {
          code: 'check-failed',
          text: 'The last run of this check failed. it broke',
        },
        running: false,
      });
      expect(await t.knex('history_staged').select()).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'takes over from a run that died, and goes on at once after an abort, %p',
    async id => {
      const aborted = new AbortController();
      const slow = check('a.slow', async function* evaluate() {
        yield {
          connection: 'acme',
          subjectId: 'x',
          verdict: 'pass',
          reason: 'some',
          facts: {},
        };
        aborted.abort();
      });
      const t = await setup(id, slow);
      await t.company();
      await expect(t.checks.run('a.slow', aborted.signal)).rejects.toThrow();
      expect(await t.results()).toEqual({});
      await t.checks.runDue(signal);
      expect(await t.results()).toMatchObject({ x: 'pass some' });

      // A run that died in the middle leaves a read behind and stays running.
      const dead = randomUUID();
      await t
        .knex('check_runs')
        .where({ check_id: 'a.slow' })
        .update({ state: 'running', run_id: dead });
      await t.history.beginRead({
        ...acme('results', 'a.slow'),
        runId: dead,
        mode: 'full',
        scope: 'derived',
      });
      expect(await t.checks.get('a.slow')).toMatchObject({ running: true });
      t.clock.now = new Date('2026-03-10T12:31:00Z');
      expect(await t.checks.get('a.slow')).toMatchObject({ running: false });
      await t.checks.runDue(signal);
      expect(await t.history.readsOf(dead)).toEqual([]);
      expect(await t.checks.get('a.slow')).toMatchObject({
        verdict: 'pass',
        lastRunAt: '2026-03-10T12:31:00.000Z',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'lets only the newest run of a check publish, %p',
    async id => {
      const inner: { run?: () => Promise<unknown> } = {};
      const twice = check('a.twice', async function* evaluate() {
        const { run } = inner;
        inner.run = undefined;
        await run?.();
        yield {
          connection: 'acme',
          subjectId: 'x',
          verdict: 'pass',
          reason: run ? 'older' : 'newer',
          facts: {},
        };
      });
      const t = await setup(id, twice);
      await t.company();
      inner.run = () => t.checks.run('a.twice', signal);
      await expect(t.checks.run('a.twice', signal)).rejects.toThrow(
        'Another run of the check a.twice took over',
      );
      expect(await t.results()).toEqual({ x: 'pass newer' });
      expect(await t.checks.get('a.twice')).toMatchObject({ verdict: 'pass' });
    },
  );

  it.each(databases.eachSupportedId())(
    'runs when asked or when its period is over, %p',
    async id => {
      const runs: string[] = [];
      const counted = check('a.counted', async function* evaluate({ now }) {
        runs.push(now.toISOString());
        yield* [] as CheckResult[];
      });
      const t = await setup(id, counted);
      await t.company();
      await t.checks.runDue(signal);
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(1);
      t.clock.now = new Date('2026-03-10T12:20:00Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(1);
      await t.checks.requestRun('a.counted');
      expect(t.scheduler.triggerTask).toHaveBeenCalledWith('run-checks');
      t.clock.now = new Date('2026-03-10T12:20:01Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(2);
      t.clock.now = new Date('2026-03-10T13:20:01Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(3);
      await t.checks.afterPublish();
      t.clock.now = new Date('2026-03-10T13:20:02Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(4);
      await expect(t.checks.requestRun('no.check')).rejects.toThrow(
        'There is no check',
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'lets results shrink with their data, %p',
    async id => {
      const many = { ids: Array.from({ length: 40 }, (_, i) => `s${i}`) };
      const all = check('a.many', async function* evaluate() {
        for (const subjectId of many.ids) {
          yield {
            connection: 'acme',
            subjectId,
            verdict: 'pass',
            reason: 'some',
            facts: {},
          };
        }
      });
      const t = await setup(id, all);
      await t.company();
      await t.checks.run('a.many', signal);
      many.ids = ['s1'];
      await t.checks.run('a.many', signal);
      expect(await t.results()).toEqual({ s1: 'pass some' });
    },
  );

  it.each(databases.eachSupportedId())(
    'counts the agreed time from when a departure was first seen, %p',
    async id => {
      const t = await setup(id);
      await t.company();
      await t.read(PEOPLE, [
        person('ana'),
        person('ben', { status: 'departed' }),
      ]);
      const intervals = await t.history.intervalsOf(
        'people',
        PEOPLE.source,
        'user:default/ben',
      );
      const [{ committed_at: seen }] = await t
        .knex('history_revisions')
        .where({ revision: intervals[0].opened });
      t.clock.now = new Date(Date.parse(seen) + 23 * 3_600_000);
      await t.checks.runAll(signal);
      expect(await t.results()).toMatchObject({
        'a-ben': 'warning within-sla',
      });
      t.clock.now = new Date(Date.parse(seen) + 24 * 3_600_000);
      await t.checks.runAll(signal);
      expect(await t.results()).toMatchObject({ 'a-ben': 'fail still-active' });
    },
  );
});
