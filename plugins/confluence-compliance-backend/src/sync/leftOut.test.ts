// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  CONNECTION,
  type Rig,
  rowsOf,
  startRig,
  syncNow,
} from './__testUtils__/rig';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let rig: Rig;

afterEach(async () => rig.close());

it.each(databases.eachSupportedId())(
  'does not know the state of an account that Atlassian leaves out of its answers, on %p',
  async id => {
    rig = await startRig({ knex: await databases.init(id) });
    const { changes, faults, world } = rig.sandbox;
    const replica = await rig.replica();
    await replica.syncAll();
    const stateOf = async (account: string) =>
      (await rowsOf(replica.history, 'accounts'))[account];
    // The last of its batch, since a fault takes the last row of an answer.
    const last = Object.keys(await rowsOf(replica.history, 'accounts'))
      .sort()
      .at(-1) as string;
    const account = world.accounts.get(last);
    if (!account) {
      throw new Error(`There is no account ${last}`);
    }
    expect(await stateOf(last)).toMatchObject({ accountStatus: 'active' });
    for (const group of [...account.groups]) {
      changes.removeFromGroup({ account: last, group: group.name });
    }
    changes.deactivate({ account: last });
    faults.add({
      endpoint: 'POST /wiki/api/v2/users-bulk',
      kind: 'truncate',
      drop: 1,
    });
    await syncNow(replica);
    // Its groups can still be asked for, so that it is not gone.
    expect(await stateOf(last)).toMatchObject({
      accountStatus: 'unknown',
      listed: false,
    });
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.datasets.find(one => one.dataset === 'accounts')).toMatchObject(
      { state: 'complete' },
    );
    faults.clear();
    await syncNow(replica);
    expect(await stateOf(last)).toMatchObject({ accountStatus: 'inactive' });
  },
);
