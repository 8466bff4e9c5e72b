// SPDX-License-Identifier: Apache-2.0
import { PLACEHOLDERS } from '../config';
import { blocksOf } from './blocks';
import { structureOf } from './structure';

const of = (storage: string, headings: string[] = []) =>
  structureOf(blocksOf(storage), { headings, placeholders: PLACEHOLDERS });

describe('structureOf', () => {
  it.each([
    ['nothing', ''],
    ['headings only', '<h1>Purpose</h1><h2>Scope</h2>'],
    [
      'hints of a template, which nobody sees',
      '<p><ac:placeholder>Say why</ac:placeholder></p>',
    ],
  ])('knows a page without text: %s', (_, storage) => {
    expect(of(storage).empty).toBe(true);
  });

  it('knows its headings, however they are numbered and written', () => {
    const storage =
      '<h1>1. PURPOSE</h1><h2>1.1 In short:</h2><p>a</p><h1>Scope</h1><h1>Roles</h1><h2>Owner</h2><p>b</p>';
    expect(
      of(storage, ['Purpose', 'in short', 'Scope', 'Roles', 'Exceptions']),
    ).toEqual({
      empty: false,
      missingHeadings: ['Exceptions'],
      emptyHeadings: ['Scope'],
      placeholders: [],
      cut: false,
    });
  });

  it.each([
    ['The owner is TBD.', ['TBD']],
    ['Lorem  Ipsum dolor', ['lorem ipsum']],
    [
      'Mail &lt;insert address&gt; at [Company Name]',
      ['<insert', '[company name]'],
    ],
    ['Todo el mundo inserts tbd into XXXL', []],
  ])('finds placeholders in %p', (text, found) => {
    expect(of(`<p>${text}</p>`).placeholders).toEqual(found);
  });

  it('says when it has not looked at all of it', () => {
    expect(of('<p>x</p>'.repeat(6_000)).cut).toBe(true);
  });
});
