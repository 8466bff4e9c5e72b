// SPDX-License-Identifier: Apache-2.0
import type {
  CheckCriticalSystem,
  CheckRevocation,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import {
  resultsOn,
  type SmallWorld,
  verdictsOn,
} from '../__testUtils__/judging';
import { criticalSystemValid } from './criticalSystemValid';
import { reviewOnCadence } from './reviewOnCadence';
import { revocationsVerified } from './revocationsVerified';

// The present is 2026-03-10, at noon.

describe('review.on-cadence', () => {
  const system = (
    review: Partial<CheckCriticalSystem['review']>,
    missing?: string,
  ): CheckCriticalSystem => ({
    ref: 'space:1',
    spaceId: '1',
    rule: { kind: 'all-staff' },
    review: { every: 'P6M', ...review },
    ...(missing && { missing }),
  });
  const onTime = system({
    lastAt: '2026-01-01T00:00:00Z',
    dueAt: '2026-07-01T00:00:00Z',
  });
  const overdue = { dueAt: '2026-03-09T00:00:00Z' };
  const late = { lastAt: '2025-09-09T00:00:00Z', ...overdue };

  it.each<[string, CheckCriticalSystem, string]>([
    ['one in time', onTime, 'pass reviewed-on-cadence'],
    ['one that is late', system(late), 'fail access-review-overdue'],
    ['none in time', system(overdue), 'fail never-reviewed'],
    [
      'none, and none due',
      system({ dueAt: '2026-03-11T00:00:00Z' }),
      'warning first-review-ahead',
    ],
    [
      'a later one with gaps',
      system({ ...late, gapsAt: '2026-02-01T00:00:00Z' }),
      'unknown reviewed-with-gaps',
    ],
    [
      'a later one with gaps that is late too',
      system({ ...late, gapsAt: '2025-09-09T00:00:00Z' }),
      'fail access-review-overdue',
    ],
    ['a system never seen', system({}), 'unknown system-never-seen'],
    [
      'a system that cannot be seen',
      system(late, 'space-not-visible'),
      'unknown space-not-visible',
    ],
  ])('judges %s', async (_, one, verdict) => {
    const world = { criticalSystems: [one] };
    expect(await verdictsOn(reviewOnCadence, world)).toEqual({
      'space:1|review': verdict,
    });
  });

  it('lets a review be late by the days of grace', async () => {
    const world = { criticalSystems: [system(late)] };
    const grace = (graceDays: number) =>
      verdictsOn(reviewOnCadence, world, { graceDays });
    expect(Object.values(await grace(1))).toEqual([
      'fail access-review-overdue',
    ]);
    expect(Object.values(await grace(2))).toEqual(['pass reviewed-on-cadence']);
  });

  it('passes whatever is not whole in Confluence since, and is about its system', async () => {
    const world = {
      criticalSystems: [onTime],
      gaps: { accounts: 'accounts-incomplete' },
    };
    expect(await resultsOn(reviewOnCadence, world)).toMatchObject([
      { verdict: 'pass', about: { resource: 'space:1' } },
    ]);
  });
});

describe('review.revocations-verified', () => {
  const revoked = (more: Partial<CheckRevocation>): CheckRevocation => ({
    dataset: 'grants',
    container: '1',
    principalType: 'account',
    principalId: 'ana',
    decidedAt: '2026-03-01T00:00:00Z',
    state: 'waiting',
    ...more,
  });
  const lately = { decidedAt: '2026-03-09T00:00:00Z' };

  it.each<[string, Partial<CheckRevocation>, string]>([
    ['one that is gone', { state: 'removed' }, 'pass revoked-and-gone'],
    ['one that stands', { state: 'still-present' }, 'fail revoked-and-there'],
    [
      'one that may stand still',
      { state: 'still-present', ...lately },
      'warning revoked-lately',
    ],
    [
      'one that came back',
      { state: 'reappeared', ...lately },
      'fail revoked-and-back',
    ],
    ['one nobody looked at', {}, 'unknown revoked-not-read'],
    ['one to be looked at', lately, 'warning revoked-lately'],
    [
      'one that nothing can prove',
      { state: 'cannot-verify', why: 'suspended' },
      'unknown revoked-unprovable',
    ],
    [
      'one of an unknown time',
      { state: 'still-present', decidedAt: '' },
      'fail revoked-and-there',
    ],
  ])('judges %s', async (_, more, verdict) => {
    const world = { revocations: { item: revoked(more) } };
    expect(await verdictsOn(revocationsVerified, world)).toEqual({
      item: verdict,
    });
  });

  it('gives more time, and is found with its account and space', async () => {
    const world = {
      revocations: {
        grant: revoked({ state: 'still-present' }),
        membership: revoked({ dataset: 'memberships', container: 'g' }),
        group: revoked({ principalType: 'group', principalId: 'g' }),
      },
    };
    const results = await resultsOn(revocationsVerified, world, { days: 30 });
    expect(results).toMatchObject([
      { verdict: 'warning', about: { account: 'ana', resource: 'space:1' } },
      { verdict: 'warning', about: { account: 'ana' } },
      { verdict: 'warning', about: { resource: 'space:1' } },
    ]);
    expect(results[1].about).not.toHaveProperty('resource');
    expect(results[2].about).not.toHaveProperty('account');
  });
});

describe('access.critical-system-valid, by what reviews keep', () => {
  const reviewedAt = '2026-01-01T00:00:00Z';
  const system = (ref: string, lastAt?: string): CheckCriticalSystem => ({
    ref,
    ...(ref === 'space:1' && { spaceId: '1' }),
    rule: { kind: 'reviewed' },
    review: { every: 'P6M', ...(lastAt && { lastAt }) },
  });
  const people = ['ana', 'ben', 'cem', 'dia', 'eve', 'fay'];
  const world = (one: CheckCriticalSystem): SmallWorld => ({
    criticalSystems: [one],
    accounts: Object.fromEntries(people.map(id => [id, { listed: false }])),
    people: {
      ...Object.fromEntries(people.map(id => [id, 'employed' as const])),
      fay: 'departed',
    },
    groups: { g: ['ben', 'cem', 'dia'], h: ['eve'] },
    grants: [
      '1/account/ana/read',
      '1/group/g/read',
      '1/group/h/read',
      '1/account/fay/read',
    ],
    reviewed: [
      // What a later review decides outweighs what one before it did.
      'grants/1/account/ana/revoke',
      'grants/1/account/ana/keep',
      'grants/1/account/fay/keep',
      'grants/1/group/g/keep',
      'grants/1/group/h/defer',
      'memberships/g/account/ben/keep',
      'memberships/g/account/dia/revoke',
      'memberships/h/account/eve/keep',
    ],
  });

  it('passes only what is kept all the way, and nobody who has left', async () => {
    const found = await verdictsOn(
      criticalSystemValid,
      world(system('space:1', reviewedAt)),
    );
    expect(found).toEqual({
      'space:1|ana': 'pass kept-in-review',
      'space:1|ben': 'pass kept-in-review',
      'space:1|cem': 'unknown membership-not-reviewed',
      'space:1|dia': 'fail not-kept-in-review',
      'space:1|eve': 'fail not-kept-in-review',
      'space:1|fay': 'fail departed',
    });
  });

  it('takes whoever a kept membership lets into a site', async () => {
    const found = await verdictsOn(
      criticalSystemValid,
      world(system('site:acme', reviewedAt)),
    );
    expect(found).toEqual({
      'site:acme|ben': 'pass kept-in-review',
      'site:acme|cem': 'fail not-kept-in-review',
      'site:acme|dia': 'fail not-kept-in-review',
      'site:acme|eve': 'pass kept-in-review',
    });
  });

  it.each(['memberships', 'groups', 'people'])(
    'passes nothing while %s are not whole',
    async dataset => {
      const found = await verdictsOn(criticalSystemValid, {
        ...world(system('space:1', reviewedAt)),
        gaps: { [dataset]: `${dataset}-incomplete` },
      });
      expect(Object.values(found).filter(v => v.startsWith('pass'))).toEqual(
        [],
      );
    },
  );

  it('knows nothing before the first review', async () => {
    const found = await verdictsOn(criticalSystemValid, {
      ...world(system('space:1')),
      reviewed: [],
    });
    expect(found).toMatchObject({
      'space:1|ana': 'unknown system-not-reviewed',
      'space:1|ben': 'unknown system-not-reviewed',
    });
  });
});
