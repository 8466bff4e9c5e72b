// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { ObservedRow } from '../types';
import {
  account,
  createTestLists,
  grants,
  space,
} from './__testUtils__/testLists';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SOURCE = 'organization:o1';
const RESOURCE = 'ari:cloud:confluence::site/c1';
const KEY_REFUSED = 'organization-key-refused: The key has expired';

/** What the organization says of somebody with a license, and what is different. */
function entry(key: string, facts: object = {}): ObservedRow {
  return {
    key,
    payload: {
      claimStatus: 'managed',
      accountStatus: 'active',
      membershipStatus: 'active',
      mfa: 'enabled',
      managementSource: null,
      platformRoles: [],
      products: [RESOURCE],
      roles: [],
      ...facts,
    },
  };
}

describe.each(databases.eachSupportedId())('A directory on %p', id => {
  async function filled() {
    const t = await createTestLists(
      await databases.init(id),
      [],
      [
        { connection: 'acme', source: SOURCE, resource: RESOURCE },
        { connection: 'other' },
      ],
    );
    const everybody = ['ada', 'sue', 'kit', 'old', 'gus', 'bot'];
    const site = {
      accounts: {
        site: [
          account('ada'),
          account('sue'),
          account('kit'),
          account('old', undefined, { accountStatus: 'inactive' }),
          account('gus', undefined, { class: 'guest' }),
          account('bot', undefined, { class: 'app' }),
        ],
      },
      spaces: { site: [space('s1', 'ENG', 'Engineering')] },
      grants: {
        s1: everybody.flatMap(one =>
          grants('s1', ['account', one], 'read:space'),
        ),
      },
    };
    await t.publish('acme', site);
    await t.publish('other', site);
    const directory = () =>
      t.publish(SOURCE, {
        directory: {
          all: [
            entry('ada'),
            entry('gus'),
            // Confluence itself says that this one is deactivated.
            entry('old', { membershipStatus: 'suspended' }),
            entry('sue', { membershipStatus: 'suspended' }),
            entry('kit', { products: [] }),
          ],
        },
      });
    /** The key is refused, after something has changed elsewhere. */
    const refuse = async () => {
      await t.publish('third', { spaces: { site: [space('x', 'X', 'X')] } });
      await t.fail(SOURCE, 'directory', 'all', undefined, KEY_REFUSED);
      return t.history.head();
    };
    /** Effect and reason by account. */
    const effects = async (revision: number, connection = 'acme') => {
      const scope = { connection, revision, spaceId: 's1', limit: 50 };
      const { items } = await t.lists.access.ofSpace(scope);
      return Object.fromEntries(
        items.map(({ principal, effective, why }) => [
          principal.id,
          [effective, why?.code].filter(Boolean).join(' '),
        ]),
      );
    };
    const reach = (revision: number, connection = 'acme') =>
      t.lists.access.peopleOfSpace({ connection, revision, spaceId: 's1' });
    const inAll = async (revision: number) => {
      const scope = { connection: 'acme', revision, limit: 50 };
      const top = (accountId: string) =>
        t.lists.access.topOfAccounts({ ...scope, accountIds: [accountId] });
      const totals = ['ada', 'sue', 'kit', 'old'].map(async one => [
        one,
        (await top(one)).total,
      ]);
      return Object.fromEntries(await Promise.all(totals));
    };
    return { ...t, directory, effects, inAll, reach, refuse };
  }

  it('is certain as long as its last read was whole', async () => {
    const { directory, effects, history, inAll, reach } = await filled();
    await directory();
    const head = await history.head();
    expect(await effects(head)).toEqual({
      ada: 'yes',
      bot: 'perhaps app-account',
      gus: 'yes',
      kit: 'no no-license',
      old: 'no account-suspended',
      sue: 'no account-suspended',
    });
    expect(await inAll(head)).toEqual({ ada: 1, sue: 0, kit: 0, old: 0 });
    const reached = await reach(head);
    expect(reached).toMatchObject({ people: 2, guests: 1, machines: 1 });
    expect(reached.unknown).toBeUndefined();
  });

  it('makes everything that rests on it doubtful once it cannot be read', async () => {
    const { directory, effects, history, inAll, publish, reach, refuse } =
      await filled();
    await directory();
    const before = await history.head();
    const stale = await refuse();
    const doubt = 'perhaps organization-key-refused';
    expect(await effects(stale)).toEqual({
      ada: doubt,
      bot: 'perhaps app-account',
      gus: doubt,
      kit: doubt,
      old: 'no account-deactivated',
      sue: doubt,
    });
    expect(await inAll(stale)).toEqual({ ada: 1, sue: 1, kit: 1, old: 0 });
    expect(await reach(stale)).toMatchObject({
      people: 2,
      unknown: 'directory-incomplete',
    });
    // It was known then, it is known again, and who has no organization needs none.
    expect(await effects(before)).toMatchObject({ ada: 'yes' });
    expect((await reach(before)).unknown).toBeUndefined();
    await publish('third', { spaces: { site: [] } });
    await directory();
    const head = await history.head();
    expect(await effects(head)).toMatchObject({ sue: 'no account-suspended' });
    expect((await reach(head)).unknown).toBeUndefined();
    const other = await reach(stale, 'other');
    expect(other.unknown).toBeUndefined();
  });

  it('marks each fact that was taken from it before it could not be read', async () => {
    const { directory, lists, history, refuse, publish } = await filled();
    const factsOf = async (accountId: string, revision: number) =>
      (await lists.account('acme', accountId, revision)).facts;
    const stale = {
      readAt: expect.stringMatching(/^\d{4}-.*Z$/),
      reason: { code: 'organization-key-refused', text: 'The key has expired' },
    };
    await directory();
    const before = await history.head();
    const at = await refuse();
    const ada = await factsOf('ada', at);
    // Active is what Confluence says; that nobody has suspended it, only the directory did.
    expect(ada.status).toEqual({
      value: 'active',
      source: 'confluence',
      stale,
    });
    for (const name of ['license', 'role', 'mfa', 'managed'] as const) {
      expect(ada[name]).toMatchObject({ source: 'organization', stale });
    }
    expect(ada.firstName.stale).toBeUndefined();
    expect((await factsOf('sue', at)).status).toEqual({
      value: 'suspended',
      source: 'organization',
      stale,
    });
    // The organization says nothing of apps, whether it is read or not.
    expect((await factsOf('bot', at)).status.stale).toBeUndefined();
    const { items } = await lists.accounts({
      connections: ['acme', 'other'],
      revision: at,
      sort: 'name',
      limit: 50,
    });
    const marked = items.filter(({ facts }) => facts.status.stale);
    expect(marked.map(({ connection }) => connection)).toEqual(
      Array(5).fill('acme'),
    );
    // It was known then, and is known again.
    expect((await factsOf('ada', before)).status.stale).toBeUndefined();
    await publish('third', { spaces: { site: [] } });
    await directory();
    const again = await factsOf('ada', await history.head());
    expect(JSON.stringify(again)).not.toContain('stale');
  });

  it('is as doubtful when it was never read, and only where there is one', async () => {
    const { effects, history, reach } = await filled();
    const head = await history.head();
    const never = 'perhaps directory-never-read';
    expect(await effects(head)).toMatchObject({
      ada: never,
      old: 'no account-deactivated',
      sue: never,
    });
    expect((await reach(head)).unknown).toBe('directory-incomplete');
    expect(await effects(head, 'other')).toMatchObject({
      ada: 'perhaps no-organization-key',
    });
    expect((await reach(head, 'other')).unknown).toBeUndefined();
  });
});
