// SPDX-License-Identifier: Apache-2.0
import type { CheckPolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { judge } from './approvedVersionCurrent';

type Page = CheckPolicy['pages'][number];
const page: Page = { id: '1', status: 'current', version: 7 };
const approved = (version: number) => ({ ...page, approval: { version } });

describe('judge', () => {
  it.each<[string, Page[], string, string]>([
    ['the approved version', [approved(7)], 'pass', 'approved-version'],
    ['a later edit', [approved(6)], 'fail', 'edited-since-approval'],
    ['a version not read yet', [approved(8)], 'unknown', 'approved-since-read'],
    ['none approved', [page], 'fail', 'never-approved'],
    [
      'a page of which only the label was read',
      [{ id: '1', status: 'current', approval: { version: 7 } }],
      'unknown',
      'page-not-read',
    ],
    ['no page', [], 'not-applicable', 'no-document'],
    [
      'two pages',
      [approved(7), { ...page, id: '2' }],
      'not-applicable',
      'several-documents',
    ],
  ])('%s', (_, pages, verdict, reason) => {
    expect(
      judge({ id: 'p', pages, requires: ['pages'], gap: 'pages-incomplete' }),
    ).toMatchObject({
      verdict,
      reason,
      requires: ['pages'],
      gap: 'pages-incomplete',
    });
  });
});
