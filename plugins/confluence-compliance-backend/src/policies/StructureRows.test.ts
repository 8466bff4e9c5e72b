// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { StructureRows } from './StructureRows';

jest.setTimeout(60_000);

describe('StructureRows', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'lets go of policies that are not required any more, %p',
    async id => {
      const knex = await databases.init(id);
      const database = mockServices.database({ knex });
      const rows = await StructureRows.create({ database });
      const rule = { headings: [], placeholders: [] };
      const found = { version: 1, readAt: '2026-01-01T00:00:00.000Z' };
      const put = (policy: string, connection: string) =>
        rows.put({ policy, connection, pageId: '1' }, rule, found);
      await put('infosec', 'acme');
      await put('infosec', 'beta');
      await put('backup', 'acme');
      await rows.keepOnly([
        { id: 'infosec', connection: 'acme' },
        { id: 'new', connection: 'acme' },
      ]);
      expect(await knex('policy_structures')).toMatchObject([
        { policy: 'infosec', connection: 'acme' },
      ]);
      await rows.keepOnly([]);
      expect(await knex('policy_structures')).toEqual([]);
    },
  );
});
