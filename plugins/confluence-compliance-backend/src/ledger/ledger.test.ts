// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrateDatabase } from '../database';
import { createLedger } from './createLedger';

describe('ledger', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ledger = createLedger();

  async function start(
    id: Parameters<typeof databases.init>[0],
    count: number,
  ) {
    const knex = await databases.init(id);
    await migrateDatabase(mockServices.database({ knex }));
    await append(knex, count);
    return knex;
  }

  async function append(knex: Knex, count: number) {
    for (let i = 0; i < count; i += 1) {
      await knex.transaction(tx =>
        ledger.append(tx, {
          kind: 'test.done',
          actor: 'system',
          subject: `thing-${i}`,
          payload: { b: i, a: 'ü' },
        }),
      );
    }
  }

  it.each(databases.eachSupportedId())('chains entries, %p', async id => {
    const knex = await start(id, 0);
    expect(await ledger.head(knex)).toEqual({ seq: 0, hash: '0'.repeat(64) });
    expect(await ledger.verify(knex)).toMatchObject({ ok: true, checked: 0 });
    await append(knex, 3);
    const head = await ledger.head(knex);
    expect(head.seq).toBe(3);
    expect(await ledger.verify(knex)).toEqual({
      ok: true,
      head,
      checked: 3,
      erased: 0,
    });
    expect(await ledger.verify(knex, { from: 2, to: 2 })).toMatchObject({
      ok: true,
      checked: 1,
    });
    const [row] = await knex('ledger_entries').where({ seq: 1 });
    expect(row.payload).toBe('{"a":"ü","b":0}');
  });

  it.each(databases.eachSupportedId())(
    'erases a payload without breaking the chain, %p',
    async id => {
      const knex = await start(id, 3);
      await knex.transaction(tx => ledger.erase(tx, 2));
      expect(await ledger.verify(knex)).toMatchObject({ ok: true, erased: 1 });
      await expect(knex.transaction(tx => ledger.erase(tx, 9))).rejects.toThrow(
        'no entry 9',
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'erases what is older than a time, and says so, %p',
    async id => {
      const knex = await start(id, 1_003);
      const erase = () => ledger.eraseBefore(knex, '2021-01-01T00:00:00.000Z');
      expect(await erase()).toBe(0);
      // The time of an entry is a part of its hash: this chain is not verified.
      await knex('ledger_entries')
        .where('seq', '<=', 1_002)
        .update({ at: '2020-12-31T23:59:59.999Z' });
      expect(await erase()).toBe(1_002);
      const rest = await knex('ledger_entries')
        .whereNotNull('payload')
        .orderBy('seq');
      expect(rest.map(({ kind }) => kind)).toEqual([
        'test.done',
        'evidence.erased',
      ]);
      expect(JSON.parse(rest[1].payload)).toMatchObject({ entries: 1_002 });
      expect(await erase()).toBe(0);
      expect(await ledger.head(knex)).toMatchObject({ seq: 1_004 });
    },
  );

  it.each(databases.eachSupportedId())(
    'names the first broken entry, %p',
    async id => {
      const knex = await start(id, 4);
      const entry = (seq: number) => knex('ledger_entries').where({ seq });
      const [second] = await entry(2);
      const flaws: Array<[object, string]> = [
        [{ actor: 'user:default/eve' }, 'fields do not match'],
        [{ payload: '{"a":"ü","b":7}' }, 'payload does not match'],
        [{ previous_hash: 'f'.repeat(64) }, 'does not continue'],
        [{ salt: null }, 'not erased together'],
      ];
      for (const [change, reason] of flaws) {
        await entry(2).update(change);
        const found = await ledger.verify(knex);
        expect(found).toMatchObject({ ok: false, seq: 2 });
        expect(found).toHaveProperty('reason', expect.stringContaining(reason));
        await entry(2).update(second);
      }
      await entry(2).delete();
      expect(await ledger.verify(knex)).toMatchObject({ ok: false, seq: 2 });
      expect(await ledger.verify(knex, { from: 3 })).toMatchObject({ seq: 2 });
      await knex('ledger_entries').insert(second);
      await entry(4).delete();
      expect(await ledger.verify(knex)).toMatchObject({ ok: false, seq: 4 });
      await knex('ledger_head').update({ seq: 3 });
      expect(await ledger.verify(knex)).toMatchObject({ ok: false, seq: 3 });
    },
  );

  it.each(databases.eachSupportedId())(
    'appends nothing when the transaction fails, %p',
    async id => {
      const knex = await start(id, 1);
      const head = await ledger.head(knex);
      await expect(
        knex.transaction(async tx => {
          await ledger.append(tx, {
            kind: 'k',
            actor: 'a',
            subject: 's',
            payload: {},
          });
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await ledger.head(knex)).toEqual(head);
    },
  );

  it.each(databases.eachSupportedId())(
    'keeps one chain when many append at once, %p',
    async id => {
      const knex = await start(id, 0);
      await Promise.all(Array.from({ length: 8 }, () => append(knex, 2)));
      expect(await ledger.verify(knex)).toMatchObject({
        ok: true,
        checked: 16,
      });
    },
  );
});
