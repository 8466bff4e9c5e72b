// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  attestationSchema,
  attestSchema,
  checkSchema,
  findingSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { AttestationNotices } from '../../notices';
import { createTestChecks, OFFBOARDED, signal } from '../__testUtils__';
import { attestedChecks } from '../builtin/attested';

jest.setTimeout(120_000);

const [{ id: CHECK }] = attestedChecks;
const ANA = 'user:default/ana';
const DAY = 86_400_000;

describe('Attestations', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function start(id: Parameters<typeof databases.init>[0]) {
    const t = await createTestChecks(
      await databases.init(id),
      ...attestedChecks,
    );
    const { attestations } = t.checks;
    const inDays = (days: number) =>
      new Date(t.clock.now.getTime() + days * DAY).toISOString();
    return {
      ...t,
      attestations,
      inDays,
      attest: (more: object = {}) =>
        attestations.attest(
          CHECK,
          {
            connection: 'acme',
            answer: 'yes',
            until: inDays(30),
            ...more,
          },
          ANA,
        ),
      verdict: async () => {
        const check = checkSchema.parse(await t.checks.get(CHECK));
        return `${check.verdict} ${check.reason?.code ?? ''}`.trim();
      },
      later: (days: number) => {
        t.clock.now = new Date(t.clock.now.getTime() + days * DAY);
      },
    };
  }

  it.each(databases.eachSupportedId())(
    'passes while a yes stands, and is unknown before and after, %p',
    async id => {
      const t = await start(id);
      expect(await t.verdict()).toBe('unknown attestation');
      expect(attestationSchema.parse(await t.attest())).toMatchObject({
        status: 'stands',
        by: ANA,
        until: t.inDays(30),
      });
      expect(await t.verdict()).toBe('pass');
      expect((await t.checks.get(CHECK)).counts.pass).toBe(1);
      t.later(30);
      expect(await t.verdict()).toBe('unknown attestation-expired');
      expect(await t.attestations.list(CHECK)).toMatchObject([
        { status: 'expired' },
      ]);

      await t.attest({ answer: 'no', until: undefined });
      expect(await t.verdict()).toBe('fail');
      t.later(400);
      expect(await t.verdict()).toBe('fail');
      await t.attest();
      expect(await t.verdict()).toBe('pass');
      expect((await t.attestations.list(CHECK)).map(own => own.status)).toEqual(
        ['stands', 'replaced', 'replaced'],
      );

      // Nobody has said anything of another site, and one that is gone counts no more.
      t.connections.push('other');
      expect(await t.verdict()).toBe('unknown attestation');
      await t.attest({ connection: 'other', answer: 'no', until: undefined });
      expect(await t.verdict()).toBe('fail');
      t.connections.pop();
      expect(await t.verdict()).toBe('pass');
    },
  );

  it.each(databases.eachSupportedId())(
    'make a no a finding until somebody says yes, %p',
    async id => {
      const t = await start(id);
      const findings = async (more: object = {}) => {
        await t.checks.runDue(signal);
        const query = { check: CHECK, ...more };
        const { items } = await t.findings({ query, ...query });
        return items.map(item => findingSchema.parse(item));
      };
      expect(await findings()).toEqual([]);
      const no = { answer: 'no', until: undefined, note: 'Seen by ana' };
      const said = await t.attest(no);
      const [open] = await findings();
      expect(open).toMatchObject({
        verdict: 'fail',
        state: 'open',
        subject: { kind: 'site', id: 'acme' },
        reason: { code: 'attested-not-met' },
      });
      expect(open.facts.map(({ value }) => value)).toEqual([
        said.id,
        said.at,
        ANA,
      ]);
      expect(await t.verdict()).toBe('fail');
      // It is the same finding when somebody says so again, or time goes by.
      t.later(400);
      const again = await t.attest(no);
      const [still] = await findings();
      expect(still).toMatchObject({ id: open.id, since: open.since });
      expect(JSON.stringify(still.facts)).toContain(again.id);

      await t.attest();
      expect(await findings()).toEqual([]);
      expect(await findings({ state: 'resolved' })).toMatchObject([
        { id: open.id, resolved: { by: 'pass' } },
      ]);
      // A yes that is over is no finding, and brings none back.
      t.later(31);
      expect(await findings()).toEqual([]);
      expect(await findings({ state: 'resolved' })).toHaveLength(1);
      expect(await t.verdict()).toBe('unknown attestation-expired');
      await t.attest(no);
      expect(await findings()).toMatchObject([
        { id: open.id, state: 'regressed' },
      ]);
      // Nobody's words are in the history.
      const rows = await t.knex('history_results').select('payload');
      expect(JSON.stringify(rows)).not.toContain('Seen by');
    },
  );

  it.each(databases.eachSupportedId())(
    'refuses what does not fit, and services, %p',
    async id => {
      const t = await start(id);
      await expect(t.attest({ connection: 'none' })).rejects.toThrow(
        "there is no connection 'none', use one of acme",
      );
      await expect(t.attest({ until: t.inDays(-1) })).rejects.toThrow(
        'until must be in the future',
      );
      await expect(t.attest({ until: t.inDays(400) })).rejects.toThrow(
        'until must be within 366 days',
      );
      const asked = { connection: 'acme', answer: 'no' as const };
      await expect(
        t.attestations.attest(CHECK, asked, 'plugin:x'),
      ).rejects.toThrow('by people');
      await expect(
        t.attestations.attest(OFFBOARDED, asked, ANA),
      ).rejects.toThrow('judged by itself');
      await expect(
        t.attestations.attest('none', asked, ANA),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
      await expect(t.checks.requestRun(CHECK)).rejects.toThrow(
        'attest it again',
      );
      const problem = (more: object) =>
        attestSchema.safeParse({ ...asked, ...more }).error?.issues[0].message;
      expect(problem({ answer: 'yes' })).toBe('say until when it stands');
      expect(problem({ until: '2027-01-01' })).toMatch('leave it out');
      expect(problem({ evidence: 'ftp://host/file' })).toBe(
        'must be an http(s) address',
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'tells the ledger ids, dates and hashes; two at once leave one standing, %p',
    async id => {
      const t = await start(id);
      const words = { note: 'Seen by me', evidence: 'https://wiki.example/x' };
      const both = await Promise.all([t.attest(words), t.attest()]);
      expect(
        await t.knex('check_attestations').whereNull('replaced_at'),
      ).toHaveLength(1);
      const entries = await t
        .knex('ledger_entries')
        .where({ kind: 'check.attested' });
      expect(entries).toHaveLength(both.length);
      const said = JSON.stringify(entries);
      expect(said).toContain(both[0].id);
      expect(said).not.toContain(words.note);
      expect(said).not.toContain(words.evidence);
      expect(await t.history.ledger.verify(t.knex)).toMatchObject({ ok: true });
    },
  );

  it.each(databases.eachSupportedId())(
    'are told of once before they expire, and again after a failure, %p',
    async id => {
      const t = await start(id);
      const send = jest.fn();
      const notices = new AttestationNotices({
        rows: t.attestations.rows,
        notifications: { send },
        scheduler: mockServices.scheduler.mock(),
        logger: mockServices.logger.mock(),
        now: () => t.clock.now,
      });
      await t.attest({ until: t.inDays(60) });
      await notices.send();
      expect(send).not.toHaveBeenCalled();
      // What was replaced is told of no more.
      await t.attest({ until: t.inDays(5) });
      await t.attest({ until: t.inDays(6) });
      send.mockRejectedValueOnce(new Error('out of order'));
      await notices.send();
      await notices.send();
      await notices.send();
      expect(send).toHaveBeenCalledTimes(2);
      expect(send).toHaveBeenLastCalledWith(
        expect.objectContaining({
          recipients: { type: 'entity', entityRef: ANA },
        }),
      );
      expect(JSON.stringify(send.mock.calls)).not.toContain('undefined');
    },
  );

  it.each(databases.eachSupportedId())('read along indexes, %p', async id => {
    const t = await start(id);
    const asked: Array<{ sql: string; bindings: never[] }> = [];
    t.knex.on('query', query => asked.push(query));
    await t.attestations.list(CHECK);
    await t.attestations.standing();
    await t.attestations.rows.tellOnce(t.inDays(0), t.inDays(14));
    t.knex.removeAllListeners('query');
    const ours = asked.filter(({ sql }) => /check_attestations/.test(sql));
    expect(ours).toHaveLength(3);
    for (const { sql, bindings } of ours) {
      const plan = await t.knex.transaction(async tx => {
        const isPostgres = tx.client.config.client === 'pg';
        if (isPostgres) {
          await tx.raw('set local enable_seqscan = off');
        }
        const said = await tx.raw(
          `explain ${isPostgres ? '' : 'query plan '}${sql.replace(
            /\$\d+/g,
            '?',
          )}`,
          bindings,
        );
        return JSON.stringify(isPostgres ? said.rows : said);
      });
      expect(plan).toMatch(/check_attestations_(check|standing)_idx/);
    }
  });
});
