// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { user } from './__testUtils__/testPeople';
import { createTestSources } from './__testUtils__/testSources';

jest.setTimeout(60_000);

const signal = new AbortController().signal;

describe('Records of a personnel source that are wrong', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const setup = async (id: TestDatabaseId, records: object[]) => {
    const t = await createTestSources(await databases.init(id));
    t.has(user('x'));
    t.system.says(...records);
    await t.people.read(signal);
    await t.people.read(signal);
    expect(await t.states()).toEqual(['catalog complete', 'hr complete']);
    return t;
  };

  it.each(databases.eachSupportedId())(
    'make nobody absent, until all of them are right again, %p',
    async id => {
      const right = { ref: 'ana', start: '2020-01-01' };
      const t = await setup(id, [right, { ref: 'ben' }, { ref: 'cam' }]);
      const head = await t.history.head();

      t.system.says({ ...right, end: '31.10.2026' }, { ref: 'ben' });
      await t.people.read(signal);
      t.now.time = t.now.time.plus({ hours: 25 });
      await t.people.read(signal);
      expect((await t.states())[1]).toBe('hr partial malformed');
      expect(await t.row('ana')).toMatchObject({
        status: 'employed',
        absentSince: null,
      });
      // Nor those whom the source has no more: one of the wrong records may be theirs.
      expect(await t.row('cam')).toMatchObject({
        status: 'employed',
        absentSince: null,
      });
      expect(await t.history.head()).toBe(head);

      t.system.says({ ...right, end: '2026-03-01' }, { ref: 'ben' });
      await t.people.read(signal);
      expect(await t.states()).toEqual(['catalog complete', 'hr complete']);
      expect(await t.row('ana')).toMatchObject({ status: 'departed' });
      expect(await t.row('cam')).toMatchObject({
        status: 'employed',
        absentSince: '2026-03-11T13:00:00.000Z',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'are no shrink that somebody could accept, %p',
    async id => {
      const names = Array.from({ length: 20 }, (_, i) => `p${i}`);
      const t = await setup(
        id,
        names.map(ref => ({ ref })),
      );
      t.system.says(...names.map(ref => ({ ref, end: 'soon' })));
      await t.people.read(signal);
      expect((await t.states())[1]).toBe('hr partial malformed');
      const officer = { actor: 'user:default/officer', reason: 'A spin-off' };
      await expect(t.people.accept('hr', officer)).rejects.toThrow(
        'refused nothing',
      );
      expect(await t.row('p1')).toMatchObject({
        status: 'employed',
        absentSince: null,
      });
    },
  );
});
