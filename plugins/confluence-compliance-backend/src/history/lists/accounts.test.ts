// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { accountDetailSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { all, filledLists } from './__testUtils__/filledLists';
import { result } from './__testUtils__/testLists';

jest.setTimeout(60_000);

describe('List of accounts', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('%p', id => {
    const filled = async () => filledLists(await databases.init(id));

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
        person: { ref: 'user:default/zoe', how: 'email', confidence: 'likely' },
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
      expect(robot.emailReason?.code).toBe('app-no-email');
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

    it('lists accounts with open findings, and those somebody may see', async () => {
      const { lists, history, options } = await filled();
      await history.change({}, async change => {
        const results = { source: 'acme', dataset: 'results', key: 'c' };
        for (const [accountId, verdict] of [
          ['a1', 'fail'],
          ['a2', 'pass'],
          ['a3', 'warning'],
          ['a6', 'unknown'],
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
  });
});
