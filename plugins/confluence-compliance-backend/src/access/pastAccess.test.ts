// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  acme,
  createTestCards,
  entity,
  group,
  mirror,
  said,
} from './__testUtils__/cards';

jest.setTimeout(120_000);

describe('access in the past', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is known as far as it was known then, %p',
    async id => {
      const world = await createTestCards(await databases.init(id));
      const { reader, history } = world;
      const at = async (revision: number) =>
        (await reader.account('acme', 'a-ana', revision)).access;
      await world.company();
      const before = await history.head();
      await world.spaces();
      const after = await history.head();
      expect(await at(after)).toEqual({ seen: 3 });
      expect(await at(before)).toMatchObject({
        seen: 0,
        unknown: { code: 'spaces-incomplete' },
      });
      await world.read(acme('groups'), [group('g1')]);
      const later = await history.head();
      expect(later).toBeGreaterThan(after);
      await world.read(acme('grants', 's1'), [], 'failed');
      expect(await at(later)).toMatchObject({
        unknown: { code: 'grants-failed' },
      });
      // What fails today does not change what was known then.
      expect(await at(after)).toEqual({ seen: 3 });
    },
  );

  it.each(databases.eachSupportedId())(
    'is not all known while the directory of its organization is not, %p',
    async id => {
      const organization = { id: 'o1' };
      const knex = await databases.init(id);
      const world = await createTestCards(knex, { organization });
      const { cardOf, clock, history, reader } = world;
      const directory = {
        source: 'organization:o1',
        dataset: 'directory',
        key: 'all',
      };
      const access = async () =>
        (await reader.account('acme', 'a-ana', await history.head())).access;
      const unknown = (code: string) => ({ unknown: { code } });
      await world.company();
      await world.spaces();
      expect(await access()).toMatchObject(unknown('directory-never-read'));
      const before = await history.head();
      await world.read(directory, [said('a-ana')]);
      const whole = await history.head();
      expect(await access()).toEqual({ seen: 3 });
      await world.read(acme('groups'), [group('g1')]);
      await world.read(directory, [], 'failed');
      expect(await access()).toMatchObject({
        seen: 3,
        ...unknown('directory-failed'),
      });
      const at = async (revision: number) =>
        (await reader.account('acme', 'a-ana', revision)).access;
      expect(await at(before)).toMatchObject(unknown('directory-incomplete'));
      expect(await at(whole)).toEqual({ seen: 3 });

      const account = mirror('User', 'acme/account/a-ana');
      expect((await cardOf(account)).incomplete?.code).toBe('directory-failed');
      const named = { 'atlassian.net/confluence-space': 'acme/ENG' };
      const { space } = await cardOf(entity('System', 'x', named));
      expect(space?.reach.people).toMatchObject(
        unknown('directory-incomplete'),
      );
      // What a group was granted does not rest on it.
      const g1 = await cardOf(mirror('Group', 'acme/group/g1'));
      expect(g1.group?.grantsInAll).toEqual({ seen: 1 });

      // It is read once a day, not as often as the site.
      await world.read(directory, [said('a-ana')]);
      clock.now = new Date(clock.now.getTime() + 40 * 24 * 3600 * 1000);
      world.config.connections = [
        { id: 'acme', cadence: { directory: { days: 30 } } } as never,
      ];
      expect(await access()).toEqual({ seen: 3 });
    },
  );
});
