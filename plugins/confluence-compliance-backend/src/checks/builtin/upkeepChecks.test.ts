// SPDX-License-Identifier: Apache-2.0
import type {
  CheckEvidence,
  CheckPolicy,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { resultsOn, SmallWorld, verdictsOn } from '../__testUtils__/judging';
import { auditLogActive } from './auditLogActive';
import { evidenceFresh } from './evidenceFresh';
import { ownerActive } from './ownerActive';
import { reviewedOnTime } from './reviewedOnTime';

describe('audit.log-active', () => {
  const at = (newestAt: string | null): SmallWorld => ({
    audit: { readTo: '2026-03-10T11:00:00Z', newestAt, reachesTo: null },
  });
  const gaps = { audit: 'audit-failed' };

  it.each<[string, SmallWorld, string]>([
    ['a log that is written', at('2026-03-10T10:00:00Z'), 'pass audit-active'],
    ['a quiet one', at('2026-03-08T10:00:00Z'), 'warning audit-quiet'],
    ['an empty one', at(null), 'fail nothing-recorded'],
    ['none', {}, 'unknown audit-never-read'],
    ['none that can be read', { gaps }, 'unknown audit-failed'],
    [
      'one that cannot be read any more',
      { ...at('2026-03-10T10:00:00Z'), gaps },
      'unknown audit-failed',
    ],
  ])('judges %s', async (_, world, verdict) => {
    expect(await verdictsOn(auditLogActive, world)).toEqual({ acme: verdict });
  });
});

describe('integration.evidence-fresh', () => {
  const wholeSince = '2026-03-10T00:00:00Z';
  const evidence: CheckEvidence = {
    datasets: [
      { dataset: 'accounts', wholeSince },
      { dataset: 'groups', wholeSince: '2026-03-01T00:00:00Z' },
      { dataset: 'memberships', wholeSince, gap: 'memberships-incomplete' },
      { dataset: 'directory', gap: 'directory-never-read' },
      { dataset: 'pages', wholeSince: '2026-03-05T00:00:00Z' },
    ],
    credentials: [
      { name: 'oauth', state: 'reconnect' },
      { name: 'api-token', state: 'expiring' },
      { name: 'service-account', state: 'stored' },
      { name: 'organization', state: 'expired' },
    ],
  };
  const on = (subject: string) => `site:acme|${subject}`;

  it('fails what is old or broken, whatever else is', async () => {
    const gaps = { accounts: 'accounts-incomplete' };
    expect(await verdictsOn(evidenceFresh, { evidence, gaps })).toEqual({
      [on('accounts')]: 'pass read-whole',
      [on('groups')]: 'fail groups-stale',
      [on('memberships')]: 'fail memberships-incomplete',
      [on('directory')]: 'unknown directory-never-read',
      [on('pages')]: 'pass read-whole',
      [on('credential:oauth')]: 'fail credential-missing',
      [on('credential:api-token')]: 'warning credential-expiring',
      [on('credential:service-account')]: 'pass credential-stored',
      [on('credential:organization')]: 'fail credential-expired',
    });
    const chosen = { maxAgeHours: 1, pagesMaxAgeHours: 24 };
    expect(await verdictsOn(evidenceFresh, { evidence }, chosen)).toMatchObject(
      {
        [on('accounts')]: 'fail accounts-stale',
        [on('pages')]: 'fail pages-stale',
      },
    );
  });
});

const page = (more: Partial<CheckPolicy['pages'][number]> = {}) => ({
  id: 'p1',
  status: 'current',
  ownerId: 'ana',
  versionAt: '2025-06-01T00:00:00Z',
  ...more,
});
const policy = (...pages: CheckPolicy['pages']): CheckPolicy => ({
  id: 'infosec',
  pages,
  requires: ['pages'],
});

describe.each([ownerActive, reviewedOnTime])('$id', check => {
  it('leaves it to another check that there is one document', async () => {
    const verdictOf = async (own: CheckPolicy, gaps = {}) =>
      (await verdictsOn(check, { policies: [own], gaps })).infosec;
    expect(await verdictOf(policy())).toBe('not-applicable no-document');
    expect(await verdictOf(policy(page(), page({ id: 'p2' })))).toBe(
      'not-applicable several-documents',
    );
    expect(await verdictOf(policy(), { pages: 'pages-incomplete' })).toBe(
      'unknown pages-incomplete',
    );
  });
});

describe('policy.owner-active', () => {
  const verdictOf = async (own: CheckPolicy, more: SmallWorld = {}) =>
    (
      await verdictsOn(ownerActive, {
        accounts: {
          ana: {},
          ben: {},
          off: { accountStatus: 'inactive' },
          untold: { accountStatus: 'unknown' },
          held: {},
          lost: {},
          nobody: {},
        },
        directory: { held: { membershipStatus: 'suspended' } },
        people: {
          ana: 'employed',
          ben: 'departed',
          off: 'employed',
          untold: 'employed',
          held: 'employed',
          lost: 'missing',
        },
        policies: [own],
        ...more,
      })
    ).infosec;

  it.each<[string | null | undefined, string]>([
    ['ana', 'pass owner-employed'],
    ['ben', 'fail owner-left'],
    ['off', 'fail owner-not-active'],
    ['held', 'fail owner-not-active'],
    ['untold', 'unknown account-not-read'],
    ['lost', 'warning person-missing'],
    ['nobody', 'unknown no-person'],
    ['unread', 'unknown account-not-read'],
    [null, 'fail no-page-owner'],
    [undefined, 'unknown page-not-read'],
  ])('of %s: %s', async (ownerId, verdict) => {
    expect(await verdictOf(policy(page({ ownerId })))).toBe(verdict);
  });

  it('passes nothing while people, accounts or its page are incomplete', async () => {
    for (const dataset of ['people', 'accounts']) {
      const gaps = { [dataset]: `${dataset}-failed` };
      expect(await verdictOf(policy(page()), { gaps })).toBe(
        `unknown ${dataset}-failed`,
      );
    }
    expect(await verdictOf({ ...policy(page()), gap: 'labels-failed' })).toBe(
      'unknown labels-failed',
    );
    const stale = policy(page({ gap: 'pages-failed' }));
    expect(await verdictOf(stale)).toBe('unknown pages-failed');
    // What only sharpens it blocks nothing, and what it said of somebody stands.
    const gaps = { directory: 'directory-failed' };
    expect(await verdictOf(policy(page()), { gaps })).toBe(
      'pass owner-employed',
    );
    expect(await verdictOf(policy(page({ ownerId: 'held' })), { gaps })).toBe(
      'fail owner-not-active',
    );
  });
});

describe('policy.reviewed-on-time', () => {
  const verdictOf = async (own: CheckPolicy, reviewed = {}, gaps = {}) =>
    (await verdictsOn(reviewedOnTime, { policies: [own], gaps }, { reviewed }))
      .infosec;

  it('wants to be told of a review, and takes no edit for one', async () => {
    const old = policy(page({ versionAt: '2025-01-01T00:00:00Z' }));
    const recent = policy(page());
    expect(await verdictOf(recent)).toBe('unknown review-not-told');
    expect(await verdictOf(old)).toBe('fail not-touched');
    expect(await verdictOf(old, { infosec: '2025-03-10' })).toBe(
      'pass reviewed',
    );
    expect(await verdictOf(recent, { infosec: '2025-03-09' })).toBe(
      'fail review-overdue',
    );
    expect(await verdictOf(policy(page({ versionAt: undefined })))).toBe(
      'unknown page-not-read',
    );
  });

  it.each<[string, string, object, string]>([
    ['P3M', '2025-12-10', {}, 'pass reviewed'],
    ['P3M', '2025-12-09', {}, 'fail review-overdue'],
    ['P14D', '2026-02-23', {}, 'fail review-overdue'],
    ['P2Y', '2024-03-10', {}, 'pass reviewed'],
    ['P2Y', '2024-03-09', {}, 'fail review-overdue'],
    ['P2Y', '2025-03-09', { months: 1 }, 'pass reviewed'],
    ['P3M', '2025-12-09', { months: 36 }, 'fail review-overdue'],
  ])(
    'counts %s of the policy, reviewed on %s, whatever the parameter is: %p, %s',
    async (reviewEvery, day, parameters, verdict) => {
      const own = { ...policy(page()), reviewEvery };
      const reviewed = { infosec: day };
      expect(
        await verdictsOn(
          reviewedOnTime,
          { policies: [own] },
          { ...parameters, reviewed },
        ),
      ).toEqual({ infosec: verdict });
    },
  );

  it('counts the same of a page that nobody touched', async () => {
    const of = (reviewEvery: string, versionAt: string) =>
      verdictOf({ ...policy(page({ versionAt })), reviewEvery });
    expect(await of('P3M', '2025-12-01T00:00:00Z')).toBe('fail not-touched');
    expect(await of('P2Y', '2025-01-01T00:00:00Z')).toBe(
      'unknown review-not-told',
    );
  });

  it('says in the finding what the policy says', async () => {
    const own = { ...policy(page()), reviewEvery: 'P3M' };
    const reviewed = { infosec: '2025-01-01' };
    const [result] = await resultsOn(
      reviewedOnTime,
      { policies: [own] },
      { reviewed },
    );
    expect(result.facts).toMatchObject({ every: 'P3M' });
  });

  it('knows no version for the newest, and no page for the only one, while pages are incomplete', async () => {
    const old = policy(page({ versionAt: '2025-01-01T00:00:00Z' }));
    const gaps = { pages: 'pages-incomplete' };
    expect(await verdictOf(old, {}, gaps)).toBe('unknown pages-incomplete');
    const stale = policy(
      page({ versionAt: '2025-01-01T00:00:00Z', gap: 'pages-failed' }),
    );
    expect(await verdictOf(stale)).toBe('unknown pages-failed');
    expect(await verdictOf(old, { infosec: '2026-01-01' }, gaps)).toBe(
      'unknown pages-incomplete',
    );
    expect(await verdictOf(old, { infosec: '2020-01-01' }, gaps)).toBe(
      'fail review-overdue',
    );
  });
});
