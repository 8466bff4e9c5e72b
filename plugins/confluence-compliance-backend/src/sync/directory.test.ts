// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import type { DirectoryPayload } from '../history';
import {
  startRig,
  type Replica,
  type Rig,
} from './__testUtils__/rig';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('Directory on %p', id => {
  let knex: Knex;
  let rig: Rig;
  let replica: Replica;

  beforeEach(async () => {
    knex = await databases.init(id);
    rig = await startRig({ knex });
    rig.config.connections[0].organization =
      rig.sandbox.credentials.organization;
    replica = await rig.replica();
  });

  afterEach(() => rig.close());

  async function entries(): Promise<Map<string, DirectoryPayload>> {
    const asOf = await replica.history.head();
    const found = new Map<string, DirectoryPayload>();
    const source = `organization:${rig.sandbox.credentials.organization.id}`;
    for await (const rows of replica.history.rows('directory', {
      source,
      asOf,
    })) {
      rows.forEach(({ key, payload }) => found.set(key, payload));
    }
    return found;
  }

  it('says what the organization says, and no MFA of whom it does not manage', async () => {
    await replica.syncAll();
    const found = await entries();
    const { world } = rig.sandbox;
    for (const account of world.accounts.values()) {
      const entry = found.get(account.accountId);
      if (account.type !== 'atlassian' || account.status === 'closed') {
        expect(entry).toBeUndefined();
        continue;
      }
      const mfa =
        account.mfaEnabled === undefined
          ? 'unknown'
          : account.mfaEnabled
          ? 'enabled'
          : 'disabled';
      expect(entry).toMatchObject({ mfa });
    }
    expect(found.size).toBeGreaterThan(20);
  });
});
