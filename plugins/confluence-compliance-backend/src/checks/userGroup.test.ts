// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { account, acme, group, membership } from './__testUtils__';
import { startChecks, withEmail } from './__testUtils__/required';
import { criticalSystemValid } from './builtin/criticalSystemValid';
import { offboardedRemoved } from './builtin/offboardedRemoved';
import { userIdentified } from './builtin/userIdentified';

jest.setTimeout(120_000);

type Started = Awaited<ReturnType<typeof startChecks>>;

/** Ids of the subjects that a check says are outside. */
async function marked({ history }: Started, checkId: string) {
  const ids: string[] = [];
  const asOf = await history.head();
  for await (const rows of history.rows('results', { asOf })) {
    for (const { payload } of rows) {
      if (
        payload.checkId === checkId &&
        payload.facts['accounts.outsideUserGroup'] === true
      ) {
        ids.push(payload.subjectId);
      }
    }
  }
  return ids.sort();
}

describe('checks of a connection with a user group', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  /** Ana is in the user group g1; Ben, who left, is in g2 only, as others are. */
  async function start(id: string) {
    const t = await startChecks(await databases.init(id as never));
    t.userGroups.push({ id: 'acme', userGroup: { name: 'g1' } });
    await t.read(acme('accounts'), [
      account('a-ana'),
      account('a-ben'),
      withEmail(account('a-inside')),
      withEmail(account('a-outside')),
      account('a-guest', { class: 'guest' }),
      account('a-robot', { class: 'service' }),
    ]);
    await t.read(acme('memberships', 'g1'), [
      membership('g1', 'a-ana'),
      membership('g1', 'a-inside'),
    ]);
    t.config.criticalSystems = [
      {
        connection: 'acme',
        reviewEvery: 'P6M',
        rule: { kind: 'all-staff' },
      },
    ];
    await t.runAll();
    return t;
  }

  const identified = {
    'a-ana': 'pass identified',
    'a-ben': 'pass identified',
    'a-inside': 'fail email-of-nobody',
    'a-outside': 'not-applicable outside-user-group',
    'a-guest': 'fail guest-of-nobody',
    'a-robot': 'warning no-owner',
  };

  it.each(databases.eachSupportedId())(
    'count who is in it, and say of others that they are not, %p',
    async id => {
      const t = await start(id);
      expect(await t.results(userIdentified.id)).toEqual(identified);
      expect(await t.results(offboardedRemoved.id)).toMatchObject({
        'a-ana': 'pass employed',
        'a-ben': 'fail still-active',
        'a-outside': 'unknown no-person',
      });
      expect(await t.results(criticalSystemValid.id)).toMatchObject({
        'site:acme|a-ben': 'fail departed',
        'site:acme|a-outside': 'fail not-staff',
      });
      const outside = ['a-ben', 'a-guest', 'a-outside', 'a-robot'];
      for (const { id: check } of [userIdentified, offboardedRemoved]) {
        expect(await marked(t, check)).toEqual(outside);
      }
      expect(await marked(t, criticalSystemValid.id)).toEqual(
        outside.map(accountId => `site:acme|${accountId}`),
      );
      const { items } = await t.findings({
        check: offboardedRemoved.id,
        account: 'a-ben',
      });
      expect(items[0].facts).toContainEqual({
        name: 'outsideUserGroup',
        value: 'true',
        source: 'accounts',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'leave it open while the members of that group are incomplete, %p',
    async id => {
      const t = await start(id);
      await t.read(acme('memberships', 'g2'), [], 'partial');
      await t.runAll();
      // Another group says nothing of who is in this one.
      expect(await t.results(userIdentified.id)).toMatchObject({
        'a-outside': 'not-applicable outside-user-group',
      });
      await t.read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await t.read(acme('memberships', 'g1'), [], 'partial');
      await t.runAll();
      expect(await t.results(userIdentified.id)).toMatchObject({
        'a-inside': 'fail email-of-nobody',
        'a-outside': 'unknown memberships-incomplete',
        'a-guest': 'fail guest-of-nobody',
        'a-robot': 'warning no-owner',
      });
      expect(await t.results(offboardedRemoved.id)).toMatchObject({
        'a-ben': 'fail still-active',
      });
      expect(await marked(t, offboardedRemoved.id)).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'judge everybody where the site has no such group, %p',
    async id => {
      const t = await start(id);
      t.userGroups[0].userGroup = { name: 'G1' };
      await t.runAll();
      expect(await t.results(userIdentified.id)).toEqual({
        ...identified,
        'a-outside': 'fail email-of-nobody',
      });
      expect(await marked(t, userIdentified.id)).toEqual([]);
      // A group that comes later begins unread.
      await t.read(acme('groups'), [group('g1'), group('g2'), group('G1')]);
      await t.runAll();
      expect(await t.results(userIdentified.id)).toMatchObject({
        'a-inside': 'unknown memberships-never-read',
        'a-outside': 'unknown memberships-never-read',
      });
    },
  );
});
