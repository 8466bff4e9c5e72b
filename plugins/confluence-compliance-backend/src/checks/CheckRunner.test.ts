// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import type { Container, History, ObservedRow, ReadOutcome } from '../history';
import { PEOPLE } from '../people';
import {
  account,
  acme,
  check,
  createTestChecks,
  group,
  membership,
  person,
  signal,
} from './__testUtils__';

jest.setTimeout(60_000);

/** A whole and complete read under a scope of its own. */
async function readWith(
  history: History,
  container: Container & { scope: string },
  rows: ObservedRow[],
): Promise<void> {
  const runId = randomUUID();
  const read = await history.beginRead({ ...container, runId, mode: 'full' });
  await history.stage(read.id, rows);
  await history.finishRead(read.id, { outcome: 'complete' });
  await history.publish({ runId });
}

describe('CheckRunner', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'lets a fail stand and a pass fall where data is incomplete, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
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
        await t.runAll();
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
      await t.runAll();
      expect(await t.results()).toMatchObject({ 'a-ana': 'pass employed' });
      await t.read(acme('groups'), [group('g1'), group('g2'), group('g3')]);
      await t.runAll();
      expect(await t.results()).toMatchObject({
        'a-ana': 'unknown memberships-never-read',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'passes nobody whom the people of a changed filter leave out, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
      await t.company();
      await readWith(t.history, { ...PEOPLE, scope: 'others' }, []);
      await t.runAll();
      expect(await t.results()).toEqual({
        'a-ana': 'unknown person-not-covered',
        'a-ben': 'fail still-active',
        'a-nobody': 'unknown no-person',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'passes nobody while a group is out of sight of another credential, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
      await t.company();
      const groups = { ...acme('groups'), scope: 'less' };
      await readWith(t.history, groups, [group('g1')]);
      await t.runAll();
      expect(await t.results()).toEqual({
        'a-ana': 'unknown groups-not-visible',
        'a-ben': 'fail still-active',
        'a-nobody': 'unknown no-person',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'knows nothing of a member whose account was not read yet, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
      await t.company();
      await t.read(acme('memberships', 'g2'), [
        membership('g2', 'a-ben'),
        membership('g2', 'a-new'),
      ]);
      await t.runAll();
      expect(await t.results()).toMatchObject({
        'a-ana': 'pass employed',
        'a-new': 'unknown no-person',
      });
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
      const t = await createTestChecks(await databases.init(id), broken);
      await t.company();
      await t.runAll();
      expect(await t.checks.get('a.broken')).toMatchObject({ verdict: 'pass' });
      give.throws = true;
      await t.read(acme('accounts'), [account('a-ana'), account('a-ben')]);
      await expect(t.runAll()).rejects.toThrow(
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
          text: 'The last run of this check failed. See the log.',
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
      const t = await createTestChecks(await databases.init(id), slow);
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
    'waits for no check that goes on after an abort, %p',
    async id => {
      const never = check('a.never', async function* evaluate() {
        await new Promise(() => {});
      });
      const t = await createTestChecks(await databases.init(id), never);
      await t.company();
      const aborted = new AbortController();
      setTimeout(() => aborted.abort(), 200);
      await expect(t.checks.run('a.never', aborted.signal)).rejects.toThrow(
        'aborted',
      );
      expect(await t.results('a.never')).toEqual({});
      expect(await t.checks.get('a.never')).toMatchObject({ running: false });
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
      const t = await createTestChecks(await databases.init(id), twice);
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
      const t = await createTestChecks(await databases.init(id), all);
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
      const t = await createTestChecks(await databases.init(id));
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
      await t.runAll();
      expect(await t.results()).toMatchObject({
        'a-ben': 'warning within-sla',
      });
      t.clock.now = new Date(Date.parse(seen) + 24 * 3_600_000);
      await t.runAll();
      expect(await t.results()).toMatchObject({ 'a-ben': 'fail still-active' });
    },
  );

  it.each(databases.eachSupportedId())(
    'sees a leaver whom only a group speaks of, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
      await t.company();
      await t.read(acme('accounts'), [account('a-ana')]);
      await t.read(acme('memberships', 'g1'), [
        membership('g1', 'a-ana'),
        membership('g1', 'a-ben'),
      ]);
      await t.runAll();
      expect(await t.results()).toEqual({
        'a-ana': 'pass employed',
        'a-ben': 'unknown status-unknown',
      });
    },
  );
});
