// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import type { ObservedRow } from '../types';
import {
  account,
  createTestLists,
  group,
  membership,
} from './__testUtils__/testLists';
import { whoToName } from './toIdentify';

jest.setTimeout(120_000);

function person(
  name: string | undefined,
  ref: string,
  more: { email?: string; status?: string } = {},
): ObservedRow {
  const { email, status = 'employed' } = more;
  return {
    key: ref,
    payload: {
      status,
      startDate: null,
      endDate: null,
      absentSince: null,
      managerRef: null,
      employmentType: null,
      accountIds: [],
    },
    profile: { kind: 'person', id: ref, name, email },
  };
}

async function planOf(
  knex: Knex,
  { sql, bindings }: { sql: string; bindings: readonly Knex.Value[] },
): Promise<string> {
  if (knex.client.config.client === 'pg') {
    return knex.transaction(async tx => {
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

describe('lists of people and of accounts without one', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'suggests who is called the same, and lists who waits, %p',
    async id => {
      const { lists, history, publish } = await createTestLists(
        await databases.init(id),
      );
      await publish('people:catalog', {
        people: {
          all: [
            person('Jonas Wéber', 'user:default/jonas'),
            person('Ana Lindqvist', 'user:default/ana'),
            person('Kim Doe', 'user:default/kim1', {
              email: 'kim@example.com',
            }),
            person('Doe, Kim', 'user:default/kim2', {
              email: 'kim@example.com',
            }),
            person('Lea Gone', 'user:default/lea', { status: 'departed' }),
            person('Admin', 'user:default/admin'),
            person(undefined, 'user:default/nameless'),
          ],
        },
      });
      await publish('acme', {
        accounts: {
          site: [
            account('a1', 'WEBER, Jonas'),
            account('a2', 'Ana Maria Lindqvist'),
            account('a3', 'Kim Doe'),
            account('a4', 'Lea Gone'),
            account('a5', 'admin'),
            account('a6', 'K. D.', {}, 'KIM@example.com'),
            account('a7'),
            account('b1', 'App', { class: 'app' }),
            account('b2', 'Guest of a team', { class: 'guest' }),
            account('b3', 'Closed', { accountStatus: 'closed' }),
            account('b4', 'Left', { accountStatus: 'inactive' }),
            account('b5', 'Unlisted', { listed: false }),
            account('b6', 'Linked'),
            account('b7', 'Of nobody'),
          ],
        },
      });
      await history.change({}, change =>
        change.put(
          { source: 'identity', dataset: 'identity_links', key: 'links' },
          {
            key: 'b6',
            payload: {
              source: 'people:catalog',
              person: 'user:default/ana',
              how: 'email',
            },
          },
        ),
      );
      await history.change(
        {
          record: tx =>
            history.decisions.writeClass(tx, 'b2', {
              class: 'guest',
              before: 'guest',
              owner: 'group:default/sales',
              by: 'user:default/x',
              at: '2026-01-01T00:00:00.000Z',
            }),
        },
        async () => {},
      );
      await history.change(
        {
          record: tx =>
            history.decisions.writeLink(tx, 'b7', {
              reason: 'r',
              by: 'user:default/x',
              at: '2026-01-01T00:00:00.000Z',
            }),
        },
        async () => {},
      );
      const options = {
        connections: ['acme'],
        revision: await history.head(),
        limit: 50,
      };
      const { items, totalItems } = await lists.unidentified(options);
      expect(totalItems).toBe(7);
      const shown = Object.fromEntries(
        items.map(({ accountId, suggestions }) => [
          accountId,
          suggestions.map(({ ref, why, exact }) =>
            [ref.replace('user:default/', ''), why, exact && 'exact']
              .filter(Boolean)
              .join(' '),
          ),
        ]),
      );
      expect(shown).toEqual({
        a1: ['jonas name exact'],
        a2: ['ana part-of-name'],
        a3: ['kim1 name', 'kim2 name'],
        a4: ['lea name'],
        a5: ['admin name'],
        a6: ['kim1 email', 'kim2 email'],
        a7: [],
      });

      const first = await lists.unidentified({ ...options, limit: 3 });
      const second = await lists.unidentified({
        ...options,
        limit: 10,
        cursor: first.pageInfo.nextCursor,
      });
      expect([first.totalItems, second.items.length]).toEqual([7, 4]);

      const find = async (search?: string) => {
        const found = await lists.people({ ...options, search });
        return found.items.map(({ ref }) => ref.replace('user:default/', ''));
      };
      expect(await find()).toEqual([
        'admin',
        'ana',
        'kim2',
        'jonas',
        'kim1',
        'lea',
        'nameless',
      ]);
      expect(await find('LIND')).toEqual(['ana']);
      expect(await find('kim@')).toEqual(['kim2', 'kim1']);
      expect(await find('nameless')).toEqual(['nameless']);
      expect(await find('%')).toEqual([]);
      const left = await lists.people({ ...options, status: 'departed' });
      expect(left).toMatchObject({
        totalItems: 1,
        items: [{ ref: 'user:default/lea', status: 'departed' }],
      });
      const page = await lists.people({ ...options, limit: 2 });
      expect([page.totalItems, page.items.length]).toEqual([7, 2]);
    },
  );

  it.each(databases.eachSupportedId())(
    'lists those of whom the check asks for a person, %p',
    async id => {
      const { lists, history, publish } = await createTestLists(
        await databases.init(id),
        [{ id: 'acme', userGroup: { name: 'users' } }],
      );
      const classes = ['person', 'guest', 'service', 'app', 'shared'] as const;
      const all = classes.flatMap(accountClass =>
        [true, false].flatMap(outside =>
          [true, false].map(owned => ({ accountClass, outside, owned })),
        ),
      );
      const nameOf = ({ accountClass, outside, owned }: (typeof all)[number]) =>
        [accountClass, outside && 'outside', owned && 'owned']
          .filter(Boolean)
          .join('-');
      await publish('acme', {
        accounts: {
          site: [
            ...all.map(one =>
              account(nameOf(one), undefined, { class: one.accountClass }),
            ),
            account('member', undefined, { class: 'guest', listed: false }),
            account('unlisted', undefined, { class: 'guest', listed: false }),
          ],
        },
        groups: { site: [group('g1', 'users'), group('g2', 'guests')] },
        memberships: {
          g1: all
            .filter(({ outside }) => !outside)
            .map(one => membership('g1', nameOf(one))),
          g2: [membership('g2', 'member')],
        },
      });
      await history.change(
        {
          record: async tx => {
            for (const one of all.filter(({ owned }) => owned)) {
              await history.decisions.writeClass(tx, nameOf(one), {
                class: one.accountClass,
                before: one.accountClass,
                owner: 'group:default/sales',
                by: 'user:default/x',
                at: '2026-01-01T00:00:00.000Z',
              });
            }
          },
        },
        async () => {},
      );
      const { items } = await lists.unidentified({
        connections: ['acme'],
        revision: await history.head(),
        limit: 50,
      });
      const wanted = all
        .filter(one => whoToName(one.accountClass, one) === 'person')
        .map(nameOf);
      expect(items.map(({ accountId }) => accountId).sort()).toEqual(
        [...wanted, 'member'].sort(),
      );
      expect(wanted.sort()).toEqual([
        'guest',
        'guest-outside',
        'person',
        'person-owned',
      ]);
    },
  );

  it.each(databases.eachSupportedId())('use an index, %p', async id => {
    const knex = await databases.init(id);
    const { lists, history, publish } = await createTestLists(knex);
    const many = Array.from({ length: 400 }, (_, i) => i);
    await publish('people:catalog', {
      people: {
        all: many.map(i => person(`Person ${i}`, `user:default/p${i}`)),
      },
    });
    await publish('acme', {
      accounts: {
        site: many.map(i =>
          account(`a${i}`, `Person ${i}`, {}, `p${i}@example.com`),
        ),
      },
    });
    if (knex.client.config.client === 'pg') {
      await knex.raw('analyze');
    }
    const seen: Array<{ sql: string; bindings: Knex.Value[] }> = [];
    knex.on('query', ({ sql, bindings }) => {
      if (/^select/i.test(sql)) {
        seen.push({ sql, bindings });
      }
    });
    const options = {
      connections: ['acme'],
      revision: await history.head(),
      limit: 10,
    };
    await lists.unidentified(options);
    await lists.people({ ...options, search: 'person 7' });
    await lists.people({ ...options, status: 'missing' });
    const queries = [...seen];
    for (const query of queries.filter(({ sql }) =>
      /history_people|manual_links|account_classes/.test(sql),
    )) {
      const plan = await planOf(knex, query);
      expect([query.sql, plan]).toEqual([
        query.sql,
        expect.not.stringMatching(
          /Seq Scan on (history_|profiles)|SCAN (history_\w+|profiles|[ahp])\b(?! USING)/,
        ),
      ]);
    }
  });
});
