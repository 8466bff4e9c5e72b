// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { forgetCounts } from '../countsAt';
import { Lookups } from './Lookups';
import {
  account,
  createTestLists,
  label,
  page,
  space,
} from './__testUtils__/testLists';

jest.setTimeout(120_000);

const many = (count: number) => Array.from({ length: count }, (_, i) => i);

function result(checkId: string, accountId: string, resource: string) {
  return {
    key: `${checkId}|account|${accountId}`,
    payload: {
      checkId,
      subjectKind: 'account',
      subjectId: accountId,
      verdict: accountId.endsWith('3') ? 'fail' : 'pass',
      reason: 'r',
      facts: {},
      accountId,
      resource,
    },
  };
}

/** How a query is answered. */
async function planOf(
  knex: Knex,
  { sql, bindings }: { sql: string; bindings: readonly Knex.Value[] },
): Promise<string> {
  if (knex.client.config.client === 'pg') {
    return knex.transaction(async tx => {
      // The plan that a table of any size would get.
      await tx.raw('set local enable_seqscan = off');
      const text = sql.replace(/\$\d+/g, '?');
      const { rows } = await tx.raw(`explain ${text}`, [...bindings]);
      return rows
        .map((row: Record<string, string>) => row['QUERY PLAN'])
        .join('\n');
    });
  }
  const rows: Array<{ detail: string }> = await knex.raw(
    `explain query plan ${sql}`,
    [...bindings],
  );
  return rows.map(({ detail }) => detail).join('\n');
}

describe('plans of the lookups', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())('use an index, %p', async id => {
    const knex = await databases.init(id);
    const { history, publish } = await createTestLists(knex);
    const lookups = await Lookups.create({
      database: mockServices.database({ knex }),
      catalog: {
        namespace: 'confluence',
        accounts: 'user',
        labels: ['policy'],
        allPages: false,
      },
    });
    await publish('acme', {
      accounts: { site: many(300).map(i => account(`a${i}`, `Person ${i}`)) },
      spaces: {
        site: many(30).map(i => space(`s${i}`, `S${i}`, `Space ${i}`)),
      },
      pages: Object.fromEntries(
        many(30).map(s => [
          `s${s}`,
          many(20).map(i => page(`p${s}-${i}`, `s${s}`, `Page ${s} ${i}`)),
        ]),
      ),
      labels: {
        policy: many(30).map(s => label('policy', `p${s}-1`)),
        runbook: many(500).map(i =>
          label('runbook', `p${i % 30}-${Math.floor(i / 30)}`),
        ),
      },
      results: Object.fromEntries(
        ['k', 'm', 'n'].map(check => [
          check,
          many(300).map(i => result(check, `a${i}`, `space:s${i % 30}`)),
        ]),
      ),
    });
    if (knex.client.config.client === 'pg') {
      // It does so by itself; nobody does it for SQLite.
      await knex.raw('analyze');
    }
    const seen: Array<{ sql: string; bindings: Knex.Value[] }> = [];
    knex.on('query', ({ sql, bindings }) => {
      if (/^select/i.test(sql)) {
        seen.push({ sql, bindings });
      }
    });
    const at = await history.head();
    const pages = (name: Parameters<Lookups['pages']>[1]) => () =>
      lookups.pages('acme', name, at);
    const refs = ['site:acme', 'space:s1', 'page:p1-1', 'policy:x'];
    const asked: Array<[string, () => Promise<unknown>, RegExp]> = [
      ['space', () => lookups.space('acme', 'S7', at), /spaces_by_key_idx/],
      ['pages by id', pages({ by: 'id', id: 'p1-1' }), /pages_(open|key)_idx/],
      [
        'pages by label',
        pages({ by: 'label', label: 'policy' }),
        /labels_label_idx/,
      ],
      [
        'pages by title',
        pages({ by: 'title', space: 's3', title: 'page 3 4' }),
        /pages_by_(title|space)_idx/,
      ],
      [
        'first sight of a site',
        () => lookups.firstRevision('acme'),
        /accounts_(source_idx|pkey)/,
      ],
      [
        'first sight of a space',
        () => lookups.firstRevision('acme', 's1'),
        /spaces_key_idx/,
      ],
      [
        'resources',
        () =>
          lookups.resources(
            refs.map(ref => ({ connection: 'acme', id: ref })),
            at,
          ),
        /pages_key_idx/,
      ],
      [
        'reach of a site',
        () => lookups.siteReach('acme', at),
        /accounts_\w+_idx/,
      ],
      [
        'verdicts about a space',
        () =>
          lookups.countAbout(
            'k',
            { connection: 'acme', resource: 'space:s1' },
            at,
          ),
        /results_(resource|count|trend|finding|check_id)_idx/,
      ],
      [
        'trend',
        () =>
          lookups.trend({
            connections: ['acme'],
            days: 30,
            now: new Date(),
            severities: new Map([['k', 'high']]),
          }),
        /results_trend_idx/,
      ],
      [
        'trend of a check',
        () =>
          lookups.trend({
            connections: ['acme'],
            days: 30,
            now: new Date(),
            severities: new Map([['k', 'high']]),
            check: 'k',
          }),
        /results_(trend|check_id)_idx/,
      ],
    ];
    for (const [name, ask, index] of asked) {
      // What was asked before is asked again.
      forgetCounts(knex);
      seen.length = 0;
      expect([name, await ask()]).not.toEqual([name, undefined]);
      const queries = [...seen];
      const plans = await Promise.all(queries.map(q => planOf(knex, q)));
      const scans = plans
        .flatMap(plan => plan.split('\n'))
        .filter(step =>
          /Seq Scan on history_(?!clock|revisions|subjects)|^SCAN (?!history_clock|.* USING )/.test(
            step,
          ),
        );
      expect([name, scans]).toEqual([name, []]);
      expect([name, plans.join('\n')]).toEqual([
        name,
        expect.stringMatching(index),
      ]);
    }
    // However many days, the findings are read once for each connection.
    const reads = seen.filter(({ sql }) => /group by.*opened/.test(sql));
    expect(reads).toHaveLength(1);

    // What stands at a revision is counted once.
    for (const [, ask] of asked) {
      await ask();
    }
    seen.length = 0;
    for (const [, ask] of asked) {
      await ask();
    }
    expect(seen.filter(({ sql }) => /count\(\*\)/.test(sql))).toEqual([]);
  });
});
