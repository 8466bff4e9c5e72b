// SPDX-License-Identifier: Apache-2.0
import type { CheckPolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { judge } from './approvedVersionCurrent';

type Page = CheckPolicy['pages'][number];
const page: Page = { id: '1', status: 'current', version: 7 };
const approved = (version: number) => ({
  ...page,
  approval: { version, contentHash: 'a' },
});
const withText = (version: number, contentHash: string, of = approved(7)) => ({
  ...of,
  text: { version, contentHash },
});

describe('judge', () => {
  it.each<[string, Page[], string, string]>([
    ['the approved version', [approved(7)], 'pass', 'approved-version'],
    ['the approved text', [withText(7, 'a')], 'pass', 'approved-version'],
    [
      'another text under the approved number',
      [withText(7, 'b')],
      'fail',
      'other-text-than-approved',
    ],
    [
      'the text of an earlier version',
      [withText(6, 'b')],
      'pass',
      'approved-version',
    ],
    [
      'a text of a version that no sync has seen',
      [withText(8, 'a')],
      'fail',
      'edited-since-approval',
    ],
    [
      'the approved text under a later number',
      [withText(7, 'a', approved(6))],
      'fail',
      'edited-since-approval',
    ],
    [
      'another text before the approved version was seen',
      [withText(7, 'b', approved(8))],
      'unknown',
      'approved-since-read',
    ],
    [
      'a text that nobody approved',
      [{ ...page, text: { version: 7, contentHash: 'a' } }],
      'fail',
      'never-approved',
    ],
    ['a later edit', [approved(6)], 'fail', 'edited-since-approval'],
    ['a version not read yet', [approved(8)], 'unknown', 'approved-since-read'],
    ['none approved', [page], 'fail', 'never-approved'],
    [
      'a page of which only the label was read',
      [{ id: '1', status: 'current', approval: approved(7).approval }],
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

  it.each<[string, Page, string | undefined]>([
    ['of the version that is published', withText(7, 'a'), 'as approved'],
    ['that differs', withText(7, 'b'), 'not as approved'],
    ['of another version', withText(6, 'a'), 'not compared'],
    ['that was not read', approved(7), 'not compared'],
    [
      'of a version that is not approved',
      withText(7, 'a', approved(6)),
      undefined,
    ],
  ])('says what is known of a text %s', (_, own, said) => {
    const { facts } = judge({ id: 'p', pages: [own], requires: ['pages'] });
    expect(facts['pages.text']).toBe(said);
  });
});
