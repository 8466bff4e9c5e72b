// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { forgetCounts } from '../countsAt';
import { CardReads } from './CardReads';
import {
  account,
  createTestLists,
  grants,
  group,
  label,
  membership,
  page,
  space,
} from './__testUtils__/testLists';

jest.setTimeout(120_000);

const many = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Tables that grow with a site; the others have a row or few. */
const large =
  /history_(accounts|groups|memberships|spaces|grants|pages|labels|restrictions|identity_links|results|containers|subjects|reads)|profiles/;

interface Query {
  sql: string;
  bindings: readonly Knex.Value[];
}

/** The steps in which a query is answered. */
async function planOf(knex: Knex, { sql, bindings }: Query): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    const text = sql.replace(/\$\d+/g, '?');
    // The plan that a table of any size would get.
    const rows = await knex.transaction(async tx => {
      await tx.raw('set local enable_seqscan = off');
      return (await tx.raw(`explain ${text}`, [...bindings])).rows;
    });
    return rows.map((row: Record<string, string>) => row['QUERY PLAN']);
  }
  const rows: Array<{ detail: string }> = await knex.raw(
    `explain query plan ${sql}`,
    [...bindings],
  );
  return rows.map(({ detail }) => detail);
}

/** Reads of a large table from its first row to its last, in the plan of a query. */
async function scansOf(knex: Knex, query: Query): Promise<string[]> {
  const { sql } = query;
  const plan = await planOf(knex, query);
  if (knex.client.config.client === 'pg') {
    return plan.filter(line => /Seq Scan on/.test(line) && large.test(line));
  }
  const aliases = [...sql.matchAll(/`(\w+)` as `(\w+)`/g)].filter(([, table]) =>
    large.test(table),
  );
  const names = new Set(aliases.flatMap(([, table, alias]) => [table, alias]));
  return plan.filter(detail => {
    const [, name] = /^SCAN (\w+)(?! USING)/.exec(detail) ?? [];
    return (
      name !== undefined &&
      !/ USING (COVERING )?INDEX/.test(detail) &&
      (names.has(name) || large.test(name))
    );
  });
}

describe('plans of the lists', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())('use an index, %p', async id => {
    const knex = await databases.init(id);
    const { lists, history, publish } = await createTestLists(knex);
    const people = many(300).map(i =>
      account(`a${i}`, i % 7 ? `Person ${i}` : undefined),
    );
    await publish('acme', {
      accounts: { site: people },
      groups: { site: many(40).map(i => group(`g${i}`, `Group ${i}`)) },
      memberships: Object.fromEntries(
        many(40).map(g => [
          `g${g}`,
          many(20).map(i => membership(`g${g}`, `a${(g * 7 + i) % 300}`)),
        ]),
      ),
      spaces: {
        site: many(30).map(i => space(`s${i}`, `S${i}`, `Space ${i}`)),
      },
      pages: Object.fromEntries(
        many(30).map(s => [
          `s${s}`,
          many(20).map(i =>
            page(`p${s}-${i}`, `s${s}`, `Page ${i}`, `a${(s * 7 + i) % 40}`),
          ),
        ]),
      ),
      labels: { policy: many(30).map(s => label('policy', `p${s}-1`)) },
      grants: Object.fromEntries(
        many(30).map(s => [
          `s${s}`,
          many(20).flatMap(i => [
            ...grants(`s${s}`, ['group', `g${i}`], 'read:space', 'create:page'),
            ...grants(`s${s}`, ['account', `a${s + i}`], 'read:space'),
          ]),
        ]),
      ),
      results: {
        k: many(300).map(i => ({
          key: `k|account|a${i}`,
          payload: {
            checkId: 'k',
            subjectKind: 'account',
            subjectId: `a${i}`,
            verdict: 'fail',
            reason: 'r',
            facts: {},
            accountId: `a${i}`,
            resource: `space:s${i % 30}`,
          },
        })),
      },
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
    const revision = await history.head();
    const options = { connections: ['acme'], revision, limit: 10 };
    const access = { connection: 'acme', revision, limit: 10 };
    const findings = (only: object, cursor?: string) =>
      lists.findings.list({
        ...options,
        cursor,
        query: only,
        checks: [['k']],
        verdicts: ['fail'],
        sort: '-severity',
        ...only,
      });
    const asked: Array<[string, (cursor?: string) => Promise<unknown>]> = [
      [
        'account access',
        cursor =>
          lists.access.ofAccount({ ...access, cursor, accountId: 'a7' }),
      ],
      [
        'top access',
        () =>
          lists.access.topOfAccounts({ ...access, accountIds: ['a7', 'a8'] }),
      ],
      [
        'group access',
        cursor => lists.access.ofGroup({ ...access, cursor, groupId: 'g1' }),
      ],
      [
        'top group access',
        () => lists.access.topOfGroup({ ...access, groupId: 'g1' }),
      ],
      [
        'space access',
        cursor => lists.access.ofSpace({ ...access, cursor, spaceId: 's1' }),
      ],
      [
        'top space access',
        () => lists.access.topOfSpace({ ...access, spaceId: 's1' }),
      ],
      [
        'space people',
        () => lists.access.peopleOfSpace({ ...access, spaceId: 's1' }),
      ],
      ['findings', cursor => findings({}, cursor)],
      ...(['open', 'regressed', 'resolved'] as const).map(
        state =>
          [
            `${state} findings`,
            (cursor?: string) => findings({ state }, cursor),
          ] as [string, (cursor?: string) => Promise<unknown>],
      ),
      [
        'named findings',
        () =>
          lists.findings.namedFindings([
            { connection: 'acme', key: 'k|account|a1' },
          ]),
      ],
      [
        'regressed findings',
        () =>
          lists.findings.regressedAt(
            [{ connection: 'acme', key: 'k|account|a1' }],
            revision,
          ),
      ],
      ['findings of an account', () => findings({ account: 'a1' })],
      [
        'findings of a resource',
        cursor => findings({ resource: 'space:s1' }, cursor),
      ],
      ...['name', '-name', 'status', '-class'].map(
        sort =>
          [
            `accounts by ${sort}`,
            (cursor?: string) => lists.accounts({ ...options, sort, cursor }),
          ] as [string, (cursor?: string) => Promise<unknown>],
      ),
      [
        'accounts filtered',
        cursor =>
          lists.accounts({
            ...options,
            cursor,
            sort: 'name',
            q: 'person',
            status: 'active',
            class: 'person',
            person: 'unlinked',
          }),
      ],
      ['account', () => lists.account('acme', 'a1', revision)],
      ['groups', cursor => lists.groups({ ...options, cursor, sort: 'name' })],
      [
        'groups found',
        () => lists.groups({ ...options, sort: '-name', q: '1' }),
      ],
      [
        'members',
        cursor =>
          lists.members({
            ...options,
            cursor,
            connection: 'acme',
            group: 'g1',
          }),
      ],
      ['spaces', cursor => lists.spaces({ ...options, cursor, sort: 'name' })],
      [
        'spaces by key',
        cursor =>
          lists.spaces({
            ...options,
            cursor,
            sort: '-key',
            type: 'global',
            status: 'current',
            q: 's',
          }),
      ],
      ['pages', cursor => lists.pages({ ...options, cursor, sort: 'title' })],
      [
        'pages of an owner',
        cursor =>
          lists.pages({ ...options, cursor, owner: 'a7', sort: 'title' }),
      ],
      [
        'pages of a label',
        () => lists.pages({ ...options, label: 'policy', sort: 'title' }),
      ],
      [
        'pages of a space',
        cursor =>
          lists.pages({ ...options, cursor, space: 'S1', sort: 'title' }),
      ],
      [
        'pages by title',
        cursor =>
          lists.pages({
            ...options,
            cursor,
            sort: 'title',
            status: 'current',
            q: 'page',
          }),
      ],
      [
        'pages filtered',
        () =>
          lists.pages({
            ...options,
            sort: '-title',
            space: 'S1',
            label: 'policy',
            status: 'current',
            q: 'page',
          }),
      ],
      [
        'containers',
        cursor =>
          lists.containers({
            ...options,
            cursor,
            connection: 'acme',
            incomplete: true,
          }),
      ],
    ];
    const cards = await CardReads.create({
      database: mockServices.database({ knex }),
      catalog: {
        namespace: 'confluence',
        accounts: 'user',
        labels: [],
        allPages: false,
      },
    });
    const person = ['user:default/p1'];
    const acme = { connection: 'acme' };
    asked.push(
      [
        'accounts with findings',
        () => lists.accounts({ ...options, findings: 'open', sort: 'name' }),
      ],
      ['space', () => lists.space('acme', 'S1', revision)],
      ...(
        [
          ['account', 'a7'],
          ['group', 'g1'],
          ['space', 's1'],
        ] as const
      ).map(
        ([kind, of]) =>
          [
            `timeline of ${kind}`,
            (cursor?: string) =>
              lists.timeline({
                subject: { kind, connection: 'acme', id: of },
                revision,
                limit: 10,
                cursor,
              }),
          ] as [string, (cursor?: string) => Promise<unknown>],
      ),
      [
        'verdicts on accounts',
        () =>
          lists.findings.worstVerdicts([{ ...acme, accounts: ['a1', 'a2'] }]),
      ],
      [
        'verdicts on a resource',
        () => lists.findings.worstVerdicts([{ ...acme, resource: 'space:s1' }]),
      ],
      [
        'verdicts of checks',
        () => lists.findings.worstVerdicts([{ ...acme, checks: ['k'] }]),
      ],
      [
        'counts of verdicts at a revision',
        () => lists.findings.countVerdicts('k', ['acme'], revision),
      ],
      [
        'whole reads at a moment',
        () =>
          history.newestWholeRead(
            { source: 'acme', dataset: 'accounts' },
            { revision, moment: '2100-01-01T00:00:00.000Z' },
          ),
      ],
      [
        'accounts of people',
        () => cards.accountsOfPeople(['acme'], person, revision),
      ],
      [
        'common groups',
        () =>
          cards.commonGroups({
            connections: ['acme'],
            people: person,
            limit: 10,
            revision,
          }),
      ],
      ['accounts of a card', () => cards.accounts('acme', ['a1'], revision)],
      ['group', () => cards.group('acme', 'g1', revision)],
      [
        'members of a card',
        () => cards.memberIds('acme', 'g1', { limit: 10, revision }),
      ],
      ['freshness', () => cards.freshness('acme', 'memberships')],
      ['freshness of one', () => cards.freshness('acme', 'grants', ['s1'])],
    );
    const along: Record<string, RegExp> = {
      space: /^history_spaces_by_key/,
      'verdicts on accounts': /^history_results_account/,
      'verdicts on a resource': /^history_results_resource/,
      // PostgreSQL knows that there are no links here, and takes any index.
      ...(knex.client.config.client !== 'pg' && {
        'accounts of people': /^history_identity_links_person/,
        'common groups': /^history_memberships_account_id/,
        // Along it they come in their order, and a page is all that is read.
        members: /^history_memberships_group_opened/,
        'pages of a label': /^history_labels_label/,
        'pages of a space': /^history_pages_by_space/,
      }),
      'timeline of account': /^history_memberships_account_opened/,
      'timeline of group': /^history_memberships_group_opened/,
      'timeline of space': /^history_grants_space_opened/,
      'pages of an owner': /^history_pages_by_owner/,
      'account access': /^history_grants_principal/,
      'group access': /^history_grants_principal/,
      'space access': /^history_grants_space/,
      'findings of an account': /^history_results_account/,
      'findings of a resource': /^history_results_resource/,
    };
    for (const [name, ask] of asked) {
      // What was asked before is asked again.
      forgetCounts(knex);
      seen.length = 0;
      const first = (await ask()) as { pageInfo?: { nextCursor?: string } };
      if (first.pageInfo?.nextCursor) {
        await ask(first.pageInfo.nextCursor);
      }
      const queries = [...seen];
      expect(queries).not.toHaveLength(0);
      for (const query of queries) {
        expect([name, query.sql, await scansOf(knex, query)]).toEqual([
          name,
          query.sql,
          [],
        ]);
      }
      const plans = await Promise.all(queries.map(q => planOf(knex, q)));
      const used =
        plans
          .flat()
          .join('\n')
          .match(/history_\w+_idx/g) ?? [];
      // An index over all that a connection has is no better than a scan.
      const ofGrants = used.filter(index => index.includes('grants'));
      expect([name, ofGrants]).toEqual([
        name,
        ofGrants.filter(index =>
          /_(principal|space)(_opened|_closed)?_idx$/.test(index),
        ),
      ]);
      const wanted = along[name];
      expect([name, wanted && used.some(i => wanted.test(i))]).toEqual([
        name,
        wanted && true,
      ]);
    }
  });

  it('knows a scan when there is one', async () => {
    for (const id of databases.eachSupportedId().flat()) {
      const knex = await databases.init(id);
      await createTestLists(knex);
      const query = knex('history_pages as p').whereRaw('p.hash = ?', ['x']);
      const { sql, bindings } = query.toSQL().toNative();
      const scans = await scansOf(knex, { sql, bindings: bindings as never });
      expect(scans).toHaveLength(1);
    }
  });
});
