// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { saltedHash } from '../../ledger';
import { account, acme, createTestChecks } from '../__testUtils__';
import { attestedChecks } from '../builtin/attested';

jest.setTimeout(120_000);

const [{ id: CHECK }] = attestedChecks;
const DAY = 86_400_000;

describe('notes on attestations', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  async function start(id: Parameters<typeof databases.init>[0]) {
    const knex = await databases.init(id);
    const t = await createTestChecks(knex, ...attestedChecks);
    const attest = (more: object) => {
      t.clock.now = new Date(t.clock.now.getTime() + DAY);
      return t.checks.attestations.attest(
        CHECK,
        {
          connection: 'acme',
          answer: 'yes',
          until: new Date(t.clock.now.getTime() + 30 * DAY).toISOString(),
          ...more,
        },
        'user:default/ana',
      );
    };
    const shown = async () =>
      (await t.checks.attestations.list(CHECK)).map(({ note, evidence }) => [
        note,
        evidence,
      ]);
    return { ...t, knex, attest, shown };
  }

  const evidence = 'https://wiki.example/seen';

  it.each(ids)('stand salted in the ledger, and go with time, %p', async id => {
    const t = await start(id);
    await t.attest({ note: 'Seen by two', evidence });
    await t.attest({});
    await t.attest({ note: 'Seen again' });
    const [first] = await t.knex('check_attestations').whereNotNull('evidence');
    const [{ payload }] = await t
      .knex('ledger_entries')
      .where({ kind: 'check.attested' })
      .orderBy('seq');
    expect(JSON.parse(payload)).toMatchObject({
      note: saltedHash(first.text_salt, 'Seen by two'),
      evidence: saltedHash(first.text_salt, evidence),
    });
    const before = (days: number) =>
      t.history.retention.eraseEvidence({
        before: new Date(t.clock.now.getTime() + days * DAY).toISOString(),
      });
    await before(0);
    // What stands keeps its note, whenever it was attested.
    expect(await t.shown()).toEqual([
      ['Seen again', undefined],
      [undefined, undefined],
      ['[erased]', undefined],
    ]);
    await before(31);
    expect((await t.shown())[0]).toEqual(['[erased]', undefined]);
    expect(JSON.stringify(await t.knex('check_attestations'))).not.toContain(
      first.text_salt,
    );
  });

  it.each(ids)('lose whoever is erased, %p', async id => {
    const t = await start(id);
    await t.read(acme('accounts'), [account('ada')]);
    await t.attest({ note: 'name of Ada saw it', evidence });
    await t.attest({ note: 'Two saw it', evidence });
    await t.history.retention.eraseAccount({
      connection: 'acme',
      accountId: 'ada',
      actor: 'user:default/officer',
      reason: 'Asked for',
    });
    expect(await t.shown()).toEqual([
      ['Two saw it', evidence],
      ['[erased]', undefined],
    ]);
  });
});
