// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  accountDetailSchema,
  accountSchema,
  containerSchema,
  groupSchema,
  pageRecordSchema,
  spaceSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  account,
  createTestLists,
  grant,
  group,
  label,
  membership,
  page,
  result,
  space,
} from './__testUtils__/testLists';

jest.setTimeout(60_000);

/** Follows the cursors to the end. */
async function all<T>(
  read: (cursor?: string) => Promise<Page<T>>,
): Promise<{ items: T[]; pages: number; totals: unknown[] }> {
  const items: T[] = [];
  const totals = [];
  let cursor: string | undefined;
  do {
    const answer: Page<T> = await read(cursor);
    items.push(...answer.items);
    totals.push(answer.totalItems);
    cursor = answer.pageInfo.nextCursor;
  } while (cursor && totals.length < 100);
  return { items, pages: totals.length, totals };
}

describe('Lists', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('%p', id => {
    async function filled() {
      const world = await createTestLists(await databases.init(id));
      await world.publish('acme', {
        accounts: {
          site: [
            account('a1', 'Zoë', {}, 'Zoe@Example.com'),
            account('a2', 'adam', { accountStatus: 'inactive' }),
            account('a3', 'Bob 100%'),
            account('a4'),
            account('a5', 'Robot', { class: 'app' }),
            account('a6', 'Adam'),
          ],
        },
        groups: { site: [group('g1', 'Staff'), group('g2', 'admins')] },
        memberships: {
          g1: [membership('g1', 'a1'), membership('g1', 'a2')],
          g2: [membership('g2', 'a1'), membership('g2', 'ghost')],
        },
        spaces: {
          site: [
            space('s1', 'ENG', 'Engineering'),
            space('s2', 'HR', 'people'),
          ],
        },
        pages: {
          s1: [page('p1', 's1', 'Beta', 'a1'), page('p2', 's1', 'alpha', 'a1')],
          s2: [page('p3', 's2', 'Leave policy')],
        },
        labels: { policy: [label('policy', 'p3'), label('policy', 'p1')] },
        restrictions: {
          site: [
            { key: 'p3', payload: { read: 'open', from: null } },
            { key: 'p1', payload: { read: 'own', from: null } },
          ],
        },
      });
      await world.publish('other', {
        accounts: { site: [account('a1', 'Zoë'), account('b1', 'Carl')] },
        groups: { site: [group('g1', 'Staff')] },
      });
      const revision = await world.history.head();
      const options = { connections: ['acme'], revision, limit: 50 };
      return { ...world, revision, options };
    }

    it('lists accounts by name, those without one last, and back', async () => {
      const { lists, options } = await filled();
      const query = { ...options, connections: ['acme', 'other'] };
      for (const limit of [1, 2, 3, 50]) {
        const forth = await all(cursor =>
          lists.accounts({ ...query, limit, cursor, sort: 'name' }),
        );
        const ids = forth.items.map(a => `${a.connection}/${a.accountId}`);
        expect(ids).toEqual([
          'acme/a2',
          'acme/a6',
          'acme/a3',
          'other/b1',
          'acme/a5',
          'acme/a1',
          'other/a1',
          'acme/a4',
        ]);
        expect(new Set(forth.totals)).toEqual(new Set([8]));
        expect(forth.pages).toBe(Math.ceil(8 / limit));
        const back = await all(cursor =>
          lists.accounts({ ...query, limit, cursor, sort: '-name' }),
        );
        const [nameless, ...named] = [...forth.items].reverse();
        expect(back.items).toEqual([...named, nameless]);
      }
      const byStatus = await lists.accounts({ ...query, sort: '-status' });
      expect(byStatus.items[0].accountId).toBe('a2');
      const byClass = await lists.accounts({ ...query, sort: 'class' });
      expect(byClass.items[0].accountId).toBe('a5');
    });

    it('says of an account what is known at the revision', async () => {
      const { lists, history, options, revision } = await filled();
      await history.change({}, async change => {
        await change.put(
          { source: 'identity', dataset: 'identity_links', key: 'links' },
          {
            key: 'a1',
            payload: {
              source: 'people:catalog',
              person: 'user:default/zoe',
              how: 'email',
            },
          },
        );
        for (const verdict of ['fail', 'pass', 'unknown']) {
          await change.put(
            { source: 'acme', dataset: 'results', key: `check-${verdict}` },
            {
              key: `check-${verdict}|account|a1`,
              payload: {
                checkId: `check-${verdict}`,
                subjectKind: 'account',
                subjectId: 'a1',
                verdict,
                reason: 'because',
                facts: {},
                accountId: 'a1',
                resource: null,
              },
            },
          );
        }
      });
      const head = await history.head();
      const before = await lists.account('acme', 'a1', revision);
      expect(before).toMatchObject({ person: undefined, findings: 0 });
      const now = await lists.account('acme', 'a1', head);
      expect(accountDetailSchema.parse(now)).toEqual({
        connection: 'acme',
        accountId: 'a1',
        name: 'Zoë',
        email: 'Zoe@Example.com',
        emailReason: undefined,
        facts: expect.objectContaining({
          email: { value: 'Zoe@Example.com', source: 'confluence' },
          status: { value: 'active', source: 'confluence' },
          mfa: {
            reason: expect.objectContaining({ code: 'no-organization-key' }),
          },
        }),
        accountType: 'atlassian',
        status: 'active',
        class: 'person',
        listed: true,
        groups: 2,
        person: { ref: 'user:default/zoe', how: 'email' },
        findings: 1,
        unknownVerdicts: 1,
        entityRef: expect.stringMatching(/^user:confluence\/zoe-[a-z2-7]{8}$/),
        memberOf: [
          { groupId: 'g2', name: 'admins', since: expect.any(String) },
          { groupId: 'g1', name: 'Staff', since: expect.any(String) },
        ],
        credentials: {
          items: [],
          total: 0,
          unknown: ['api-token', 'service-account'].map(kind => ({
            kind,
            reason: expect.objectContaining({ code: 'no-organization-key' }),
          })),
        },
      });
      const linked = { ...options, revision: head, sort: 'name' } as const;
      const ids = async (person: 'linked' | 'unlinked') =>
        (await lists.accounts({ ...linked, person })).items.map(
          a => a.accountId,
        );
      expect(await ids('linked')).toEqual(['a1']);
      expect(await ids('unlinked')).toHaveLength(5);
      const robot = await lists.account('acme', 'a5', head);
      expect(robot.entityRef).toMatch(/^resource:confluence\/robot-/);
      expect(robot.emailReason?.code).toBe('email-hidden');
      await expect(lists.account('acme', 'b1', head)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await expect(lists.account('acme', 'a1', 0)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });

    it('finds text anywhere, and takes wildcards as text', async () => {
      const { lists, options } = await filled();
      const find = async (q: string) =>
        (await lists.accounts({ ...options, q, sort: 'name' })).items.map(
          a => a.accountId,
        );
      expect(await find('ADA')).toEqual(['a2', 'a6']);
      expect(await find('zoe@example')).toEqual(['a1']);
      expect(await find('A4')).toEqual(['a4']);
      expect(await find('0%')).toEqual(['a3']);
      expect(await find('%')).toEqual(['a3']);
      expect(await find('_')).toEqual([]);
      expect(await find('!')).toEqual([]);
      expect(await find("' or 1=1 --")).toEqual([]);
      const inactive = { ...options, status: 'inactive', sort: 'name' };
      expect((await lists.accounts(inactive)).items).toHaveLength(1);
      const apps = { ...options, class: 'app', sort: 'name' } as const;
      expect((await lists.accounts(apps)).totalItems).toBe(1);
    });

    it('lists groups and their members', async () => {
      const { lists, options, revision } = await filled();
      const groups = await lists.groups({ ...options, sort: 'name' });
      expect(groups.items.map(g => groupSchema.parse(g))).toMatchObject([
        { groupId: 'g2', name: 'admins', members: 2 },
        {
          groupId: 'g1',
          members: 2,
          entityRef: expect.stringMatching(/^group:confluence\/staff-/),
        },
      ]);
      const members = await all(cursor =>
        lists.members({
          ...options,
          connection: 'acme',
          group: 'g2',
          limit: 1,
          cursor,
        }),
      );
      expect(members.items.map(a => accountSchema.parse(a))).toMatchObject([
        { accountId: 'a1', name: 'Zoë', groups: 2 },
        { accountId: 'ghost', status: 'unknown', groups: 1 },
      ]);
      const none = { ...options, connection: 'acme', group: 'g9' };
      await expect(lists.members(none)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      const empty = { items: [], pageInfo: {}, totalItems: 0, revision };
      const nowhere = { ...options, connections: [] };
      expect(await lists.groups({ ...nowhere, sort: 'name' })).toEqual(empty);
      expect(await lists.pages({ ...nowhere, sort: 'title' })).toEqual(empty);
    });

    it('lists spaces and pages', async () => {
      const { lists, options } = await filled();
      const spaces = await lists.spaces({ ...options, sort: '-key' });
      expect(spaces.items.map(s => spaceSchema.parse(s))).toMatchObject([
        { spaceId: 's2', key: 'HR', name: 'people', pages: 1, critical: true },
        { spaceId: 's1', key: 'ENG', pages: 2, critical: false, findings: 0 },
      ]);
      const pages = await lists.pages({ ...options, sort: 'title' });
      expect(pages.items.map(p => pageRecordSchema.parse(p))).toMatchObject([
        { pageId: 'p2', title: 'alpha', labels: [], restriction: 'unknown' },
        {
          pageId: 'p1',
          labels: ['policy'],
          restriction: 'own',
          entityRef: undefined,
        },
        {
          pageId: 'p3',
          spaceKey: 'HR',
          labels: ['policy'],
          restriction: 'open',
          version: 3,
          versionAt: '2026-01-02T03:04:05.000Z',
          entityRef: expect.stringMatching(
            /^resource:confluence\/leave-policy-/,
          ),
        },
      ]);
      const ids = async (filter: object) =>
        (await lists.pages({ ...options, ...filter, sort: 'title' })).items.map(
          p => p.pageId,
        );
      expect(await ids({ space: 'ENG' })).toEqual(['p2', 'p1']);
      expect(await ids({ space: 's2' })).toEqual(['p3']);
      expect(await ids({ label: 'policy' })).toEqual(['p1', 'p3']);
      expect(await ids({ q: 'LEAVE' })).toEqual(['p3']);
      expect(await ids({ status: 'trashed' })).toEqual([]);
      expect(await ids({ owner: 'a1' })).toEqual(['p2', 'p1']);
      expect(await ids({ owner: 'a1', space: 'HR' })).toEqual([]);
      expect(pages.items.map(({ ownerId }) => ownerId)).toEqual([
        'a1',
        'a1',
        undefined,
      ]);
    });

    it('says of a space only what was read of its permissions', async () => {
      const { lists, history, options, publish } = await filled();
      const now = async (revision: number) => {
        const { items } = await lists.spaces({
          ...options,
          revision,
          sort: 'key',
        });
        return items.map(item => ({
          key: item.key,
          principals: item.principals,
          anonymous: item.anonymous,
          judged: item.judged,
          findings: item.findings,
          unknownVerdicts: item.unknownVerdicts,
        }));
      };
      const unjudged = { judged: false, findings: 0, unknownVerdicts: 0 };
      const unread = [
        { key: 'ENG', ...unjudged },
        { key: 'HR', ...unjudged },
      ];
      expect(await now(options.revision)).toEqual(unread);
      await publish('acme', {
        grants: {
          s1: [
            grant('s1', 'group', 'g1', 'read'),
            grant('s1', 'group', 'g1', 'administer'),
            grant('s1', 'account', 'a1', 'read'),
          ],
        },
      });
      const { id: readId } = await history.beginRead({
        source: 'acme',
        dataset: 'grants',
        key: 's2',
        runId: 'partial',
        mode: 'full',
        scope: 'test',
      });
      const anonymous = grant('s2', 'access-class', 'anonymous-users', 'read');
      await history.stage(readId, [
        anonymous,
        grant('s2', 'group', 'g1', 'read'),
      ]);
      await history.finishRead(readId, { outcome: 'partial', reason: 'x: y' });
      await history.publish({ runId: 'partial' });
      await history.change({}, async change => {
        const container = { source: 'acme', dataset: 'results', key: 'c' };
        for (const verdict of ['fail', 'unknown', 'pass']) {
          await change.put(
            container,
            result(`c|site|${verdict}`, { verdict, resource: 'space:s1' }),
          );
        }
      });
      expect(await now(await history.head())).toEqual([
        {
          key: 'ENG',
          principals: 2,
          anonymous: false,
          judged: true,
          findings: 1,
          unknownVerdicts: 1,
        },
        {
 key: 'HR', anonymous: true, ...unjudged },
      ]);
      // What is known today was not known then.
      expect(await now(options.revision)).toEqual(unread);
    });

    it('finds a space by its key', async () => {
      const { lists, publish, revision } = await filled();
      const space1 = await lists.space('acme', 'eng', revision);
      expect(space1).toMatchObject({ spaceId: 's1', key: 'ENG' });
      await publish('acme', { spaces: { site: [space('s1', 'NEW', 'E')] } });
      const head = revision + 1;
      expect(await lists.space('acme', 'NEW', head)).toMatchObject({
        spaceId: 's1',
      });
      for (const [connection, key, at] of [
        ['acme', 'ENG', head],
        ['acme', 'NEW', revision],
        ['other', 'NEW', head],
        ['acme', "' or 1=1 --", head],
      ] as const) {
        await expect(lists.space(connection, key, at)).rejects.toMatchObject({
          name: 'NotFoundError',
          message: expect.stringContaining(key),
        });
      }
    });

    it('lists accounts with open findings, and those somebody may see', async () => {
      const { lists, history, options } = await filled();
      await history.change({}, async change => {
        const results = { source: 'acme', dataset: 'results', key: 'c' };
        for (const [accountId, verdict] of [
          ['a1', 'fail'],
          ['a2', 'pass'],
          ['a3', 'unknown'],
          ['gone', 'fail'],
        ]) {
          await change.put(
            results,
            result(`c|x|${accountId}`, { accountId, verdict }),
          );
        }
        const links = { source: 'identity', dataset: 'identity_links' };
        for (const [key, name] of [
          ['a1', 'zoe'],
          ['a2', 'adam'],
          ['a3', 'zoe'],
        ]) {
          await change.put(
            { ...links, key: 'links' },
            {
              key,
              payload: {
                source: 'people:catalog',
                person: `user:default/${name}`,
                how: 'email',
              },
            },
          );
        }
      });
      const revision = await history.head();
      const ids = async (filter: object) => {
        const query = { ...options, revision, ...filter };
        for (const sort of ['status', '-class', '-name']) {
          const other = await lists.accounts({ ...query, sort });
          expect(other.items).toHaveLength(
            (await lists.accounts({ ...query, sort: 'name' })).items.length,
          );
        }
        const { items } = await lists.accounts({ ...query, sort: 'name' });
        return items.map(a => a.accountId);
      };
      expect(await ids({ findings: 'open' })).toEqual(['a3', 'a1']);
      const zoe = { people: ['user:default/zoe'] };
      expect(await ids({ allowed: zoe })).toEqual(['a3', 'a1']);
      expect(await ids({ allowed: { people: [] } })).toEqual([]);
      const both = { anyOf: [zoe, { people: ['user:default/adam'] }] };
      expect(await ids({ allowed: both })).toEqual(['a2', 'a3', 'a1']);
      expect(await ids({ allowed: both, status: 'inactive' })).toEqual(['a2']);
      const none = { allOf: [zoe, { people: ['user:default/adam'] }] };
      expect(await ids({ allowed: none })).toEqual([]);
      expect(await ids({ allowed: { not: zoe } })).toHaveLength(4);
      expect(await ids({ allowed: zoe, q: 'bob' })).toEqual(['a3']);
      expect(await ids({ allowed: zoe, person: 'unlinked' })).toEqual([]);
      // Nobody had findings, then.
      expect(
        await ids({ findings: 'open', revision: options.revision }),
      ).toEqual([]);
    });

    it('keeps the revision of its first page while the world moves on', async () => {
      const { lists, options, publish } = await filled();
      const read = (cursor?: string) =>
        lists.groups({ ...options, limit: 1, cursor, sort: 'name' });
      const first = await read();
      await publish('acme', {
        groups: { site: [group('g1', 'Renamed'), group('g0', 'aaa')] },
      });
      const second = await read(first.pageInfo.nextCursor);
      expect(second.revision).toBe(first.revision);
      expect(second.items).toMatchObject([{ groupId: 'g1', name: 'Staff' }]);
      expect(second.pageInfo.nextCursor).toBeUndefined();
    });

    it('lists containers as they are now', async () => {
      const { lists, options, history } = await filled();
      const { id: readId } = await history.beginRead({
        source: 'acme',
        dataset: 'memberships',
        key: 'g1',
        runId: 'r',
        mode: 'full',
        scope: 'test',
      });
      await history.finishRead(readId, {
        outcome: 'not-visible',
        reason: 'not-visible: Confluence answers 404',
        expected: 3,
      });
      await history.publish({ runId: 'r' });
      const query = { ...options, connection: 'acme' };
      const every = await all(cursor =>
        lists.containers({ ...query, incomplete: false, limit: 3, cursor }),
      );
      expect(every.items).toHaveLength(9);
      every.items.forEach(({ scope: _, ...c }) =>
        containerSchema.omit({ scope: true }).parse(c),
      );
      const bad = await lists.containers({ ...query, incomplete: true });
      expect(bad.items).toEqual([
        {
          dataset: 'memberships',
          container: 'g1',
          title: 'Staff',
          presence: 'not-visible',
          outcome: 'not-visible',
          reason: { code: 'not-visible', text: 'Confluence answers 404' },
          rows: 2,
          expected: 3,
          readAt: expect.any(String),
          completeAt: expect.any(String),
          scope: 'test',
          outOfScope: 0,
        },
      ]);
    });

    it('says what another scope has seen in a container, and what an organization told', async () => {
      const { lists, options, history, publish } = await filled();
      await publish('organization:o', { directory: { all: [] } });
      const runId = 'narrow';
      const read = { source: 'acme', dataset: 'memberships', runId };
      const { id: readId } = await history.beginRead({
        ...read,
        key: 'g1',
        mode: 'full',
        scope: 'narrower',
      });
      await history.stage(readId, []);
      await history.finishRead(readId, { outcome: 'complete' });
      await history.publish({ runId });
      const { items, totals } = await all(cursor =>
        lists.containers({
          ...options,
          connection: 'acme',
          organization: 'organization:o',
          incomplete: false,
          limit: 4,
          cursor,
        }),
      );
      expect(totals[0]).toBe(10);
      expect(items[9]).toMatchObject({ dataset: 'directory', outOfScope: 0 });
      expect(
        items.filter(({ scope, outOfScope }) => scope !== 'test' || outOfScope),
      ).toMatchObject([
        { container: 'g1', rows: 0, scope: 'narrower', outOfScope: 2 },
      ]);
    });

    it('refuses cursors that are broken or of another list', async () => {
      const { lists, options } = await filled();
      const query = { ...options, limit: 1, sort: 'name' };
      const groups = await lists.groups(query);
      const cursor = groups.pageInfo.nextCursor!;
      const content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
      const forged = (change: object) =>
        Buffer.from(JSON.stringify({ ...content, ...change })).toString(
          'base64url',
        );
      const bad = [
        'x',
        '',
        'bnVsbA',
        forged({ part: 7 }),
        forged({ last: [1, 'acme', 'g1'] }),
        forged({ last: ['staff'] }),
        forged({ last: ['\0', 'acme', 'g1'] }),
        forged({ revision: -1 }),
        forged({ revision: 1e9 }),
        forged({ sort: '-name' }),
        forged({ more: 1 }),
      ];
      for (const one of bad.filter(Boolean)) {
        await expect(
          lists.groups({ ...query, cursor: one }),
        ).rejects.toMatchObject({
          name: 'InputError',
          message: expect.stringContaining('cursor'),
        });
      }
      for (const other of [{ q: 'a' }, { connections: ['other'] }]) {
        await expect(
          lists.groups({ ...query, ...other, cursor }),
        ).rejects.toMatchObject({ name: 'InputError' });
      }
      await expect(lists.spaces({ ...query, cursor })).rejects.toMatchObject({
        name: 'InputError',
      });
    });
  });
});
