// SPDX-License-Identifier: Apache-2.0
import type { CheckDirectoryEntry } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { SmallWorld, verdictsOn } from '../__testUtils__/judging';
import { adminLimited } from './adminLimited';
import { adminMfa } from './adminMfa';
import { centrallyProvisioned } from './centrallyProvisioned';
import { inactiveAccount } from './inactiveAccount';
import { mfaEnabled } from './mfaEnabled';

const unmanaged = { claimStatus: 'unmanaged', mfa: 'unknown' } as const;
const admin = { roles: ['atlassian/admin'] };
const orgAdmin = { platformRoles: ['atlassian/org-admin'] };
const broken = { gaps: { directory: 'directory-failed' } };
const noKey = { gaps: { directory: 'no-organization-key' } };
const ago = (days: number) =>
  new Date(
    Date.parse('2026-03-10T12:00:00Z') - days * 86_400_000,
  ).toISOString();

/** One account of each kind that no check of people judges. */
const others: SmallWorld = {
  accounts: {
    bot: { class: 'service' },
    app: { class: 'app' },
    closed: { accountStatus: 'closed' },
    off: {},
    held: {},
    gone: {},
    seatless: {},
    elsewhere: { listed: false },
  },
  directory: {
    off: { accountStatus: 'inactive' },
    held: { membershipStatus: 'suspended' },
    gone: { membershipStatus: 'no_membership' },
    seatless: { licensed: false },
    elsewhere: { licensed: null },
  },
};
const notJudged = {
  bot: 'not-applicable machine-account',
  app: 'not-applicable machine-account',
  closed: 'not-applicable account-not-active',
  off: 'not-applicable account-not-active',
  held: 'not-applicable account-not-active',
  gone: 'not-applicable account-not-active',
  seatless: 'not-applicable no-license',
  elsewhere: 'not-applicable no-access-here',
};

/** People with these entries, in a directory that lists all of them. */
function people(
  directory: Record<string, Partial<CheckDirectoryEntry>>,
): SmallWorld {
  return {
    accounts: Object.fromEntries(Object.keys(directory).map(id => [id, {}])),
    directory,
  };
}

describe.each([mfaEnabled, inactiveAccount, centrallyProvisioned])(
  '$id',
  check => {
    it('judges people who can sign in, and nobody else', async () => {
      expect(await verdictsOn(check, others)).toEqual(notJudged);
      expect(check.state).toBe('needs-organization-key');
    });

    it('does not let anybody off because a broken directory said so once', async () => {
      const verdicts = await verdictsOn(check, { ...others, ...broken });
      for (const id of ['off', 'held', 'gone', 'seatless']) {
        expect(verdicts[id]).toBe('unknown directory-failed');
      }
      expect(verdicts.closed).toBe(notJudged.closed);
    });

    it('knows nothing without a key, nor of whom the directory leaves out', async () => {
      const world = { accounts: { ana: {} } };
      expect(await verdictsOn(check, world)).toEqual({
        ana: 'unknown not-in-directory',
      });
      expect(await verdictsOn(check, { ...world, ...noKey })).toEqual({
        ana: 'unknown no-organization-key',
      });
    });
  },
);

describe('auth.mfa-enabled', () => {
  const world = people({
    on: {},
    off: { mfa: 'disabled' },
    foreign: unmanaged,
    unsaid: { mfa: 'unknown' },
  });

  it('passes what is on, fails what is off, and guesses nothing', async () => {
    expect(await verdictsOn(mfaEnabled, world)).toEqual({
      on: 'pass mfa-enabled',
      off: 'fail mfa-disabled',
      foreign: 'unknown not-managed',
      unsaid: 'unknown mfa-not-said',
    });
  });

  it('keeps what was seen off while the key is refused, and passes nobody', async () => {
    expect(await verdictsOn(mfaEnabled, { ...world, ...broken })).toEqual({
      on: 'unknown directory-failed',
      off: 'fail mfa-disabled',
      foreign: 'unknown directory-failed',
      unsaid: 'unknown directory-failed',
    });
    const gaps = { accounts: 'accounts-incomplete' };
    const verdicts = await verdictsOn(mfaEnabled, { ...world, gaps });
    expect(verdicts.off).toBe('fail mfa-disabled');
  });
});

describe('access.inactive-account', () => {
  const world = people({
    today: { lastActiveAt: ago(0) },
    month: { lastActiveAt: ago(44) },
    quarter: { lastActiveAt: ago(46) },
    year: { lastActiveAt: ago(365) },
    never: {},
    strange: { licensed: null },
  });

  it('warns after 45 days and fails after 90', async () => {
    expect(await verdictsOn(inactiveAccount, world)).toEqual({
      today: 'pass recently-active',
      month: 'pass recently-active',
      quarter: 'warning inactive',
      year: 'fail inactive',
      never: 'unknown activity-not-said',
      strange: 'unknown site-unknown',
    });
    const chosen = { warnAfterDays: 400, failAfterDays: 500 };
    expect((await verdictsOn(inactiveAccount, world, chosen)).year).toBe(
      'pass recently-active',
    );
  });

  it('takes nobody for inactive whom an old directory has not seen', async () => {
    const verdicts = await verdictsOn(inactiveAccount, { ...world, ...broken });
    expect(new Set(Object.values(verdicts))).toEqual(
      new Set(['unknown directory-failed']),
    );
  });
});

describe('access.centrally-provisioned', () => {
  it('tells who comes from the identity provider', async () => {
    const world = people({
      synced: {},
      invited: { managementSource: 'invited' },
      unsaid: { managementSource: null },
    });
    world.accounts!.guest = { class: 'guest' };
    expect(await verdictsOn(centrallyProvisioned, world)).toEqual({
      synced: 'pass provisioned',
      invited: 'fail made-by-hand',
      unsaid: 'unknown source-not-said',
      guest: 'not-applicable guest-by-invitation',
    });
    expect(
      await verdictsOn(centrallyProvisioned, { ...world, ...broken }),
    ).toMatchObject({
      synced: 'unknown directory-failed',
      invited: 'fail made-by-hand',
    });
  });
});

const on = (subject: string) => `site:acme|${subject}`;

describe('auth.admin-mfa', () => {
  it('judges every administrator, and nobody else', async () => {
    const world = people({
      org: orgAdmin,
      product: { ...admin, mfa: 'disabled' },
      access: { roles: ['atlassian/user-access-admin'], ...unmanaged },
      held: { ...orgAdmin, mfa: 'disabled', membershipStatus: 'suspended' },
      user: { mfa: 'disabled' },
    });
    expect(await verdictsOn(adminMfa, world)).toEqual({
      [on('org')]: 'pass mfa-enabled',
      [on('product')]: 'fail mfa-disabled',
      [on('access')]: 'unknown not-managed',
    });
    expect(await verdictsOn(adminMfa, { ...world, ...broken })).toEqual({
      [on('org')]: 'unknown directory-failed',
      [on('product')]: 'fail mfa-disabled',
      [on('access')]: 'unknown directory-failed',
    });
    expect(adminMfa.severity).toBe('critical');
  });

  it.each<[string, SmallWorld, string]>([
    ['nobody is named', people({ user: {} }), 'no-admin-seen'],
    [
      'there is no key',
      { accounts: { ana: {} }, ...noKey },
      'no-organization-key',
    ],
    [
      'roles are not said',
      people({ ana: { platformRoles: null } }),
      'roles-not-said',
    ],
    ['the site is not known', people({ ana: { roles: null } }), 'site-unknown'],
  ])('is unknown where %s', async (_, world, reason) => {
    expect(await verdictsOn(adminMfa, world)).toEqual({
      [on('admins')]: `unknown ${reason}`,
    });
  });
});

describe('priv.admin-limited', () => {
  const world = people({ ana: orgAdmin, ben: admin, user: {} });

  it('asks who may, and compares', async () => {
    expect(await verdictsOn(adminLimited, world)).toEqual({
      [on('ana')]: 'unknown approved-admins-not-told',
      [on('ben')]: 'unknown approved-admins-not-told',
      [on('count')]: 'pass few-admins',
    });
    const chosen = { approved: ['ana'], most: 1 };
    expect(await verdictsOn(adminLimited, world, chosen)).toEqual({
      [on('ana')]: 'pass approved-admin',
      [on('ben')]: 'fail admin-not-approved',
      [on('count')]: 'fail too-many-admins',
    });
  });

  it('passes nothing that a broken directory says, and keeps what it saw', async () => {
    const chosen = { approved: ['ana'], most: 1 };
    expect(
      await verdictsOn(adminLimited, { ...world, ...broken }, chosen),
    ).toEqual({
      [on('ana')]: 'unknown directory-failed',
      [on('ben')]: 'fail admin-not-approved',
      [on('count')]: 'fail too-many-admins',
    });
    expect(
      await verdictsOn(adminLimited, { ...world, ...noKey }),
    ).toMatchObject({ [on('count')]: 'unknown no-organization-key' });
    const unsaid = people({ ana: orgAdmin, x: { platformRoles: null } });
    expect(await verdictsOn(adminLimited, unsaid)).toMatchObject({
      [on('count')]: 'unknown roles-not-said',
    });
  });
});
