// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { account, openHistory, publishAll } from '../__testUtils__/setup';

jest.setTimeout(60_000);

const uuid = (n: number) =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

interface Given {
  n: number;
  version: number;
  day: string;
  text: string;
  note?: string;
  connection?: string;
}

describe('texts of approved policies', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  async function start(id: Parameters<typeof databases.init>[0]) {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const approve = ({ n, version, day, text, note, connection }: Given) =>
      knex('policy_approvals').insert({
        id: uuid(n),
        policy: 'infosec',
        connection: connection ?? 'acme',
        page_id: 'p1',
        version,
        minor_edit: false,
        content_hash: 'f'.repeat(64),
        blocks: JSON.stringify([{ heading: 1, text: 'Scope' }, { text }]),
        note: note ?? null,
        note_salt: note ? 'ab' : null,
        approved_by: 'user:default/x',
        approved_at: `${day}T00:00:00.000Z`,
      });
    return { knex, history, approve };
  }

  const kept = async (knex: Knex) =>
    (await knex('policy_approvals').orderBy('id')).map(
      ({ version, blocks, note, note_salt: salt }) => [
        version,
        blocks === null ? null : JSON.parse(blocks)[1].text,
        note,
        salt,
      ],
    );

  it.each(ids)('go once they were long replaced, and notes, %p', async id => {
    const { knex, history, approve } = await start(id);
    const day = (n: number) => `2020-01-0${n}`;
    await approve({ n: 1, version: 1, day: day(1), text: 'a', note: 'first' });
    await approve({ n: 2, version: 2, day: day(2), text: 'b', note: 'second' });
    await approve({ n: 3, version: 3, day: day(6), text: 'c', note: 'third' });
    const of = { day: day(1), connection: 'beta' };
    await approve({ n: 4, version: 1, text: 'd', note: 'fourth', ...of });
    const before = `${day(5)}T00:00:00.000Z`;
    await history.retention.eraseEvidence({ before });
    const left = [
      [1, null, null, null],
      // It was the approved text until a day that is kept.
      [2, 'b', null, null],
      [3, 'c', 'third', 'ab'],
      [1, 'd', null, null],
    ];
    expect(await kept(knex)).toEqual(left);
    await history.retention.eraseEvidence({ before });
    expect(await kept(knex)).toEqual(left);

    await history.forget('acme');
    expect((await kept(knex)).map(([, text]) => text)).toEqual([
      null,
      null,
      null,
      'd',
    ]);
  });

  it.each(ids)('lose whoever is erased, %p', async id => {
    const { knex, history, approve } = await start(id);
    const profile = {
      kind: 'account' as const,
      id: 'a1',
      name: 'Ada Lovelace',
      email: 'ada@northwind.example',
    };
    await publishAll(history, {
      runId: 'r1',
      dataset: 'accounts',
      rows: [{ ...account('a1'), profile }],
    });
    const day = '2020-01-01';
    for (let n = 1; n <= 45; n += 1) {
      const named = n === 3 || n === 44;
      await approve({
        n,
        version: n,
        day,
        text: named ? 'Ask ada lovelace.' : 'Ask first.',
        note: named ? 'Mail ADA@northwind.example' : 'Read it all',
      });
    }
    await history.retention.eraseAccount({
      connection: 'acme',
      accountId: 'a1',
      actor: 'user:default/officer',
      reason: 'Asked for',
    });
    const rows = await kept(knex);
    const lost = rows.filter(([, text]) => text !== 'Ask first.');
    expect(lost).toEqual([
      [3, '[erased]', null, null],
      [44, '[erased]', null, null],
    ]);
    expect(rows.filter(([, , note]) => note === 'Read it all')).toHaveLength(
      43,
    );
    const all = JSON.stringify(await knex('policy_approvals'));
    expect(all.toLowerCase()).not.toContain('ada');
    expect(all).toContain('Scope');
  });
});
