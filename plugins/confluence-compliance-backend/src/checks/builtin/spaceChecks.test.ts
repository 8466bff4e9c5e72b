// SPDX-License-Identifier: Apache-2.0
import { resultsOn, SmallWorld, verdictsOn } from '../__testUtils__/judging';
import { activeOwner } from './activeOwner';
import { appWriteAccess } from './appWriteAccess';
import { noAnonymous } from './noAnonymous';
import { noDirectGrants } from './noDirectGrants';
import { spaceAdminJustified } from './spaceAdminJustified';

const spaces = { S1: { key: 'ENG' }, S2: { key: 'HR' } };
const unread = { 'grants/S2': 'grants-incomplete' };

describe('space.no-anonymous', () => {
  const world: SmallWorld = {
    spaces,
    grants: [
      'S1/access-class/anonymous-users/read',
      'S1/access-class/anonymous-users/create',
      'S2/access-class/all-licensed-users/read',
    ],
  };

  it('fails what is open to the internet, and says what it gives', async () => {
    const results = await resultsOn(noAnonymous, world);
    expect(results).toEqual([
      expect.objectContaining({
        subjectId: 'S1',
        verdict: 'fail',
        reason: 'anonymous-access',
        facts: { 'grants.operations': ['create', 'read'] },
        about: { resource: 'space:S1' },
      }),
      expect.objectContaining({ subjectId: 'S2', verdict: 'pass' }),
    ]);
  });

  it('does not know a space whose permissions were not read', async () => {
    const both = { ...unread, 'grants/S1': 'grants-incomplete' };
    expect(await verdictsOn(noAnonymous, { ...world, gaps: both })).toEqual({
      S1: 'fail anonymous-access',
      S2: 'unknown grants-incomplete',
    });
    // The other spaces are known all the same; the check as a whole is not.
    const gaps = { spaces: 'spaces-incomplete' };
    expect((await verdictsOn(noAnonymous, { ...world, gaps })).S2).toBe(
      'pass not-anonymous',
    );
    expect(noAnonymous.listedBy).toEqual(['spaces']);
  });
});

describe('access.no-direct-grants', () => {
  const world: SmallWorld = {
    spaces: { ...spaces, S3: { type: 'personal' } },
    accounts: { ana: {}, bot: { class: 'app' } },
    grants: [
      'S1/account/ana/read',
      'S1/account/bot/read',
      'S2/account/bot/create',
      'S2/group/g1/read',
      'S3/account/ana/administer',
    ],
  };

  it('fails where single accounts are named, apart from apps', async () => {
    expect(await verdictsOn(noDirectGrants, world)).toEqual({
      S1: 'fail direct-grants',
      S2: 'pass groups-only',
      S3: 'not-applicable personal-space',
    });
    const chosen = { except: ['app', 'person'] as never };
    expect((await verdictsOn(noDirectGrants, world, chosen)).S1).toBe(
      'pass groups-only',
    );
  });

  it('does not know whose account it is that was not read', async () => {
    const strange = { ...world, grants: ['S1/account/x/read'], gaps: unread };
    expect(await verdictsOn(noDirectGrants, strange)).toMatchObject({
      S1: 'unknown account-not-read',
      S2: 'unknown grants-incomplete',
    });
    const gaps = { accounts: 'accounts-incomplete' };
    expect(await verdictsOn(noDirectGrants, { ...world, gaps })).toMatchObject({
      S1: 'fail direct-grants',
      S2: 'unknown accounts-incomplete',
    });
  });
});

describe('priv.space-admin-justified', () => {
  const world: SmallWorld = {
    spaces: { ...spaces, S3: { type: 'personal' } },
    groups: { g1: ['ana'] },
    grants: [
      'S1/account/ana/administer',
      'S1/account/ben/administer',
      'S1/group/g1/administer',
      'S1/account/carl/read',
      'S2/account/ana/administer',
    ],
  };
  const owners = { 'acme/eng': ['ana', 'name-of-g1'] };

  it('asks who owns a space, and compares', async () => {
    expect(await verdictsOn(spaceAdminJustified, world, { owners })).toEqual({
      'space:S1|account/ana': 'pass approved-owner',
      'space:S1|account/ben': 'fail admin-not-owner',
      'space:S1|group/g1': 'pass approved-owner',
      'space:S2': 'unknown owners-not-told',
      'space:S3': 'not-applicable personal-space',
    });
  });

  it('keeps what was seen while permissions or groups are incomplete', async () => {
    const grants = { 'grants/S1': 'grants-incomplete' };
    expect(
      await verdictsOn(
        spaceAdminJustified,
        { ...world, gaps: grants },
        { owners },
      ),
    ).toMatchObject({
      'space:S1': 'unknown grants-incomplete',
      'space:S1|account/ana': 'unknown grants-incomplete',
      'space:S1|account/ben': 'fail admin-not-owner',
    });
    const broken = { groups: 'groups-incomplete' };
    expect(
      await verdictsOn(
        spaceAdminJustified,
        { ...world, gaps: broken },
        { owners },
      ),
    ).toMatchObject({
      'space:S1|account/ana': 'pass approved-owner',
      'space:S1|group/g1': 'unknown groups-incomplete',
    });
    const noGroups = {
      ...world,
      groups: {},
      gaps: broken,
    };
    expect(
      await verdictsOn(spaceAdminJustified, noGroups, { owners }),
    ).toMatchObject({ 'space:S1|group/g1': 'unknown groups-incomplete' });
  });
});

describe('space.active-owner', () => {
  const verdictOf = async (grants: string[], more: SmallWorld = {}) => {
    const world: SmallWorld = {
      spaces: { S1: {} },
      accounts: {
        ana: {},
        ben: {},
        off: { accountStatus: 'inactive' },
        held: {},
        nobody: {},
      },
      people: {
        ana: 'employed',
        ben: 'departed',
        off: 'employed',
        held: 'employed',
      },
      directory: { held: { membershipStatus: 'suspended' } },
      groups: { g1: ['ana'], g2: ['ben', 'off'] },
      grants: grants.map(grant => `S1/${grant}/administer`),
      ...more,
    };
    return (await verdictsOn(activeOwner, world)).S1;
  };
  const gap = (name: string, reason: string) => ({ gaps: { [name]: reason } });

  it.each<[string, string[], string]>([
    ['an employee', ['account/ana'], 'pass owner-active'],
    ['a group of one', ['group/g1'], 'pass owner-active'],
    ['leavers', ['account/ben', 'group/g2'], 'fail owners-gone'],
    ['somebody suspended', ['account/held'], 'fail owners-gone'],
    ['nobody', [], 'fail no-admin'],
    ['somebody unknown', ['account/nobody'], 'unknown owner-not-linked'],
    ['a class', ['access-class/all-product-admins'], 'unknown owned-by-class'],
  ])('judges a space of %s', async (_, grants, verdict) => {
    expect(await verdictOf(grants)).toBe(verdict);
  });

  it.each<[string, string[], SmallWorld, string]>([
    [
      'its permissions',
      ['account/ana'],
      gap('grants/S1', 'grants-failed'),
      'unknown grants-failed',
    ],
    [
      'the members of its only group',
      ['group/g1'],
      gap('memberships/g1', 'memberships-incomplete'),
      'unknown memberships-incomplete',
    ],
    [
      'the members of another group',
      ['account/ana', 'group/g2'],
      gap('memberships/g2', 'memberships-incomplete'),
      'pass owner-active',
    ],
    [
      'members who may be owners',
      ['group/g2'],
      gap('memberships/g2', 'memberships-incomplete'),
      'unknown memberships-incomplete',
    ],
    [
      'people',
      ['account/ben'],
      gap('people', 'people-failed'),
      'unknown people-failed',
    ],
    [
      'the directory, whose word on somebody stands',
      ['account/held'],
      gap('directory', 'directory-failed'),
      'fail owners-gone',
    ],
    [
      'the directory, which blocks nothing',
      ['account/ana'],
      gap('directory', 'directory-failed'),
      'pass owner-active',
    ],
  ])('without %s', async (_, grants, more, verdict) => {
    expect(await verdictOf(grants, more)).toBe(verdict);
  });
});

describe('space.app-write-access', () => {
  const app = { class: 'app' } as const;
  const world: SmallWorld = {
    spaces,
    accounts: {
      ana: {},
      writer: app,
      grouped: app,
      reader: app,
      old: { ...app, accountStatus: 'closed' },
    },
    groups: { addons: ['grouped', 'ana'] },
    grants: [
      'S1/account/writer/create',
      'S2/account/writer/administer',
      'S1/account/reader/read',
      'S1/group/addons/update',
      'S1/account/ana/create',
      'S1/account/old/create',
    ],
  };

  it('asks which apps may write, and compares', async () => {
    const unknown = 'unknown approved-apps-not-told';
    const rest = {
      reader: 'pass app-reads-only',
      old: 'not-applicable account-not-active',
    };
    expect(await verdictsOn(appWriteAccess, world)).toEqual({
      writer: unknown,
      grouped: unknown,
      ...rest,
    });
    expect(
      await verdictsOn(appWriteAccess, world, { approved: ['grouped'] }),
    ).toEqual({
      writer: 'fail app-not-approved',
      grouped: 'pass approved-app',
      ...rest,
    });
  });

  it('does not call an app a reader while permissions are incomplete', async () => {
    const verdicts = await verdictsOn(
      appWriteAccess,
      { ...world, gaps: unread },
      { approved: ['grouped'] },
    );
    expect(verdicts).toEqual({
      writer: 'fail app-not-approved',
      grouped: 'pass approved-app',
      reader: 'unknown grants-incomplete',
      old: 'not-applicable account-not-active',
    });
  });
});
