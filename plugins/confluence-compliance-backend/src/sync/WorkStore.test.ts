// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { migrateDatabase } from '../database';
import { WorkStore } from './WorkStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it.each(databases.eachSupportedId())(
  'keeps what says more of an account, whoever came first, %p',
  async id => {
    const knex = await databases.init(id);
    await migrateDatabase(mockServices.database({ knex }));
    const work = new WorkStore(knex);
    const add = (key: string, said: string, options?: { saysMore: boolean }) =>
      work.add(knex, 'run', 'account', [{ key, data: { said } }], options);
    await add('a', 'search');
    await add('a', 'group', { saysMore: true });
    await add('b', 'group', { saysMore: true });
    await add('b', 'search');
    await add('c', 'search');
    // A list that names somebody twice.
    const twice = ['x', 'y'].map(said => ({ key: 'd', data: { said } }));
    await add('d', 'search');
    await work.add(knex, 'run', 'account', twice, { saysMore: true });
    expect(await work.list('run', 'account')).toEqual([
      { key: 'a', data: { said: 'group' } },
      { key: 'b', data: { said: 'group' } },
      { key: 'c', data: { said: 'search' } },
      { key: 'd', data: { said: 'y' } },
    ]);
  },
);
