// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';
import { acme, check, createTestChecks, OFFBOARDED } from './__testUtils__';

jest.setTimeout(60_000);

const PLAIN = 'acme.plain';
const ATTESTED = 'acme.attested';
const LATER = 'acme.later';

/** A check that passes everybody, one that somebody attests, and one that is not built. */
async function start(knex: Parameters<typeof createTestChecks>[0]) {
  const broken = { now: false };
  const plain: ConfluenceCheck = check(PLAIN, async function* evaluate() {
    if (broken.now) {
      throw new Error('secret');
    }
    yield {
      connection: 'acme',
      subjectId: 'a-ana',
      verdict: 'pass',
      reason: 'employed',
      facts: {},
    };
  });
  const t = await createTestChecks(
    knex,
    plain,
    { ...check(ATTESTED, plain.evaluate), state: 'attestation', requires: [] },
    { ...check(LATER, plain.evaluate), state: 'later' },
  );
  Object.defineProperty(t.clock, 'now', { get: () => new Date() });
  return {
    ...t,
    /** A time after all that was done, and before all that follows. */
    async mark() {
      await sleep(5);
      const at = new Date().toISOString();
      await sleep(5);
      return at;
    },
    async run() {
      await t.checks.afterPublish();
      await t.checks.runDue(new AbortController().signal).catch(() => {});
    },
    async at(moment: string, connections = ['acme']) {
      const revision = await t.history.resolve(moment);
      const found = await t.checks.listAt(
        { revision, moment },
        { connections },
      );
      return Object.fromEntries(
        found.map(({ id, verdict, reason }) => [
          id,
          [verdict, reason?.code].filter(Boolean).join(' '),
        ]),
      );
    },
    break(now: boolean) {
      broken.now = now;
    },
  };
}

describe('where checks stood in the past', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is what was known then, and what was not, %p',
    async id => {
      const knex = await databases.init(id);
      const t = await start(knex);
      await t.company();
      const before = await t.mark();
      await expect(t.at(before)).rejects.toThrow(
        /^asOf .*: nothing is known of runs of checks by then; none is kept/,
      );
      await t.run();
      const first = await t.mark();
      await expect(t.at(before)).rejects.toThrow(
        /nothing is known of runs of checks by then; the first that is kept is of 20.*Z: ask for that time or later$/,
      );
      // What cannot be judged is all that changes: no result does.
      await t.read(acme('memberships', 'g2'), [], 'failed');
      await t.run();
      const incomplete = await t.mark();
      t.break(true);
      await t.run();
      await t.checks.attestations.attest(
        ATTESTED,
        { connection: 'acme', answer: 'no' },
        'user:default/ana',
      );
      const failed = await t.mark();
      t.break(false);
      await t.read(acme('memberships', 'g2'), []);
      await t.checks.attestations.attest(
        ATTESTED,
        {
          connection: 'acme',
          answer: 'yes',
          until: DateTime.now().plus({ days: 30 }).toISODate(),
        },
        'user:default/ana',
      );
      await t.run();
      const whole = await t.mark();

      expect(await t.at(first)).toEqual({
        [OFFBOARDED]: 'fail',
        [PLAIN]: 'pass',
        [ATTESTED]: 'unknown attestation',
        [LATER]: 'unknown later',
      });
      expect((await t.at(incomplete))[PLAIN]).toBe('pass');
      expect((await t.at(incomplete))[OFFBOARDED]).toBe('fail');
      const [, second] = await knex('check_run_records')
        .where({ check_id: OFFBOARDED })
        .orderBy('id');
      expect(second.said).toContain('memberships-failed');
      expect(await t.at(failed)).toMatchObject({
        [PLAIN]: 'unknown check-failed',
        [ATTESTED]: 'fail',
      });
      expect(await t.at(whole)).toMatchObject({
        [PLAIN]: 'pass',
        [ATTESTED]: 'pass',
      });
      await expect(t.at(before)).rejects.toThrow(
        /the first that is kept is of/,
      );

      // The same again writes nothing, and nothing that a library said is kept.
      const rows = await knex('check_run_records');
      await t.run();
      expect(await knex('check_run_records')).toEqual(rows);
      expect(JSON.stringify(rows)).not.toContain('secret');

      // A connection that came after a run was judged by nobody, and fails nobody's control.
      expect(await t.at(whole, ['other'])).toMatchObject({
        [PLAIN]: 'unknown connection-not-judged',
        [OFFBOARDED]: 'unknown connection-not-judged',
      });

      // What stood at the oldest day that is kept stays.
      expect(await t.checks.forgetRuns(whole)).toBeGreaterThan(0);
      expect((await t.at(whole))[PLAIN]).toBe('pass');
      const kept = await knex('check_run_records').where({ check_id: PLAIN });
      expect(kept).toHaveLength(1);
      expect(await t.checks.forgetRuns(whole)).toBe(0);
    },
  );

  it.each(databases.eachSupportedId())(
    'is unknown where data was missing or too old by then, %p',
    async id => {
      const knex = await databases.init(id);
      const t = await start(knex);
      await t.company();
      await t.run();
      const fresh = await t.mark();
      await t.read(acme('accounts'), [], 'failed');
      await t.run();
      const missing = await t.mark();
      expect((await t.at(fresh))[PLAIN]).toBe('pass');
      expect((await t.at(missing))[PLAIN]).toBe('unknown accounts-failed');

      // The data was whole, and old already when the checks ran.
      await knex('history_reads').update({
        finished_at: DateTime.now().toUTC().minus({ days: 9 }).toISO(),
      });
      expect((await t.at(fresh))[PLAIN]).toBe('unknown accounts-stale');
      // What was read since does not make it younger.
      await t.read(acme('accounts'), []);
      expect((await t.at(fresh))[PLAIN]).toBe('unknown accounts-stale');
    },
  );
});
