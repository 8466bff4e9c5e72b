// SPDX-License-Identifier: Apache-2.0
import type { CheckRows } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { SharedRows } from './SharedRows';

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    key: `k${n}`,
    payload: { of: n % 2, list: ['a'] },
  }));

/** A table that counts how often it is read. */
function table(count: number, page = 2) {
  const read = { times: 0 };
  return {
    read,
    rows: async function* rows(): CheckRows<{ of: number; list: string[] }> {
      read.times += 1;
      const all = rowsOf(count);
      for (let from = 0; from < count; from += page) {
        yield all.slice(from, from + page);
      }
    },
  };
}

async function keysOf(rows: CheckRows<unknown>): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of rows) {
    keys.push(...page.map(({ key }) => key));
  }
  return keys;
}

describe('SharedRows', () => {
  it('reads a table once, for whoever asks for all, some or one of it', async () => {
    const shared = new SharedRows();
    const { read, rows } = table(5);
    expect(shared.of('t', ['k1'])).toBeUndefined();
    expect(shared.having('t', { of: 1 })).toBeUndefined();
    const all = rowsOf(5).map(({ key }) => key);
    expect(await keysOf(shared.all('t', rows))).toEqual(all);
    expect(await keysOf(shared.all('t', rows))).toEqual(all);
    expect(read.times).toBe(1);
    expect(shared.size).toBe(5);
    expect(shared.of('t', ['k1', 'k9'])).toEqual(
      new Map([['k1', { of: 1, list: ['a'] }]]),
    );
    type Payload = { of: number; list: string[] };
    const odd = shared.having<Payload>('t', { of: 1 }) ?? [];
    expect(odd.map(({ key }) => key)).toEqual(['k1', 'k3']);
    // What one check changes another would see.
    const [{ payload }] = odd;
    expect(() => payload.list.push('b')).toThrow(TypeError);
    expect(() => Object.assign(payload, { of: 2 })).toThrow(TypeError);
  });

  it('holds no more than it may, and reads the rest page by page', async () => {
    const shared = new SharedRows({ all: 8, table: 5 });
    const [small, big, other] = [table(5), table(6), table(4)];
    const all = async () => [
      (await keysOf(shared.all('small', small.rows))).length,
      (await keysOf(shared.all('big', big.rows))).length,
      (await keysOf(shared.all('other', other.rows))).length,
    ];
    expect(await all()).toEqual([5, 6, 4]);
    expect(shared.size).toBe(5);
    expect(await all()).toEqual([5, 6, 4]);
    expect(shared.size).toBe(5);
    expect([small, big, other].map(({ read }) => read.times)).toEqual([
      1, 2, 2,
    ]);
  });

  it('holds nothing of a table that was not read to its end', async () => {
    const shared = new SharedRows();
    const { read, rows } = table(5);
    for await (const page of shared.all('t', rows)) {
      expect(page).toHaveLength(2);
      break;
    }
    const broken = shared.all('t', async function* fails() {
      yield rowsOf(2);
      throw new Error('it broke');
    });
    await expect(keysOf(broken)).rejects.toThrow('it broke');
    expect(shared.size).toBe(0);
    expect(await keysOf(shared.all('t', rows))).toHaveLength(5);
    expect(read.times).toBe(2);
  });

  it('counts rows that two read at once only once', async () => {
    const shared = new SharedRows();
    const { rows } = table(5);
    const both = await Promise.all([
      keysOf(shared.all('t', rows)),
      keysOf(shared.all('t', rows)),
    ]);
    expect(both.map(keys => keys.length)).toEqual([5, 5]);
    expect(shared.size).toBe(5);
  });

  it('makes once what checks ask for, and again after it failed', async () => {
    const shared = new SharedRows();
    const make = jest
      .fn()
      .mockRejectedValueOnce(new Error('it broke'))
      .mockImplementation(async () => ({ of: 't' }));
    await expect(shared.once('t', make)).rejects.toThrow('it broke');
    const [one, two] = [shared.once('t', make), shared.once('t', make)];
    expect(await one).toBe(await two);
    expect(await shared.once('t', make)).toEqual({ of: 't' });
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('asks once whose email is known', async () => {
    const { emails } = new SharedRows();
    const ask = jest.fn(async (ids: string[]) => new Set(ids.slice(0, 1)));
    expect(await emails.of(['a', 'b'], ask)).toEqual(new Set(['a']));
    expect(await emails.of(['b', 'a', 'c'], ask)).toEqual(new Set(['a', 'c']));
    expect(ask.mock.calls).toEqual([[['a', 'b']], [['c']]]);
  });
});
