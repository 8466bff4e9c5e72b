// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { account, openHistory, publishAll } from './__testUtils__/setup';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('forget on %p', id => {
  it('leaves names and links of those only whom another source has', async () => {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    const rows = ['here', 'both', 'staged'].map(key => account(key, 'Ada'));
    await publishAll(history, { runId: 'r1', dataset: 'accounts', rows });
    await publishAll(history, {
      runId: 'r2',
      source: 'beta',
      dataset: 'accounts',
      rows: [account('both', 'Ada')],
    });
    const container = { source: 'identity', dataset: 'identity_links' };
    await history.change({}, async change => {
      for (const { key } of rows) {
        const payload = { source: 'people:hr', person: key, how: 'email' };
        await change.put({ ...container, key: 'links' }, { key, payload });
      }
    });
    const { id: readId } = await history.beginRead({
      runId: 'r3',
      source: 'beta',
      dataset: 'accounts',
      key: 'site',
      mode: 'full',
      scope: 'all',
    });
    await history.stage(readId, [account('staged')]);
    await history.forget('acme');
    const left = async (table: string, column: string) =>
      (await knex(table).pluck(column)).sort();
    expect(await left('profiles', 'id')).toEqual(['both', 'staged']);
    expect(await left('history_identity_links', 'key')).toEqual([
      'both',
      'staged',
    ]);
    expect(await left('history_accounts', 'source')).toEqual(['beta']);
  });
});
