// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  account,
  acme,
  createTestCards,
  entity,
  grant,
  group,
  membership,
  mirror,
  space,
} from './__testUtils__/cards';

jest.setTimeout(120_000);

const OFFBOARDED = 'access.offboarded-removed';

/** What the check of leavers says on a card. */
const leavers = ({ checks }: Access) =>
  checks.find(({ checkId }) => checkId === OFFBOARDED);

describe('AccessReader', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('%p', id => {
    const start = async () => createTestCards(await databases.init(id));

    async function filled() {
      const world = await start();
      await world.company();
      await world.spaces();
      await world.runAll();
      return world;
    }

    it('shows the accounts of a person and the most they can do', async () => {
      const { cardOf, asked, user } = await filled();
      const card = await cardOf(entity('User', 'ana'));
      expect(card).toMatchObject({
        entityRef: 'user:default/ana',
        readAt: expect.any(String),
        person: {
          accounts: [
            {
              connection: 'acme',
              connectionTitle: 'Acme Confluence',
              accountId: 'a-ana',
              name: 'Name of a-ana',
              status: 'active',
              class: 'person',
              how: 'email',
              groups: 1,
            },
          ],
          grants: [
            {
              level: 'admin',
              operations: ['administer:space', 'read:space'],
              resource: { ref: 'space:s1', key: 'ENG', title: 'Engineering' },
              path: [],
              effective: 'perhaps',
            },
            {
              level: 'view',
              resource: { ref: 'space:s1' },
              path: [{ kind: 'group', id: 'g1', name: 'g1' }],
            },
            {
              resource: { ref: 'space:s2', title: '<b>People</b>' },
              path: [{ kind: 'access-class', id: 'anonymous-users' }],
            },
          ],
          grantsInAll: { seen: 3 },
        },
        policies: [],
      });
      expect(leavers(card)).toMatchObject({
        verdict: 'pass',
        count: 1,
        severity: 'critical',
      });
      expect(card.incomplete).toBeUndefined();
      expect(card.group ?? card.space ?? card.criticalSystem).toBeUndefined();
      expect(asked).toEqual([user]);
      const leaver = await cardOf(entity('User', 'ben'));
      expect(leaver.checks[0]).toMatchObject({
        verdict: 'fail',
        reason: { code: 'still-active' },
        count: 1,
      });
      expect(JSON.stringify([card, leaver])).not.toMatch(/@|email-|facts/);
    });

    it('never says that there is nothing where nothing was read', async () => {
      const { cardOf, company, clock, read, spaces } = await start();
      const empty = await cardOf(entity('User', 'ana'));
      expect(empty.person).toMatchObject({ accounts: [], grants: [] });
      expect(empty.person?.grantsInAll.unknown).toBeDefined();
      expect(empty.readAt).toBeUndefined();
      expect(empty.incomplete?.code).toBe('not-in-personnel-source');

      await company();
      const without = await cardOf(entity('User', 'ana'));
      expect(without.person?.grantsInAll).toMatchObject({
        seen: 0,
        unknown: { code: 'spaces-never-read' },
      });
      expect(without.incomplete?.code).toBe('spaces-never-read');

      await spaces();
      expect((await cardOf(entity('User', 'ana'))).incomplete).toBeUndefined();
      clock.now = new Date(clock.now.getTime() + 2 * 24 * 3600 * 1000);
      const old = await cardOf(entity('User', 'ana'));
      expect(old.incomplete?.code).toMatch(/-stale$/);
      expect(old.person?.grantsInAll.unknown?.code).toBe('grants-stale');
      clock.now = new Date();

      await read(acme('memberships', 'g2'), [], 'partial');
      const partial = await cardOf(entity('User', 'ana'));
      expect(partial.incomplete?.code).toBe('memberships-incomplete');
      expect(partial.person?.grantsInAll).toMatchObject({
        seen: 3,
        unknown: { code: 'memberships-incomplete' },
      });
      // A group that nobody has read the members of.
      await read(acme('groups'), [group('g1'), group('g2'), group('g3')]);
      const unread = await cardOf(entity('User', 'ana'));
      expect(unread.incomplete?.code).toBe('memberships-never-read');
      expect(unread.readAt).toBeUndefined();
    });

    it('shows a team by its people', async () => {
      const { cardOf } = await filled();
      const people = ['user:default/ana', 'User:default/Ben', 'user:default/x'];
      const card = await cardOf(
        entity('Group', 'crew', {}, [...people, 'group:default/other']),
      );
      expect(card.group).toMatchObject({
        kind: 'team',
        members: { seen: 3 },
        withAccount: 2,
        groups: [
          { connection: 'acme', groupId: 'g1', name: 'g1', people: 2 },
          { groupId: 'g2', people: 1 },
        ],
        grantsInAll: { seen: 4 },
      });
      expect(card.group?.grants[0]).toMatchObject({
        level: 'admin',
        path: [{ kind: 'account', id: 'a-ana', name: 'Name of a-ana' }],
      });
      expect(leavers(card)).toMatchObject({
        checkId: OFFBOARDED,
        verdict: 'fail',
        count: 1,
      });
      expect(card.incomplete).toBeUndefined();

      const many = Array.from({ length: 1001 }, (_, i) => `user:default/p${i}`);
      const crowd = await cardOf(entity('Group', 'all', {}, many));
      expect(crowd.incomplete?.code).toBe('too-many-people');
      expect(crowd.group?.members).toEqual({ seen: 1001 });
      const nobody = await cardOf(entity('Group', 'none'));
      expect(nobody.group).toMatchObject({ members: { seen: 0 }, groups: [] });
      expect(nobody.checks).toEqual([]);
    });

    it('shows a mirrored group, of however many', async () => {
      const { cardOf, read } = await filled();
      const card = await cardOf(mirror('Group', 'acme/group/g1'));
      expect(card.group).toMatchObject({
        kind: 'confluence',
        connection: 'acme',
        groupId: 'g1',
        managedBy: 'ADMINS',
        members: { seen: 2 },
        grants: [{ level: 'view', resource: { ref: 'space:s1' } }],
        grantsInAll: { seen: 1 },
      });
      expect(leavers(card)).toMatchObject({ verdict: 'fail', count: 1 });

      await read(acme('memberships', 'g2'), [], 'partial');
      const g1 = await cardOf(mirror('Group', 'acme/group/g1'));
      expect(g1.incomplete).toBeUndefined();
      const g2 = await cardOf(mirror('Group', 'acme/group/g2'));
      expect(g2.group?.members.unknown?.code).toBe('memberships-incomplete');

      const ids = Array.from({ length: 1001 }, (_, i) => `m${i}`);
      const members = ids.map(one => membership('g1', one));
      await read(acme('memberships', 'g1'), members);
      const crowd = await cardOf(mirror('Group', 'acme/group/g1'));
      expect(crowd.incomplete?.code).toBe('too-many-members');
      expect(crowd.checks).toEqual([]);
      const gone = await cardOf(mirror('Group', 'acme/group/g9'));
      expect(gone.incomplete?.code).toBe('group-not-found');
    });

    it('shows a mirrored account, and nobody else’s to whoever claims it', async () => {
      const { cardOf } = await filled();
      for (const kind of ['User', 'Resource']) {
        const card = await cardOf(mirror(kind, 'acme/account/a-nobody'));
        expect(card.person?.accounts).toMatchObject([
          { accountId: 'a-nobody', groups: 0 },
        ]);
        expect(leavers(card)).toMatchObject({
          verdict: 'unknown',
          reason: { code: 'no-person' },
        });
      }
      const claimed = await cardOf(
        entity('Component', 'mine', {
          'atlassian.net/account-id': 'a-ana',
          'atlassian.net/connection': 'acme',
        }),
      );
      expect(claimed).toMatchObject({ checks: [], policies: [] });
      expect(claimed.person).toBeUndefined();
      const gone = await cardOf(mirror('User', 'acme/account/a:9/x'));
      expect(gone.incomplete?.code).toBe('account-not-found');
      const elsewhere = await cardOf(mirror('User', 'old/account/a-ana'));
      expect(elsewhere.incomplete?.code).toBe('unknown-connection');
      expect(elsewhere.person).toBeUndefined();
    });

    it('shows the space that any entity names', async () => {
      const { cardOf, config, history } = await filled();
      config.criticalSystems = [
        {
          connection: 'acme',
          space: 'HR',
          reviewEvery: 'P3M',
          rule: { kind: 'all-staff' },
        },
      ];
      await history.change({}, async change => {
        for (const [name, verdict] of [
          ['a', 'fail'],
          ['b', 'fail'],
          ['c', 'unknown'],
        ]) {
          await change.put(acme('results', OFFBOARDED), {
            key: `${OFFBOARDED}|access|${name}`,
            payload: {
              checkId: OFFBOARDED,
              subjectKind: 'access',
              subjectId: name,
              verdict,
              reason: verdict === 'fail' ? 'still-active' : 'no-person',
              facts: {},
              accountId: null,
              resource: 'space:s2',
            },
          });
        }
      });
      const named = (value: string, kind = 'Component') =>
        cardOf(entity(kind, 'x', { 'atlassian.net/confluence-space': value }));
      const card = await named('acme/hr');
      expect(card).toMatchObject({
        space: {
          resource: { ref: 'space:s2', kind: 'space', key: 'HR' },
          reach: { people: { seen: 1 }, anonymous: true },
          grantsInAll: { seen: 2 },
        },
        criticalSystem: { resource: { ref: 'space:s2' } },
        checks: expect.arrayContaining([
          expect.objectContaining({
            checkId: OFFBOARDED,
            verdict: 'fail',
            count: 2,
            reason: expect.objectContaining({ code: 'still-active' }),
          }),
        ]),
      });
      expect(card.space?.grants.map(one => one.principal.id).sort()).toEqual([
        'anonymous-users',
        'g2',
      ]);
      expect(card.incomplete).toBeUndefined();
      expect((await named(' acme/ENG ', 'System')).criticalSystem).toBe(
        undefined,
      );
      // A team can name a space, too.
      const both = await named('acme/ENG', 'Group');
      expect(both.group?.kind).toBe('team');
      expect(both.space?.resource.key).toBe('ENG');

      const hostile: Array<[string, string]> = [
        ['', 'annotation-malformed'],
        ['acme', 'annotation-malformed'],
        ['acme/ENG/x', 'annotation-malformed'],
        ['acme/E\0NG', 'annotation-malformed'],
        [`acme/${'K'.repeat(300)}`, 'annotation-malformed'],
        ['acme/<script>', 'space-not-found'],
        ["acme/'or'1'='1", 'space-not-found'],
        ['acme/%', 'space-not-found'],
        // The personal space of somebody else.
        ['acme/~ana', 'space-not-found'],
        ['nowhere/ENG', 'unknown-connection'],
        ['__proto__/ENG', 'unknown-connection'],
      ];
      for (const [value, code] of hostile) {
        const bad = await named(value);
        expect([value, bad.incomplete?.code]).toEqual([value, code]);
        expect(bad).toMatchObject({ checks: [], policies: [] });
        expect(bad.space).toBeUndefined();
      }
    });

    it('does not call a space open or closed before it was read', async () => {
      const { cardOf, spaces, read } = await start();
      const named = () =>
        cardOf(
          entity('System', 'x', { 'atlassian.net/confluence-space': 'acme/N' }),
        );
      expect((await named()).incomplete?.code).toBe('spaces-never-read');
      await spaces();
      expect((await named()).incomplete?.code).toBe('space-not-found');
      await read(acme('spaces'), [space('s3', 'N', 'N')], 'partial');
      const unread = await named();
      expect(unread.space?.grantsInAll).toMatchObject({
        seen: 0,
        unknown: { code: 'grants-never-read' },
      });
      expect(unread.space?.reach.anonymous).toBeUndefined();
      expect(unread.space?.reach.people.unknown).toBeDefined();
    });

    it('shows a site, a page, and nothing where there is nothing', async () => {
      const { cardOf, config, read } = await filled();
      config.criticalSystems = [
        { connection: 'acme', reviewEvery: 'P6M', rule: { kind: 'all-staff' } },
      ];
      const site = await cardOf(mirror('System', 'acme/site/acme'));
      expect(site.criticalSystem?.resource.ref).toBe('site:acme');
      expect(leavers(site)).toMatchObject({
        checkId: OFFBOARDED,
        verdict: 'fail',
        count: 1,
      });
      expect(site.incomplete).toBeUndefined();

      await read(acme('pages', 's1'), [
        {
          key: 'p1',
          payload: {
            spaceId: 's1',
            title: 'Policy',
            status: 'current',
            parentId: null,
            ownerId: null,
            version: 1,
            versionAt: null,
            versionBy: null,
          },
        },
      ]);
      const policies = [
        { id: 'infosec', page: { by: 'id' as const, id: 'p1' } },
        { id: 'other', page: { by: 'id' as const, id: 'p2' } },
      ];
      // The room was given this list, so that it has to stay the same one.
      config.policies.push(
        ...policies.map(one => ({ ...one, title: one.id, connection: 'acme' })),
      );
      const page = await cardOf(mirror('Resource', 'acme/page/p1'));
      expect(page.policies.map(policy => policy.id)).toEqual(['infosec']);
      expect(page.incomplete).toBeUndefined();
      const gone = await cardOf(mirror('Resource', 'acme/page/p9'));
      expect(gone.incomplete?.code).toBe('page-not-found');

      const api = await cardOf(entity('API', 'nothing'));
      expect(api).toEqual({
        entityRef: 'api:default/nothing',
        revision: expect.any(Number),
        checks: [],
        policies: [],
      });
      const odd = await cardOf(mirror('Resource', 'acme/space'));
      expect(odd).toMatchObject({ checks: [], policies: [] });
    });

    it('is not there for what nobody may see', async () => {
      const { reader, user } = await start();
      await expect(
        reader.card('user:default/hidden', user),
      ).rejects.toMatchObject({
        name: 'NotFoundError',
        message: expect.stringContaining('user:default/hidden'),
      });
    });

    it('keeps lists of access to their revision', async () => {
      const { reader, history, read } = await filled();
      const revision = await history.head();
      const query = { connection: 'acme', revision, limit: 1 };
      const first = await reader.spaceGrants('eng', query);
      expect(first.totalItems).toBe(2);
      const mine = await reader.accountGrants('a-ana', query);
      expect(mine.items).toHaveLength(1);
      const before = await reader.space('acme', 'ENG', revision);
      expect(before).toMatchObject({
        key: 'ENG',
        reach: { people: { seen: 2 }, anonymous: false },
      });
      const detail = await reader.account('acme', 'a-ana', revision);
      expect(detail.access).toEqual({ seen: 3 });
      await read(acme('grants', 's1'), [grant('s1', 'group', 'g1', 'read')]);
      await read(acme('spaces'), []);
      await read(acme('accounts'), [account('a-ben')]);
      const cursor = first.pageInfo.nextCursor;
      const head = { ...query, revision: await history.head(), limit: 200 };
      const rest = await reader.spaceGrants('eng', { ...head, cursor });
      expect(rest).toMatchObject({ revision, totalItems: 2 });
      expect([...first.items, ...rest.items].map(one => one.principal)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ kind: 'account', id: 'a-ana' }),
          expect.objectContaining({ kind: 'group', id: 'g1' }),
        ]),
      );
      const more = await reader.accountGrants('a-ana', {
        ...head,
        cursor: mine.pageInfo.nextCursor,
      });
      expect(more.items).toHaveLength(2);
      for (const gone of [
        () => reader.spaceGrants('eng', head),
        () => reader.accountGrants('a-ana', head),
        () => reader.account('acme', 'a-ana', head.revision),
        () => reader.space('acme', 'ENG', head.revision),
      ]) {
        await expect(gone()).rejects.toMatchObject({ name: 'NotFoundError' });
      }
    });
  });
});
