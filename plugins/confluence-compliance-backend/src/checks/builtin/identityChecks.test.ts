// SPDX-License-Identifier: Apache-2.0
import { SmallWorld, verdictsOn } from '../__testUtils__/judging';
import { apiTokenHygiene } from './apiTokenHygiene';
import { externalApproved } from './externalApproved';
import { serviceIdentityOwned } from './serviceIdentityOwned';
import { sharedAccount } from './sharedAccount';

const noPeople = { gaps: { people: 'people-failed' } };
const noDirectory = { gaps: { directory: 'directory-failed' } };

describe('access.external-approved', () => {
  const guest = { class: 'guest' } as const;
  const world: SmallWorld = {
    accounts: {
      fine: guest,
      late: guest,
      orphan: guest,
      strange: guest,
      fresh: guest,
      outside: {},
      managed: {},
      unsaid: {},
      ana: {},
      bot: { class: 'service' },
      closed: { ...guest, accountStatus: 'closed' },
      shared: { class: 'shared' },
    },
    people: { ana: 'employed', ben: 'departed' },
    directory: {
      outside: { claimStatus: 'unmanaged' },
      managed: {},
      unsaid: { claimStatus: null },
    },
  };
  const sponsor = 'user:default/Ana';
  const approved = {
    fine: { sponsor, until: '2026-03-10' },
    late: { sponsor, until: '2026-03-09' },
    orphan: { sponsor: 'user:default/ben', until: '2026-12-31' },
    strange: { sponsor: 'user:default/who', until: '2026-12-31' },
  };
  const others = {
    managed: 'not-applicable managed-account',
    unsaid: 'unknown managed-not-said',
    ana: 'not-applicable staff',
    bot: 'not-applicable machine-account',
    closed: 'not-applicable account-not-active',
    shared: 'not-applicable shared-not-external',
  };

  it('asks for a sponsor who is there and a day that is not over', async () => {
    expect(await verdictsOn(externalApproved, world, { approved })).toEqual({
      ...others,
      fine: 'pass external-approved',
      late: 'fail approval-over',
      orphan: 'fail sponsor-left',
      strange: 'fail sponsor-not-known',
      fresh: 'fail external-not-approved',
      outside: 'fail external-not-approved',
    });
  });

  it('knows nothing before it is told', async () => {
    expect(await verdictsOn(externalApproved, world)).toMatchObject({
      ...others,
      fine: 'unknown approvals-not-told',
      outside: 'unknown approvals-not-told',
    });
  });

  it('takes nobody for managed by a broken directory, nor a sponsor for unknown without people', async () => {
    expect(
      await verdictsOn(
        externalApproved,
        { ...world, ...noDirectory },
        { approved },
      ),
    ).toMatchObject({
      managed: 'unknown directory-failed',
      unsaid: 'unknown directory-failed',
      fine: 'pass external-approved',
    });
    expect(
      await verdictsOn(
        externalApproved,
        { ...world, ...noPeople },
        { approved },
      ),
    ).toMatchObject({
      fine: 'unknown people-failed',
      strange: 'unknown people-failed',
      ana: 'unknown people-failed',
      late: 'fail approval-over',
    });
  });
});

describe('access.shared-account', () => {
  const world: SmallWorld = {
    accounts: {
      shared: { class: 'shared' },
      info: {},
      ana: {},
      ben: {},
      hidden: {},
      bot: { class: 'service' },
      off: { accountStatus: 'inactive' },
    },
    emails: { info: 'info@example.com', ben: 'ben@example.com' },
    people: { ana: 'employed' },
  };

  it('fails what is shared, and warns of what may be', async () => {
    expect(await verdictsOn(sharedAccount, world)).toEqual({
      shared: 'fail shared-account',
      info: 'warning generic-email',
      ana: 'pass identified',
      ben: 'pass personal-email',
      hidden: 'unknown email-hidden',
      bot: 'not-applicable machine-account',
      off: 'not-applicable account-not-active',
    });
    const chosen = { words: ['ben'] };
    expect(await verdictsOn(sharedAccount, world, chosen)).toMatchObject({
      info: 'pass personal-email',
      ben: 'warning generic-email',
    });
    expect(
      await verdictsOn(sharedAccount, { ...world, ...noPeople }),
    ).toMatchObject({ ana: 'unknown people-failed' });
  });
});

describe('nhi.service-identity-owned', () => {
  const service = { class: 'service' } as const;
  const world: SmallWorld = {
    accounts: {
      told: service,
      linked: service,
      orphan: service,
      lost: service,
      nobodys: service,
      old: { ...service, accountStatus: 'closed' },
      ana: {},
    },
    people: {
      ana: 'employed',
      ben: 'departed',
      linked: 'employed',
      lost: 'missing',
    },
  };
  const owners = {
    told: 'user:default/ana',
    orphan: 'user:default/ben',
    nobodys: 'user:default/who',
  };

  it('wants an owner who is employed', async () => {
    expect(await verdictsOn(serviceIdentityOwned, world, { owners })).toEqual({
      told: 'pass owner-employed',
      linked: 'pass owner-employed',
      orphan: 'fail owner-left',
      lost: 'warning person-missing',
      nobodys: 'fail owner-not-known',
      old: 'not-applicable account-not-active',
    });
    const { told } = owners;
    const some = { owners: { told } };
    expect(await verdictsOn(serviceIdentityOwned, world, some)).toMatchObject({
      orphan: 'fail no-owner',
    });
    expect(await verdictsOn(serviceIdentityOwned, world)).toMatchObject({
      orphan: 'unknown service-owners-not-told',
      linked: 'pass owner-employed',
    });
  });

  it('misses no owner while people are incomplete', async () => {
    expect(
      await verdictsOn(
        serviceIdentityOwned,
        { ...world, ...noPeople },
        { owners },
      ),
    ).toMatchObject({
      told: 'unknown people-failed',
      nobodys: 'unknown people-failed',
      orphan: 'fail owner-left',
    });
  });
});

describe('nhi.api-token-hygiene', () => {
  const used = { lastUsedAt: '2026-03-01T00:00:00Z' };
  const world: SmallWorld = {
    accounts: { ana: {}, ben: {}, off: { accountStatus: 'inactive' } },
    directory: { held: { membershipStatus: 'suspended' } },
    people: { ana: 'employed', ben: 'departed' },
    credentials: {
      good: used,
      young: { createdAt: '2026-03-01T00:00:00Z' },
      unused: {
        createdAt: '2025-10-01T00:00:00Z',
        lastUsedAt: '2025-11-01T00:00:00Z',
      },
      silent: { createdAt: '2025-10-01T00:00:00Z' },
      long: { ...used, expiresAt: '2028-01-01T00:00:00Z' },
      undated: { ...used, expiresAt: null },
      leaver: { ...used, accountId: 'ben' },
      inactive: { ...used, accountId: 'off' },
      suspended: { ...used, accountId: 'held' },
      over: { expiresAt: '2026-03-01T00:00:00Z', accountId: 'ben' },
      blocked: { status: 'BLOCKED', accountId: 'ben' },
      account: { kind: 'service-account' },
    },
  };
  const wrong = {
    long: 'fail token-lives-too-long',
    leaver: 'fail token-of-leaver',
    inactive: 'fail token-of-inactive',
    suspended: 'fail token-of-inactive',
  };

  it('judges life, use and owner of tokens', async () => {
    expect(await verdictsOn(apiTokenHygiene, world)).toEqual({
      ...wrong,
      good: 'pass token-in-order',
      young: 'pass token-in-order',
      unused: 'fail token-unused',
      silent: 'unknown token-use-not-said',
      undated: 'unknown token-dates-not-said',
      over: 'not-applicable token-over',
      blocked: 'not-applicable token-over',
    });
    const chosen = { lifetimeDays: 30, unusedDays: 5 };
    expect(await verdictsOn(apiTokenHygiene, world, chosen)).toMatchObject({
      good: 'fail token-lives-too-long',
    });
  });

  it.each(['credentials/api-tokens', 'directory'])(
    'passes nothing without %s, and keeps what was seen',
    async name => {
      const gaps = { [name]: `${name.split('/')[0]}-failed` };
      const verdicts = await verdictsOn(apiTokenHygiene, { ...world, gaps });
      const unknown = `unknown ${gaps[name]}`;
      expect(verdicts).toMatchObject({
        ...wrong,
        good: unknown,
        young: unknown,
        unused: unknown,
        blocked: unknown,
        over: 'not-applicable token-over',
      });
    },
  );

  it.each(['people', 'accounts'])(
    'passes no token without %s, since its owner may have left',
    async name => {
      const gaps = { [name]: `${name}-incomplete` };
      expect(
        await verdictsOn(apiTokenHygiene, { ...world, gaps }),
      ).toMatchObject({
        ...wrong,
        good: `unknown ${name}-incomplete`,
        young: `unknown ${name}-incomplete`,
        unused: 'fail token-unused',
        blocked: 'not-applicable token-over',
      });
    },
  );
});
