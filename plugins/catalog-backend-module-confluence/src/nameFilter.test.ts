// SPDX-License-Identifier: Apache-2.0
import { createNameFilter } from './nameFilter';

describe('createNameFilter', () => {
  it.each([
    [{}, 'anything', true],
    [{ include: [] }, 'anything', false],
    [{ include: ['staff'] }, 'Staff', true],
    [{ include: ['staff'] }, 'staffing', false],
    [{ include: ['staff-*'] }, 'staff-', true],
    [{ include: ['staff-*'] }, 'my-staff-1', false],
    [{ include: ['*-admins'] }, 'site-admins', true],
    [{ include: ['a*b*c'] }, 'aXbYc', true],
    [{ include: ['a*b*c'] }, 'acb', false],
    [{ include: ['ab*ba'] }, 'aba', false],
    [{ include: ['*'], exclude: ['secret*'] }, 'secret-1', false],
    [{ include: ['*'], exclude: ['secret*'] }, 'public', true],
    [{ include: ['a.c'] }, 'abc', false],
  ])('%j lets %s through: %p', (filter, name, expected) => {
    expect(createNameFilter(filter)(name)).toBe(expected);
  });

  it('is quick on a pattern and a name made to be slow', () => {
    const matches = createNameFilter({ include: [`${'a*'.repeat(40)}b`] });
    expect(matches('a'.repeat(10_000))).toBe(false);
  });
});
