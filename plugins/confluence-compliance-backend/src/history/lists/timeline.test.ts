// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { TimelineRecord } from './timeline';
import type { TimelineSubject } from './tracks';
import {
  account,
  createTestLists,
  grants,
  group,
  membership,
  space,
} from './__testUtils__/testLists';

jest.setTimeout(120_000);

const many = (count: number) => Array.from({ length: count }, (_, i) => i);

const short = ({ revision, kind, dataset, ids }: TimelineRecord) =>
  `${revision} ${kind} ${dataset} ${ids.join('+')}`;

const ada: TimelineSubject = { kind: 'account', connection: 'acme', id: 'ada' };
const ops: TimelineSubject = { kind: 'group', connection: 'acme', id: 'ops' };
const eng: TimelineSubject = { kind: 'space', connection: 'acme', id: 's1' };

describe('Lists.timeline', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('%p', id => {
    /** Four revisions: all begins, access changes, the account changes, access ends. */
    async function filled() {
      const knex = await databases.init(id);
      const world = await createTestLists(knex);
      const { publish, history, lists } = world;
      await publish('acme', {
        accounts: { site: [account('ada', 'Ada'), account('ben', 'Ben')] },
        groups: { site: [group('ops', 'Operators')] },
        memberships: { ops: [membership('ops', 'ada')] },
        spaces: { site: [space('s1', 'ENG', 'Engineering')] },
        grants: {
          s1: [
            ...grants('s1', ['group', 'ops'], 'read:space', 'create:page'),
            ...grants('s1', ['account', 'ada'], 'read:space'),
          ],
        },
      });
      await publish('acme', {
        memberships: { ops: [membership('ops', 'ben')] },
        grants: {
          s1: [
            ...grants('s1', ['group', 'ops'], 'read:space', 'administer:space'),
            ...grants('s1', ['account', 'ada'], 'read:space'),
          ],
        },
      });
      await publish('acme', {
        accounts: {
          site: [
            account('ada', 'Ada', { accountStatus: 'inactive' }),
            account('ben', 'Ben'),
          ],
        },
        groups: { site: [group('ops', 'Operations')] },
      });
      await publish('acme', {
        memberships: {
          ops: [membership('ops', 'ada'), membership('ops', 'ben')],
        },
        grants: { s1: [] },
      });
      expect(await history.head()).toBe(4);
      const whole = async (subject: TimelineSubject, revision = 4) =>
        (await lists.timeline({ subject, revision, limit: 200 })).items;
      return { ...world, knex, whole };
    }

    it('tells what became of an account, a group and a space, newest first', async () => {
      const { whole, history } = await filled();
      const person = 'user:default/ada';
      await history.change({}, async change => {
        await change.put(
          { source: 'identity', dataset: 'identity_links', key: 'links' },
          { key: 'ada', payload: { source: 'p', person, how: 'email' } },
        );
      });
      const of = await whole(ada, 5);
      expect(of.map(short)).toEqual([
        '5 opened identity_links ada',
        '4 opened memberships ops',
        '4 closed grants s1',
        '3 changed accounts ada',
        '2 closed memberships ops',
        '1 opened memberships ops',
        '1 opened grants s1',
        '1 opened accounts ada',
      ]);
      expect(of[0]).toMatchObject({ after: { person, how: 'email' } });
      expect(of[3]).toMatchObject({
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        run: expect.any(String),
        before: { accountStatus: 'active' },
        after: { accountStatus: 'inactive' },
      });
      expect((await whole(ops)).map(short)).toEqual([
        '4 opened memberships ada',
        '4 closed grants s1',
        '3 changed groups ops',
        '2 opened memberships ben',
        '2 closed memberships ada',
        '2 changed grants s1',
        '1 opened memberships ada',
        '1 opened grants s1',
        '1 opened groups ops',
      ]);
      const inSpace = await whole(eng);
      expect(inSpace.map(short)).toEqual([
        '4 closed grants group+ops',
        '4 closed grants account+ada',
        '2 changed grants group+ops',
        '1 opened grants group+ops',
        '1 opened grants account+ada',
        '1 opened spaces s1',
      ]);
      // Grants of one principal that change together are one change.
      expect(inSpace[2]).toMatchObject({
        before: { level: 'edit', operations: ['create:page', 'read:space'] },
        after: {
          level: 'admin',
          operations: ['administer:space', 'read:space'],
        },
      });
      expect(inSpace[0]).toMatchObject({
        before: { level: 'admin' },
        after: undefined,
      });
    });

    it('knows by which role something is granted', async () => {
      const { whole, publish } = await filled();
      const to: [string, string] = ['group', 'ben'];
      const granted = grants('s1', to, 'read:space');
      const byRole = granted.map(row => ({
        ...row,
        payload: { ...row.payload, role: 'Viewer' },
      }));
      for (const rows of [granted, byRole]) {
        await publish('acme', { grants: { s1: rows } });
      }
      const [last] = await whole(eng, 6);
      const operations = ['read:space'];
      expect(last).toMatchObject({
        kind: 'changed',
        before: { level: 'view', operations },
        after: { level: 'view', operations, role: 'Viewer' },
      });
      expect(last.before).not.toHaveProperty('role');
    });

    it('is the same in pages of any size, and knows how much there is', async () => {
      const { lists, whole, publish } = await filled();
      for (const subject of [ada, ops, eng]) {
        const all = await whole(subject);
        for (const limit of [1, 2, 3]) {
          const found: TimelineRecord[] = [];
          let cursor: string | undefined;
          do {
            const page = await lists.timeline({
              subject,
              // A page that goes on, goes on as it was.
              revision: cursor ? 5 : 4,
              limit,
              cursor,
            });
            expect(page.revision).toBe(4);
            expect(page.totalItems).toBe(all.length);
            found.push(...page.items);
            cursor = page.pageInfo.nextCursor;
            await publish('acme', {
              memberships: { ops: [membership('ops', 'ada')] },
            });
          } while (cursor);
          expect(found).toEqual(all);
        }
      }
    });

    it('tells of the past nothing that came later', async () => {
      const { whole, lists } = await filled();
      const past = await whole(ops, 2);
      expect(past.map(short)).toEqual(
        (await whole(ops)).map(short).filter(text => /^[12] /.test(text)),
      );
      await expect(whole(ada, 0)).rejects.toThrow(
        "There was no account 'ada' in the connection 'acme' by revision 0",
      );
      const foreign = { ...ada, connection: 'other' };
      await expect(whole(foreign)).rejects.toThrow("in the connection 'other'");
      const { pageInfo } = await lists.timeline({
        subject: ada,
        revision: 4,
        limit: 1,
      });
      const made = JSON.parse(
        Buffer.from(pageInfo.nextCursor ?? '', 'base64url').toString(),
      );
      const after = (revision: number) => {
        const last = [revision, ...made.last.slice(1)];
        const changed = JSON.stringify({ ...made, last });
        return Buffer.from(changed).toString('base64url');
      };
      for (const [subject, cursor] of [
        [ops, pageInfo.nextCursor],
        [ada, 'broken'],
        [ada, after(Number.MAX_SAFE_INTEGER)],
        [ada, after(-Number.MAX_SAFE_INTEGER)],
      ] as const) {
        await expect(
          lists.timeline({ subject, revision: 4, limit: 1, cursor }),
        ).rejects.toThrow(/^cursor/);
      }
    });

    it('tells nothing of what is not kept any more, and takes nothing for new', async () => {
      const { knex, history, lists, whole } = await filled();
      const kept = (await whole(ops)).filter(({ revision }) => revision > 2);
      await knex('history_revisions')
        .where('revision', '<=', 2)
        .update({ committed_at: '2020-01-01T00:00:00.000Z' });
      const before = '2020-06-01T00:00:00.000Z';
      await history.retention.prune({ before });
      expect(await whole(ops)).toEqual(kept);
      expect(kept.map(short)).toEqual([
        '4 opened memberships ada',
        '4 closed grants s1',
        '3 changed groups ops',
      ]);
      const page = await lists.timeline({
        subject: ops,
        revision: 4,
        limit: 1,
      });
      expect(page.totalItems).toBe(3);
    });

    it('can be narrowed to access', async () => {
      const { lists } = await filled();
      const { items, totalItems } = await lists.timeline({
        subject: ada,
        only: 'access',
        revision: 4,
        limit: 200,
      });
      expect(items.map(short)).toEqual([
        '4 opened memberships ops',
        '4 closed grants s1',
        '2 closed memberships ops',
        '1 opened memberships ops',
        '1 opened grants s1',
      ]);
      expect(totalItems).toBe(5);
    });

    it('reads of a large past only what a page needs', async () => {
      const knex = await databases.init(id);
      const { lists, publish } = await createTestLists(knex);
      const people = many(3_000).map(i => `m${i}`);
      await publish('acme', {
        accounts: { site: people.map(key => account(key)) },
        groups: { site: [group('ops', 'Operators')] },
        memberships: { ops: people.map(key => membership('ops', key)) },
      });
      await publish('acme', {
        memberships: {
          ops: people.slice(5).map(key => membership('ops', key)),
        },
      });
      let rows = 0;
      knex.on('query-response', response => {
        rows += (response.rows ?? [response].flat()).length;
      });
      const options = { subject: ops, revision: 2, limit: 10 };
      const first = await lists.timeline(options);
      expect(first.items.map(({ kind }) => kind)).toEqual([
        ...many(5).map(() => 'closed'),
        ...many(5).map(() => 'opened'),
      ]);
      expect(first.totalItems).toBe(3_006);
      const cursor = first.pageInfo.nextCursor;
      const second = await lists.timeline({ ...options, cursor });
      expect(second.items).toHaveLength(10);
      expect(rows).toBeLessThan(120);
    });
  });
});
