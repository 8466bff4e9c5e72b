// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { user } from './__testUtils__/testPeople';
import { createTestSources } from './__testUtils__/testSources';

jest.setTimeout(60_000);

const signal = new AbortController().signal;
const word = { actor: 'user:default/officer', reason: 'Left' };
const CAM = 'user:default/cam';

describe('A departure that somebody has confirmed', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const setup = async (id: TestDatabaseId, systems?: string[]) => {
    const t = await createTestSources(await databases.init(id), systems);
    t.has(user('ana'));
    t.systems.forEach(({ says }) => says({ ref: 'ana' }, { ref: CAM }));
    await t.people.read(signal);
    await t.people.read(signal);
    return t;
  };

  it.each(databases.eachSupportedId())(
    'stands, since when it did, until a source has the person again, %p',
    async id => {
      const t = await setup(id);
      t.system.says({ ref: 'ana' });
      await t.people.read(signal);
      t.now.time = t.now.time.plus({ hours: 25 });
      await t.people.read(signal);
      expect(await t.row('cam')).toMatchObject({ status: 'missing' });
      await t.people.confirmDeparture(CAM, word);

      const head = await t.history.head();
      await t.people.read(signal);
      expect(await t.row('cam')).toMatchObject({ status: 'departed' });
      expect(await t.history.head()).toBe(head);

      t.system.says({ ref: 'ana' }, { ref: CAM });
      await t.people.read(signal);
      expect(await t.row('cam')).toMatchObject({ status: 'employed' });
      t.system.says({ ref: 'ana' });
      await t.people.read(signal);
      expect(await t.row('cam')).toMatchObject({ status: 'employed' });
    },
  );

  it.each(databases.eachSupportedId())(
    'stands when it is said before the person is called missing, %p',
    async id => {
      const t = await setup(id);
      t.system.says({ ref: 'ana' });
      await t.people.read(signal);
      await t.people.confirmDeparture(CAM, word);
      t.now.time = t.now.time.plus({ hours: 25 });
      await t.people.read(signal);
      expect(await t.row('cam')).toMatchObject({ status: 'departed' });
    },
  );

  it.each(databases.eachSupportedId())(
    'is refused while any source has the person, %p',
    async id => {
      const t = await setup(id, ['hr', 'payroll']);
      const [hr, payroll] = t.systems;
      hr.says({ ref: 'ana' });
      await t.people.read(signal);
      await expect(t.people.confirmDeparture(CAM, word)).rejects.toThrow(
        'is still in the source',
      );
      payroll.says({ ref: 'ana' });
      await t.people.read(signal);
      await t.people.confirmDeparture(CAM, word);
      await t.people.read(signal);
      expect(await t.row('cam')).toMatchObject({ status: 'departed' });
    },
  );
});
