// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  accountSchema,
  groupSchema,
  pageRecordSchema,
  spaceSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { all, filledLists } from './__testUtils__/filledLists';
import { grant, group, result, space } from './__testUtils__/testLists';

jest.setTimeout(60_000);

describe('Lists', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('%p', id => {
    const filled = async () => filledLists(await databases.init(id));

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
        { key: 'HR', anonymous: true, ...unjudged },
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

    it('refuses cursors of members that do not say when and who', async () => {
      const { lists, options } = await filled();
      const query = { ...options, limit: 1, connection: 'acme', group: 'g1' };
      const { pageInfo } = await lists.members(query);
      const cursor = pageInfo.nextCursor ?? '';
      const content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
      expect(content.last).toEqual([expect.any(Number), expect.any(String)]);
      for (const last of [[1], ['1', 'a1'], [1, 2], [1, 'a1', 'a2']]) {
        const forged = JSON.stringify({ ...content, last });
        await expect(
          lists.members({
            ...query,
            cursor: Buffer.from(forged).toString('base64url'),
          }),
        ).rejects.toMatchObject({ name: 'InputError' });
      }
    });
  });
});
