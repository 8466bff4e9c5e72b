// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { expectedRows } from './__testUtils__/expected';
import {
  CONNECTION,
  everything,
  type Rig,
  startRig,
} from './__testUtils__/rig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let rig: Rig;

afterEach(async () => rig.close());

describe.each(databases.eachSupportedId())('Sync on %p', id => {
  it('reads the whole company as it is', async () => {
    rig = await startRig({ knex: await databases.init(id) });
    const replica = await rig.replica();
    await replica.syncAll(1);
    expect(await everything(replica.history)).toEqual(
      expectedRows(rig.sandbox),
    );
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run).toMatchObject({
      state: 'published',
      trigger: 'schedule',
      revision: 1,
      removed: 0,
      refused: [],
    });
    expect(run?.datasets.map(d => [d.dataset, d.state, d.reasons])).toEqual(
      [
        'groups',
        'memberships',
        'accounts',
        'spaces',
        'pages',
        'labels',
        'restrictions',
      ].map(dataset => [dataset, 'complete', []]),
    );
    expect(await replica.sync.connectionStatus(CONNECTION)).toMatchObject({
      state: 'connected',
      greenTick: true,
      syncRequested: false,
    });
  });
});
