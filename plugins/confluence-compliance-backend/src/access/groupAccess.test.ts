// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { acme, createTestCards, grant, group } from './__testUtils__/cards';

jest.setTimeout(120_000);

describe('what a group can do', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is listed by space, and known as far as it was read, %p',
    async id => {
      const { reader, history, company, spaces, read } = await createTestCards(
        await databases.init(id),
      );
      await company();
      await history.change({}, async change => {
        const results = { source: 'acme', dataset: 'results', key: 'c' };
        const about = (accountId: string, verdict: string, checkId: string) =>
          change.put(results, {
            key: `${checkId}|account|${accountId}`,
            payload: {
              checkId,
              subjectKind: 'account',
              subjectId: accountId,
              verdict,
              reason: 'because',
              facts: {},
              accountId,
              resource: null,
            },
          } as never);
        await about('a-ben', 'fail', 'c');
        await about('a-ben', 'warning', 'd');
        await about('a-ana', 'unknown', 'c');
        await about('a-nobody', 'fail', 'c');
      });
      const before = await history.head();
      await spaces();
      const after = await history.head();
      const group1 = await reader.group('acme', 'g1', after);
      expect(group1).toMatchObject({
        groupId: 'g1',
        name: 'g1',
        managedBy: 'ADMINS',
        members: 2,
        membersWithFindings: 1,
        membership: { seen: 2 },
        access: { seen: 1 },
      });
      expect(
        group1.membership.unknown ?? group1.access.unknown,
      ).toBeUndefined();
      const earlier = await reader.group('acme', 'g1', before);
      expect(earlier.membership).toEqual({ seen: 2 });
      expect(earlier.access).toMatchObject({
        seen: 0,
        unknown: { code: 'spaces-incomplete' },
      });

      await read(acme('grants', 's2'), [
        grant('s2', 'group', 'g1', 'read'),
        grant('s2', 'group', 'g1', 'administer'),
      ]);
      const options = { connection: 'acme', limit: 1 };
      const revision = await history.head();
      const first = await reader.groupGrants('g1', { ...options, revision });
      expect(first).toMatchObject({
        items: [
          {
            level: 'view',
            operations: ['read:space'],
            resource: { ref: 'space:s1', key: 'ENG', title: 'Engineering' },
          },
        ],
        totalItems: 2,
      });
      const second = await reader.groupGrants('g1', {
        ...options,
        revision,
        cursor: first.pageInfo.nextCursor,
      });
      expect(second.items).toMatchObject([
        { level: 'admin', resource: { title: '<b>People</b>' } },
      ]);
      const past = await reader.groupGrants('g1', {
        ...options,
        limit: 9,
        revision: after,
      });
      expect(past.items).toHaveLength(1);

      // Of a group whose members could not be read again there may be more.
      await read(acme('memberships', 'g1'), [], 'failed');
      await read(acme('groups'), [group('g1')]);
      const now = await history.head();
      expect((await reader.group('acme', 'g1', now)).membership).toMatchObject({
        seen: 2,
        unknown: { code: 'memberships-failed' },
        // As it was read whole before, it may have changed either way.
        wholeAt: expect.any(String),
      });
      expect(await reader.group('acme', 'g1', revision)).toMatchObject({
        membership: { seen: 2 },
      });
      // A group that stands no more is not there now, and was there then.
      const of = { ...options, revision: now };
      await expect(reader.group('acme', 'g2', now)).rejects.toThrow(
        "There is no group 'g2'",
      );
      await expect(reader.groupGrants('g2', of)).rejects.toThrow('g2');
      expect(await reader.group('acme', 'g2', after)).toMatchObject({
        members: 1,
      });
    },
  );
});
