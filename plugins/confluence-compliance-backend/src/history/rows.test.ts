// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import type { History } from '.';
import {
  account,
  many,
  member,
  openHistory,
  publishAll,
  readAll,
} from './__testUtils__/setup';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

async function keysOf(pages: ReturnType<History['payloads']>) {
  const keys: string[][] = [];
  for await (const rows of pages) {
    keys.push(rows.map(({ key }) => key));
  }
  return keys;
}

/** Members of a group that was written after all others, of two sources that have the same keys. */
async function population(knex: Knex): Promise<History> {
  const history = await openHistory(knex);
  for (const source of ['acme', 'globex']) {
    const runId = source;
    for (const key of ['a', 'b', 'z']) {
      const dataset = 'memberships';
      const rows = many(key === 'z' ? 400 : 2_000, n => member(key, `p${n}`));
      await readAll(history, { source, runId, dataset, key, rows });
    }
    await history.publish({ runId });
    // Published one by one, so that they are not written in the order of their keys.
    for (const n of [3, 6, 2, 5, 1, 4, 0]) {
      const dataset = 'accounts';
      await publishAll(history, {
        source,
        runId: `${runId}-${n}`,
        mode: 'incremental',
        dataset,
        rows: [account(`p${n}`)],
      });
    }
  }
  if (knex.client.config.client === 'pg') {
    await knex.raw('analyze');
  }
  return history;
}

describe.each(databases.eachSupportedId())('rows on %p', id => {
  let knex: Knex;
  let history: History;
  let asOf: number;
  beforeAll(async () => {
    knex = await databases.init(id);
    history = await population(knex);
    asOf = await history.head();
  });

  it('of one source come by key, page by page', async () => {
    const options = { source: 'globex', asOf, by: 'key' as const, batch: 3 };
    expect(await keysOf(history.payloads('accounts', options))).toEqual([
      ['p0', 'p1', 'p2'],
      ['p3', 'p4', 'p5'],
      ['p6'],
    ]);
    const all = history.payloads('accounts', { asOf, by: 'key' });
    await expect(keysOf(all)).rejects.toThrow('of one source');
  });

  it('come once each, of a container or of a source, however long the pages are', async () => {
    const members = async (place: object, batch: number) => {
      const pages = history.payloads('memberships', { asOf, batch, ...place });
      return (await keysOf(pages)).flat().sort();
    };
    const group = (key: string, count: number) =>
      many(count, n => `${key}/p${n}`).sort();
    const first = { source: 'acme', container: 'a' };
    expect(await members(first, 500)).toEqual(group('a', 2_000));
    const last = { source: 'globex', container: 'z' };
    expect(await members(last, 300)).toEqual(group('z', 400));
    const all = [
      ...group('a', 2_000),
      ...group('b', 2_000),
      ...group('z', 400),
    ];
    expect(await members({ source: 'acme' }, 1_100)).toEqual(all.sort());
  });

  /** How the first page of what is read of the memberships is found. */
  async function planOf(filter: object): Promise<string> {
    const sent: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
    knex.on('query', query => sent.push(query));
    await keysOf(
      history.payloads('memberships', { asOf, batch: 50, ...filter }),
    );
    knex.removeAllListeners('query');
    const isPostgres = knex.client.config.client === 'pg';
    const sql = sent[0].sql.replace(/\$\d+/g, '?');
    const answer = await knex.raw(
      `explain ${isPostgres ? '' : 'query plan '}${sql}`,
      sent[0].bindings,
    );
    const rows: object[] = isPostgres ? answer.rows : answer;
    return rows.map(row => Object.values(row).pop()).join('\n');
  }

  it('of a container are found without going through those of others', async () => {
    const plan = await planOf({ source: 'globex', container: 'z' });
    // The range, not an equality, is what makes it so wherever the rows lie.
    expect(plan).toMatch(
      knex.client.config.client === 'pg'
        ? /history_memberships_container_idx[^]*ROW\(container, row_id\) > ROW/
        : /history_memberships_container_idx \(source=\? AND container=\? AND row_id>\?\)/,
    );
  });

  it('with a certain value are found by it', async () => {
    const only = { accountId: 'p7' };
    const plan = await planOf({ source: 'acme', only });
    expect(plan).toContain('history_memberships_account');
    const pages = history.payloads('memberships', {
      source: 'acme',
      asOf,
      only,
    });
    expect((await keysOf(pages)).flat().sort()).toEqual([
      'a/p7',
      'b/p7',
      'z/p7',
    ]);
  });
});
