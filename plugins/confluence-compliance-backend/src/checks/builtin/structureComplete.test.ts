// SPDX-License-Identifier: Apache-2.0
import type { CheckPolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { judge } from './structureComplete';

type Page = CheckPolicy['pages'][number];
const clean = {
  version: 7,
  empty: false,
  placeholders: [],
  missingHeadings: [],
  emptyHeadings: [],
  cut: false,
};
const page = (structure?: Page['structure'], version?: number): Page => ({
  id: '1',
  status: 'current',
  version,
  structure,
});

describe('judge', () => {
  it.each<[string, Page, string, string]>([
    ['a whole one', page(clean, 7), 'pass', 'structure-complete'],
    [
      'an empty one',
      page({ ...clean, empty: true }, 7),
      'fail',
      'document-empty',
    ],
    [
      'placeholders in the part that was looked at',
      page({ ...clean, cut: true, placeholders: ['TBD'] }, 7),
      'fail',
      'placeholder-text',
    ],
    [
      'headings',
      page({ ...clean, missingHeadings: ['Scope'] }, 7),
      'fail',
      'headings-missing',
    ],
    [
      'a heading with nothing below',
      page({ ...clean, emptyHeadings: ['Scope'] }, 7),
      'fail',
      'headings-missing',
    ],
    [
      'a heading that may stand further down',
      page({ ...clean, cut: true, missingHeadings: ['Scope'] }, 7),
      'unknown',
      'text-too-long',
    ],
    ['no text yet', page(undefined, 7), 'unknown', 'text-not-read'],
    [
      'a page that is not shown',
      page({ ...clean, failed: 'page-not-shown' }, 7),
      'unknown',
      'page-not-shown',
    ],
    ['an older text', page(clean, 8), 'unknown', 'text-of-other-version'],
    ['a label only', page(clean), 'unknown', 'page-not-read'],
  ])('%s', (_, found, verdict, reason) => {
    expect(
      judge({ id: 'p', pages: [found], requires: ['pages'], gap: 'g' }),
    ).toMatchObject({ verdict, reason, requires: ['pages'], gap: 'g' });
  });
});
