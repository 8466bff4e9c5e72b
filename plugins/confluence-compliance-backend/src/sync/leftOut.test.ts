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
    const ids = Object.keys(await rowsOf(replica.history, 'accounts')).sort();
    const last = ids[ids.length - 1];
    const deactivate = async (one: string) => {
      const account = world.accounts.get(one);
      if (!account) {
        throw new Error(`There is no account ${one}`);
      }
      expect(await stateOf(one)).toMatchObject({ accountStatus: 'active' });
      for (const group of [...account.groups]) {
        changes.removeFromGroup({ account: one, group: group.name });
      }
      changes.deactivate({ account: one });
    };
    const accountsRead = async () => {
      const run = await replica.sync.lastRun(CONNECTION);
      return run?.datasets.find(one => one.dataset === 'accounts');
    };
    await deactivate(last);
    const endpoint = 'POST /wiki/api/v2/users-bulk';
    faults.add({ endpoint, kind: 'truncate', drop: 1 });
    await syncNow(replica);
    // Its groups can still be asked for, so that it is not gone.
    expect(await stateOf(last)).toMatchObject({
      accountStatus: 'unknown',
      listed: false,
    });
    expect(await accountsRead()).toMatchObject({ state: 'complete' });
    faults.clear();
    await syncNow(replica);
    expect(await stateOf(last)).toMatchObject({ accountStatus: 'inactive' });

    // Left out again, it does not come back to life.
    faults.add({ endpoint, kind: 'truncate', drop: 1 });
    await syncNow(replica);
    expect(await stateOf(last)).toMatchObject({ accountStatus: 'inactive' });
    faults.clear();

    // A record that cannot be understood was not read, and says nothing of anybody.
    await deactivate(ids[0]);
    faults.add({ endpoint, kind: 'field', field: 'accountId', row: 0 });
    await syncNow(replica);
    expect(await stateOf(ids[0])).toMatchObject({
      accountStatus: 'active',
      listed: false,
    });
    expect(await accountsRead()).toMatchObject({ state: 'partial' });
  },
);
