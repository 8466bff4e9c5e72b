// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type AccessRig,
  startAccessRig,
  trueWays,
  waysOf,
} from './__testUtils__/effective';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('Effective access on %p', id => {
  let t: AccessRig;

  beforeAll(async () => {
    t = await startAccessRig(await databases.init(id), { roleMode: 'ROLES' });
    const { changes } = t.rig.sandbox;
    changes.assignRole({
      space: 'ENG',
      role: 'Viewer',
      account: 'tamsin.vega',
    });
    changes.assignRole({ space: 'ENG', role: 'Manager', group: 'engineering' });
    changes.assignRole({
      space: 'ENG',
      role: 'Viewer',
      group: 'security-team',
    });
    changes.addToGroup({ account: 'hugo.reyes', group: 'security-team' });
    changes.assignRole({
      space: 'ATLAS',
      role: 'Viewer',
      account: 'zoe.karlsson',
    });
    changes.assignRole({ space: 'ATLAS', role: 'Manager', group: 'Finance' });
    changes.addToGroup({ account: 'nils.petrakis', group: 'Finance' });
    changes.removeFromGroup({ account: 'soren.malik', group: 'Finance' });
    changes.addToGroup({ account: 'soren.malik', group: 'finance' });
    changes.addToGroup({ account: 'victor.amsel', group: 'engineering' });
    changes.assignRole({
      space: 'PPL',
      role: 'Admin',
      account: 'wanda.ilesanmi',
    });
    await t.replica.syncAll();
  }, 120_000);

  afterAll(() => t.rig.close());

  const idOf = (group: string) => t.rig.sandbox.changes.group(group).id;

  /** What the account surely gets; it is what the sandbox says. */
  async function gets(account: string, space: string): Promise<string[]> {
    const found = waysOf(await t.granted(account, space), 'yes');
    expect(found).toEqual(trueWays(t.rig.sandbox, account, space));
    return found;
  }

  /** Why the account does not get what is granted, by principal. */
  async function misses(account: string, space: string) {
    const found = await t.granted(account, space);
    return Object.fromEntries(
      found
        .filter(({ effective }) => effective !== 'yes')
        .map(({ principal, effective, why }) => [
          principal.type === 'account' ? 'direct' : principal.id,
          `${effective} ${why?.code}`,
        ]),
    );
  }

  it('is by name', async () => {
    expect(await gets('tamsin.vega', 'ENG')).toContain('read:space direct');
  });

  it('is by a group', async () => {
    const ways = await gets('greta.oyelaran', 'ENG');
    expect(ways).toContain(`create:page group:${idOf('engineering')}`);
  });

  it('is by two groups, once by each', async () => {
    const ways = await gets('hugo.reyes', 'ENG');
    for (const group of ['engineering', 'security-team']) {
      expect(ways).toContain(`read:space group:${idOf(group)}`);
    }
  });

  it('is by name for a guest, whom no license lets in', async () => {
    expect(await gets('zoe.karlsson', 'ATLAS')).toEqual(['read:space direct']);
    expect(await gets('zoe.karlsson', 'POL')).toEqual([]);
    expect(await gets('zoe.karlsson', 'ENG')).toContain(
      'read:space access-class:authenticated-users',
    );
  });

  it('is by an access class for whoever is in it', async () => {
    const admins = 'administer:space access-class:all-product-admins';
    expect(await gets('olga.fairweather', 'POL')).toContain(
      'read:space access-class:all-licensed-users',
    );
    expect(await gets('bram.okafor', 'ATLAS')).toContain(admins);
    expect(await gets('olga.fairweather', 'ATLAS')).not.toContain(admins);
  });

  it.each(['zoe.karlsson', 'victor.amsel', 'wanda.ilesanmi'])(
    'is by being on the internet for guests and for whoever is shut out: %p',
    async account => {
      expect(await gets(account, 'HELP')).toContain(
        'read:space access-class:anonymous-users',
      );
    },
  );

  it('is by the one of two groups that differ in a letter', async () => {
    const path = `read:space group:${idOf('Finance')}`;
    expect(idOf('Finance')).not.toBe(idOf('finance'));
    expect(await gets('nils.petrakis', 'ATLAS')).toContain(path);
    expect(await gets('soren.malik', 'ATLAS')).not.toContain(path);
  });

  it('is nothing for whoever is deactivated or suspended, though it stays assigned', async () => {
    expect(await gets('victor.amsel', 'ENG')).toEqual([]);
    expect(await misses('victor.amsel', 'ENG')).toMatchObject({
      [idOf('engineering')]: 'no account-deactivated',
    });
    expect(await gets('wanda.ilesanmi', 'PPL')).toEqual([]);
    expect(await misses('wanda.ilesanmi', 'PPL')).toEqual({
      direct: 'no account-suspended',
    });
  });

  it('is what a role allows', async () => {
    expect(await gets('farid.castellan', 'PPL')).toEqual([
      'export:space direct',
      'read:space direct',
    ]);
    const [{ role }] = await t.granted('farid.castellan', 'PPL');
    expect(role).toBe('Auditor');
  });

  it('is nothing where nothing is granted', async () => {
    expect(await t.granted('soren.malik', 'PPL')).toEqual([]);
    expect(await gets('soren.malik', 'PPL')).toEqual([]);
  });
});
