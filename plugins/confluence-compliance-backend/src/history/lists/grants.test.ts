// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  account,
  createTestLists,
  grants,
  group,
  membership,
  space,
} from './__testUtils__/testLists';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const READ = ['read:space'];
const WRITE = [...READ, 'create:page', 'delete:comment'];
const ADMIN = [...WRITE, 'administer:space'];

interface Item {
  principal: { id: string; name?: string };
  level: string;
}

describe.each(databases.eachSupportedId())('access on %p', id => {
  /** A company where everybody reads ENG, and HR is run by one person. */
  async function filled() {
    const t = await createTestLists(await databases.init(id));
    await t.publish('acme', {
      accounts: {
        site: [
          account('ada', 'Ada'),
          account('ben', 'Ben'),
          account('gus', 'Gus', { class: 'guest' }),
          account('bot', 'Bot', { class: 'app' }),
          account('svc', 'Svc', { class: 'service' }),
          account('old', 'Old', { accountStatus: 'inactive' }),
        ],
      },
      groups: { site: [group('all', 'Everybody'), group('ops', 'Operators')] },
      memberships: {
        all: ['ada', 'ben', 'old', 'bot'].map(one => membership('all', one)),
        ops: [membership('ops', 'ada'), membership('ops', 'svc')],
      },
      spaces: {
        site: [
          space('s1', 'ENG', 'Engineering'),
          space('s2', 'HR', 'People'),
          space('s3', 'PUB', 'Public'),
        ],
      },
      grants: {
        s1: [
          ...grants('s1', ['group', 'all'], ...WRITE),
          ...grants('s1', ['group', 'ops'], ...ADMIN),
          ...grants('s1', ['account', 'ada'], ...READ),
          ...grants('s1', ['account', 'gus'], ...READ),
        ],
        s2: [
          ...grants('s2', ['account', 'ben'], ...ADMIN),
          ...grants('s2', ['account', 'old'], ...ADMIN),
          ...grants('s2', ['access-class', 'all-licensed-users'], ...READ),
          ...grants('s2', ['role', 'r9'], 'dream:space'),
        ],
        s3: [
          ...grants('s3', ['access-class', 'anonymous-users'], ...READ),
          ...grants(
            's3',
            ['account', 'ben'],
            'administer:page',
            'export:space',
          ),
        ],
      },
    });
    // The same names in another site are another matter.
    await t.publish('other', {
      groups: { site: [group('all', 'Other')] },
      memberships: { all: [membership('all', 'gus')] },
      grants: { s1: grants('s1', ['account', 'gus'], ...ADMIN) },
    });
    const revision = await t.history.head();
    return { ...t, scope: { connection: 'acme', revision } };
  }

  const name = ({ principal }: Item) => principal.name ?? principal.id;
  const short = (items: Array<{ space: { key: string } } & Item>) =>
    items.map(item => `${item.space.key} ${name(item)} ${item.level}`);

  it('says what an account can do, by every path, page by page', async () => {
    const { lists, scope } = await filled();
    const everything = await lists.access.ofAccount({
      ...scope,
      accountId: 'ada',
      limit: 50,
    });
    expect(everything.items[0]).toEqual({
      space: {
        id: 's1',
        key: 'ENG',
        name: 'Engineering',
        type: 'global',
        status: 'current',
      },
      principal: { type: 'account', id: 'ada', name: 'Ada' },
      operations: ['read:space'],
      level: 'view',
      since: expect.stringMatching(/^\d{4}-.*Z$/),
      effective: 'perhaps',
      why: {
        code: 'no-organization-key',
        text: 'Needs an organization key. acme has none.',
      },
    });
    const all = [
      'ENG Ada view',
      'ENG Everybody edit',
      'ENG Operators admin',
      'HR all-licensed-users view',
      'PUB anonymous-users view',
    ];
    expect(short(everything.items)).toEqual(all);
    expect(everything).toMatchObject({ totalItems: 5, pageInfo: {} });
    expect(everything.items[2].operations).toEqual([...ADMIN].sort());

    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await lists.access.ofAccount({
        ...scope,
        accountId: 'ada',
        limit: 2,
        cursor,
      });
      expect(page.totalItems).toBe(5);
      found.push(...short(page.items));
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
    expect(found).toEqual(all);
  });

  it('counts access classes only for who is surely in them', async () => {
    const { lists, scope } = await filled();
    const of = async (accountId: string) =>
      short(
        (await lists.access.ofAccount({ ...scope, accountId, limit: 50 }))
          .items,
      );
    expect(await of('gus')).toEqual([
      'ENG Gus view',
      'PUB anonymous-users view',
    ]);
    // Whoever may not sign in still reads what is open to the internet.
    expect(await of('old')).toEqual([
      'ENG Everybody edit',
      'HR Old admin',
      'PUB anonymous-users view',
    ]);
    const { items } = await lists.access.ofAccount({
      ...scope,
      accountId: 'old',
      limit: 50,
    });
    expect(items.map(({ effective }) => effective)).toEqual([
      'no',
      'no',
      'yes',
    ]);
    const top = { ...scope, accountIds: ['old'], limit: 5 };
    expect(short((await lists.access.topOfAccounts(top)).items)).toEqual([
      'PUB anonymous-users view',
    ]);
    expect(await of('nobody')).toEqual([]);
  });

  it('remembers what an account could do, and since when', async () => {
    const { lists, history, publish, scope } = await filled();
    await publish('acme', {
      memberships: { ops: [membership('ops', 'svc')] },
      grants: {
        s2: [
          ...grants('s2', ['account', 'ben'], ...ADMIN),
          ...grants('s2', ['account', 'ada'], ...READ),
        ],
      },
    });
    const now = { ...scope, revision: await history.head() };
    const options = { accountId: 'ada', limit: 50 };
    const before = await lists.access.ofAccount({ ...scope, ...options });
    const after = await lists.access.ofAccount({ ...now, ...options });
    expect(short(before.items)).toHaveLength(5);
    expect(short(after.items)).toEqual([
      'ENG Ada view',
      'ENG Everybody edit',
      'HR Ada view',
      'PUB anonymous-users view',
    ]);
    const times = await Promise.all(
      [before.items[0], after.items[2]].map(({ since }) =>
        history.resolve(since),
      ),
    );
    expect(times).toEqual([1, now.revision]);
    // A page that goes on, goes on as it was.
    const first = await lists.access.ofAccount({
      ...scope,
      ...options,
      limit: 2,
    });
    const second = await lists.access.ofAccount({
      ...now,
      ...options,
      cursor: first.pageInfo.nextCursor,
    });
    expect(short(second.items)).toEqual(short(before.items).slice(2));
    expect(second.revision).toBe(scope.revision);
  });

  it('finds the most powerful of what people, groups and principals can do', async () => {
    const { lists, scope } = await filled();
    const people = await lists.access.topOfAccounts({
      ...scope,
      accountIds: ['ada', 'ben'],
      limit: 3,
    });
    expect(short(people.items)).toEqual([
      'ENG Operators admin',
      'HR Ben admin',
      'ENG Everybody edit',
    ]);
    // What both can do as members of one group is one thing.
    expect(people.total).toBe(7);
    const ops = await lists.access.topOfGroup({
      ...scope,
      groupId: 'ops',
      limit: 5,
    });
    expect(short(ops.items)).toEqual(['ENG Operators admin']);
    expect(ops.total).toBe(1);
    const none = await lists.access.topOfGroup({
      ...scope,
      groupId: 'x',
      limit: 5,
    });
    expect(none).toEqual({ items: [], total: 0 });
    const hr = await lists.access.topOfSpace({
      ...scope,
      spaceId: 's2',
      limit: 3,
    });
    expect(hr.items.map(item => `${name(item)} ${item.level}`)).toEqual([
      'Ben admin',
      'Old admin',
      'all-licensed-users view',
    ]);
    expect(hr.total).toBe(4);
  });

  it('says who can do what in a space', async () => {
    const { lists, scope } = await filled();
    const eng = await lists.access.ofSpace({
      ...scope,
      spaceId: 's1',
      limit: 3,
    });
    expect(
      eng.items.map(item => [name(item), item.members, item.level]),
    ).toEqual([
      ['Ada', undefined, 'view'],
      ['Gus', undefined, 'view'],
      ['Everybody', 4, 'edit'],
    ]);
    expect(eng.totalItems).toBe(4);
    const rest = await lists.access.ofSpace({
      ...scope,
      spaceId: 's1',
      limit: 3,
      cursor: eng.pageInfo.nextCursor,
    });
    expect(rest.items.map(name)).toEqual(['Operators']);
    const pub = await lists.access.ofSpace({
      ...scope,
      spaceId: 's3',
      limit: 9,
    });
    expect(
      pub.items.map(({ principal, level }) => [principal.type, level]),
    ).toEqual([
      ['access-class', 'view'],
      // Administering pages is less than administering the space.
      ['account', 'edit'],
    ]);
    const hr = await lists.access.ofSpace({
      ...scope,
      spaceId: 's2',
      limit: 9,
    });
    expect(hr.items.map(item => [name(item), item.effective])).toEqual([
      ['all-licensed-users', undefined],
      ['Ben', 'perhaps'],
      ['Old', 'no'],
      ['r9', undefined],
    ]);
    expect(hr.items[3]).toMatchObject({
      principal: { type: 'role', id: 'r9', name: undefined },
      operations: ['dream:space'],
      level: 'other',
    });
  });

  it('counts who reaches a space, each once', async () => {
    const { lists, scope, publish, history } = await filled();
    const reach = (spaceId: string, revision = scope.revision) =>
      lists.access.peopleOfSpace({ ...scope, spaceId, revision });
    expect(await reach('s1')).toEqual({
      people: 2,
      admins: 2,
      guests: 1,
      machines: 2,
      anonymous: false,
      openTo: [],
    });
    expect(await reach('s2')).toEqual({
      people: 1,
      admins: 1,
      guests: 0,
      machines: 0,
      anonymous: false,
      openTo: ['all-licensed-users'],
      unknown: 'principal-unknown',
    });
    // Everybody on the internet is no number; who has an account is.
    expect(await reach('s3')).toEqual({
      people: 1,
      admins: 0,
      guests: 0,
      machines: 0,
      anonymous: true,
      openTo: ['anonymous-users'],
    });
    await publish('acme', {
      grants: {
        s2: grants('s2', ['access-class', 'all-licensed-users'], ...READ),
        s3: grants('s3', ['group', 'unread'], ...READ),
      },
    });
    const now = await history.head();
    expect(await reach('s2', now)).toMatchObject({ unknown: 'open-to-class' });
    expect(await reach('s3', now)).toMatchObject({
      people: 0,
      unknown: 'memberships-incomplete',
    });
    expect(await reach('never', now)).toMatchObject({
      people: 0,
      unknown: 'grants-incomplete',
    });
  });

  it('does not count on what could not be read again', async () => {
    const { lists, scope, publish, fail, history } = await filled();
    const reach = (spaceId: string, revision: number) =>
      lists.access.peopleOfSpace({ ...scope, spaceId, revision });
    const listed = async (revision: number) =>
      (
        await lists.spaces({
          connections: ['acme'],
          revision,
          limit: 9,
          sort: 'key',
        })
      ).items.map(item => [item.key, item.principals, item.anonymous]);
    await fail('acme', 'grants', 's1');
    await fail('acme', 'grants', 's3');
    // Something changed elsewhere, so that the time before is a revision of its own.
    await publish('other', { groups: { site: [] } });
    const now = await history.head();
    expect(await reach('s1', now)).toMatchObject({
      people: 2,
      unknown: 'grants-incomplete',
    });
    expect(await listed(now)).toEqual([
      ['ENG', undefined, undefined],
      ['HR', 4, false],
      // That it is open was seen.
      ['PUB', undefined, true],
    ]);
    await publish('acme', {
      grants: { s1: grants('s1', ['group', 'all'], ...READ) },
    });
    const healed = await history.head();
    expect((await reach('s1', healed)).unknown).toBeUndefined();
    // What is known now does not change what was known then.
    expect((await reach('s1', now)).unknown).toBe('grants-incomplete');

    await fail('acme', 'memberships', 'all');
    expect((await reach('s1', healed)).unknown).toBe('memberships-incomplete');
    await publish('acme', {
      memberships: { all: [membership('all', 'ada')] },
    });
    await fail('acme', 'accounts', 'site');
    expect((await reach('s1', await history.head())).unknown).toBe(
      'accounts-incomplete',
    );
  });
});
