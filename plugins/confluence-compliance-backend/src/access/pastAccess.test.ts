// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { acme, createTestCards, group } from './__testUtils__/cards';

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
});
