// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import type { History } from '.';
import {
  account,
  many,
  member,
  openHistory,
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
    const rows = many(7, n => account(`p${(n * 3) % 7}`));
    await readAll(history, { source, runId, dataset: 'accounts', rows });
    await history.publish({ runId });
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

  it('of a container are found without going through those of others', async () => {
    const sent: Array<{ sql: string; bindings: Knex.RawBinding[] }> = [];
    knex.on('query', query => sent.push(query));
    const container = { source: 'globex', container: 'z', asOf, batch: 50 };
    const found = (
      await keysOf(history.payloads('memberships', container))
    ).flat();
    knex.removeAllListeners('query');

    expect(new Set(found)).toEqual(new Set(many(400, n => `z/p${n}`)));
    const isPostgres = knex.client.config.client === 'pg';
    const sql = sent[0].sql.replace(/\$\d+/g, '?');
    const answer = await knex.raw(
      `explain ${isPostgres ? '' : 'query plan '}${sql}`,
      sent[0].bindings,
    );
    const rows: object[] = isPostgres ? answer.rows : answer;
    const plan = rows.map(row => Object.values(row).pop()).join('\n');
    // The range, not an equality, is what makes it so wherever the rows lie.
    expect(plan).toMatch(
      isPostgres
        ? /history_memberships_container_idx[^]*ROW\(container, row_id\) > ROW/
        : /history_memberships_container_idx \(source=\? AND container=\? AND row_id>\?\)/,
    );
  });
});
