// SPDX-License-Identifier: Apache-2.0
import type { CheckPolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { judge } from './documentSetUp';

const page = (id: string, status = 'current') => ({ id, status });
const one = (id: string) => ({ resource: `page:${id}` });

describe('judge', () => {
  it.each<
    [string, CheckPolicy['pages'], string, string, object, object, boolean?]
  >([
    [
      'one current page',
      [page('1')],
      'pass',
      'document-current',
      { 'pages.ids': ['1'] },
      one('1'),
    ],
    [
      'a current page beside an archived one',
      [page('2', 'archived'), page('1')],
      'pass',
      'document-current',
      { 'pages.ids': ['1'] },
      one('1'),
    ],
    ['none', [], 'fail', 'document-missing', { 'pages.ids': [] }, {}, true],
    [
      'an archived one',
      [page('1', 'archived')],
      'fail',
      'document-not-current',
      { 'pages.ids': ['1'], 'pages.status': ['archived'] },
      one('1'),
      true,
    ],
    [
      'an archived and a trashed one',
      [page('2', 'trashed'), page('1', 'archived')],
      'fail',
      'document-not-current',
      { 'pages.ids': ['1', '2'], 'pages.status': ['archived', 'trashed'] },
      {},
      true,
    ],
    [
      'two current ones',
      [page('2'), page('1'), page('3', 'trashed')],
      'fail',
      'several-documents',
      { 'pages.ids': ['1', '2'] },
      {},
    ],
  ])('%s', (...[, pages, verdict, reason, facts, about, absence]) => {
    const judgement = judge({ id: 'p', pages, requires: ['pages'], gap: 'g' });
    expect(judgement).toEqual({
      verdict,
      reason,
      facts,
      about,
      requires: ['pages'],
      gap: 'g',
      ...(absence && { restsOnAbsence: true }),
    });
  });

  it('names ten pages at most', () => {
    const pages = Array.from({ length: 50 }, (_, i) => page(`${100 + i}`));
    const { facts } = judge({ id: 'p', pages, requires: [] });
    expect(facts).toEqual({
      'pages.ids': Array.from({ length: 10 }, (_, i) => `${100 + i}`),
      'pages.found': 50,
    });
  });
});
