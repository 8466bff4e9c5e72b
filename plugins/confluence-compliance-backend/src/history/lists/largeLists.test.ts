// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { firstRevision, insertMany, ROW } from './__testUtils__/insertMany';
import { createTestLists } from './__testUtils__/testLists';

jest.setTimeout(300_000);

const MEMBERS = 100_000;
const GRANTS = 30_000;
const OPERATIONS = ['read:space', 'create:page', 'administer:space'];
const SPACES = GRANTS / OPERATIONS.length;

/** A group of everybody, and somebody who was given everything everywhere, among as much of others. */
async function fill(knex: Knex): Promise<void> {
  await firstRevision(knex);
  const everybody = insertMany(knex, MEMBERS);
  await everybody(
    'history_accounts',
    `${ROW}, class, status, listed`,
    `'acme', 'site', 'a' || i, 1, 1, 'h',
     '{"accountType":"atlassian","accountStatus":"active","class":"person","listed":true}',
     'person', 'active', true`,
  );
  await everybody(
    'profiles',
    'kind, id, name, updated_at',
    `'account', 'a' || i, 'Person ' || (i * 31 % ${MEMBERS}), '2026-01-01'`,
    'where i % 10 <> 1',
  );
  for (const [group, every] of [
    ['everybody', 1],
    ['half', 2],
  ]) {
    await knex('history_groups').insert({
      source: 'acme',
      container: 'site',
      key: group,
      opened: 1,
      shape: 1,
      hash: 'h',
      payload: `{"name":"${group}"}`,
      name: group,
    });
    await everybody(
      'history_memberships',
      `${ROW}, group_id, account_id`,
      `'acme', '${group}', '${group}/a' || i, 1, 1, 'h', '{}', '${group}', 'a' || i`,
      `where i % ${every} = 0`,
    );
  }
  const spaces = insertMany(knex, SPACES);
  await spaces(
    'history_spaces',
    `${ROW}, space_key, name, type, status`,
    `'acme', 'site', 's' || i, 1, 1, 'h',
     '{"key":"S' || i || '","name":"Space ' || i || '","status":"current","type":"global"}',
     'S' || i, 'Space ' || i, 'global', 'current'`,
  );
  for (const account of ["'a7'", "'a' || i", "'a' || (i + 10000)"]) {
    for (const [operation, target] of OPERATIONS.map(o => o.split(':'))) {
      await spaces(
        'history_grants',
        `${ROW}, space_id, principal_type, principal_id`,
        `'acme', 's' || i, 's' || i || '/account/' || ${account} || '/${operation}/${target}', 1, 1, 'h',
         '{"operation":"${operation}","principalId":"' || ${account} || '","principalType":"account","role":null,"spaceId":"s' || i || '","target":"${target}"}',
         's' || i, 'account', ${account}`,
        account === "'a7'" ? '' : 'where i <> 7',
      );
    }
  }
  if (knex.client.config.client === 'pg') {
    // It does so by itself; nobody does it for SQLite.
    await knex.raw('analyze');
  }
}

interface Walk {
  items: number;
  distinct: number;
  /** The most statements that a page took. */
  statements: number;
}

describe('lists of one account and one group', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'page through 30 000 grants and 100 000 members, %p',
    async id => {
      const knex = await databases.init(id);
      const { lists } = await createTestLists(knex);
      await fill(knex);
      let statements = 0;
      knex.on('query', () => {
        statements += 1;
      });
      const walk = async <T>(
        read: (cursor?: string) => Promise<{
          items: T[];
          pageInfo: { nextCursor?: string };
        }>,
        keyOf: (item: T) => string,
      ): Promise<Walk> => {
        const keys: string[] = [];
        let most = 0;
        let cursor: string | undefined;
        do {
          statements = 0;
          const page = await read(cursor);
          keys.push(...page.items.map(keyOf));
          most = Math.max(most, statements);
          cursor = page.pageInfo.nextCursor;
        } while (cursor);
        const distinct = new Set(keys).size;
        return { items: keys.length, distinct, statements: most };
      };

      const options = { revision: 1, limit: 200 };
      const access = await walk(
        cursor =>
          lists.access.ofAccount({
            ...options,
            connection: 'acme',
            accountId: 'a7',
            cursor,
          }),
        ({ space, operations }) => {
          expect(operations).toHaveLength(OPERATIONS.length);
          return space.id;
        },
      );
      expect(access).toMatchObject({ items: SPACES, distinct: SPACES });
      expect(access.statements).toBeLessThan(15);

      const members = await walk(
        cursor =>
          lists.members({
            ...options,
            connections: ['acme'],
            connection: 'acme',
            group: 'everybody',
            cursor,
          }),
        ({ accountId }) => accountId,
      );
      expect(members).toMatchObject({ items: MEMBERS, distinct: MEMBERS });
      expect(members.statements).toBeLessThan(20);
    },
  );
});
