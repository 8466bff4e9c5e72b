// SPDX-License-Identifier: Apache-2.0
import type { CheckPolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { acknowledgedMonths, judge } from './acknowledged';

const page = {
  id: '1',
  status: 'current',
  version: 7,
  approval: { version: 7, contentHash: 'a' },
};
const told = (people: number, acknowledged: number, unreadGroups = 0) => ({
  people,
  acknowledged,
  missing: people - acknowledged,
  unreadGroups,
});

describe('judge', () => {
  it.each<[string, Partial<CheckPolicy>, string, string]>([
    ['everybody', { acknowledged: told(3, 3) }, 'pass', 'acknowledged'],
    ['all but one', { acknowledged: told(3, 2) }, 'fail', 'not-acknowledged'],
    [
      'a group not read, though nobody seems to be missing',
      { acknowledged: told(3, 3, 1) },
      'unknown',
      'target-group-unread',
    ],
    [
      'somebody of a group that was read, beside one that was not',
      { acknowledged: told(3, 2, 1) },
      'fail',
      'not-acknowledged',
    ],
    [
      'somebody of a group that was not read',
      { acknowledged: { ...told(3, 2, 1), missing: 0 } },
      'unknown',
      'target-group-unread',
    ],
    [
      'a group with nobody in it',
      { acknowledged: told(0, 0) },
      'unknown',
      'target-group-empty',
    ],
    [
      'no approved version',
      { acknowledged: told(3, 0), pages: [{ ...page, approval: undefined }] },
      'not-applicable',
      'never-approved',
    ],
    [
      'no page',
      { acknowledged: told(3, 0), pages: [] },
      'not-applicable',
      'no-document',
    ],
    [
      'two pages',
      { acknowledged: told(3, 3), pages: [page, { ...page, id: '2' }] },
      'not-applicable',
      'several-documents',
    ],
  ])('%s', (_, more, verdict, reason) => {
    expect(
      judge({
        id: 'p',
        pages: [page],
        requires: ['pages'],
        gap: 'pages-incomplete',
        ...more,
      }),
    ).toMatchObject({
      verdict,
      reason,
      requires: ['pages'],
      gap: 'pages-incomplete',
    });
  });

  it('does not apply to a policy that concerns nobody', () => {
    expect(judge({ id: 'p', pages: [page], requires: ['pages'] })).toEqual({
      verdict: 'not-applicable',
      reason: 'no-target-group',
      facts: {},
      requires: [],
    });
  });
});

it('counts twelve months where nothing is said that holds', () => {
  expect(acknowledgedMonths({})).toBe(12);
  expect(acknowledgedMonths({ 'policy.acknowledged': { months: 6 } })).toBe(6);
  expect(acknowledgedMonths({ 'policy.acknowledged': { months: 0 } })).toBe(12);
});
