// SPDX-License-Identifier: Apache-2.0
import { inWords, serverErrors } from './fieldErrors';

const names: Record<string, string> = {
  site: 'The site',
  userGroup: 'The user group',
  organization: 'The organization',
  'auth[0].method': 'The method',
  'auth[0].clientSecret': 'The client secret',
  'auth[0].expiresAt': 'The last day',
  'auth[1].token': 'The token',
  'organization.expiresAt': 'The last day',
};
const nameOf = (path: string) => names[path];

describe('what the backend refuses', () => {
  it.each([
    [
      'auth[0].clientSecret: it is wrong',
      'service-account.secret',
      'It is wrong',
    ],
    [
      'auth[0].expiresAt must be a day',
      'service-account.expiresAt',
      'The last day must be a day',
    ],
    ['auth[1].token: It is wrong', 'api-token.secret', 'It is wrong'],
    [
      'organization.expiresAt must be a day',
      'organization.expiresAt',
      'The last day must be a day',
    ],
    ['site is connected already', 'site', 'The site is connected already'],
    ['✖ is no address\n  → at site', 'site', 'The site is no address'],
    ['✖ Too long\n  → at site', 'site', 'Too long'],
  ])('stands at its field: %s', (message, field, said) => {
    const methods = ['service-account', 'api-token'] as const;
    expect(serverErrors(message, [...methods], nameOf)).toEqual({
      fields: { [field]: said },
      rest: undefined,
    });
  });

  it.each([
    ['auth[0].method needs an OAuth app', 'The method needs an OAuth app'],
    ['organization must have an id', 'The organization must have an id'],
    ['userGroup: it is gone', 'The user group: it is gone'],
    [
      'auth[2].token: there is no third method',
      'auth[2].token: there is no third method',
    ],
    ['fetch failed', 'Fetch failed'],
    ['http://localhost:7999 is away', 'http://localhost:7999 is away'],
    ['The connection has ended', 'The connection has ended'],
  ])('is said in general where no field is drawn: %s', (message, rest) => {
    const methods = ['service-account', 'oauth'] as const;
    expect(serverErrors(message, [...methods], nameOf)).toEqual({
      fields: {},
      rest,
    });
    expect(inWords(message, nameOf)).toBe(rest);
  });

  it('keeps everything that is said of one field', () => {
    const message = '✖ Too long\n  → at site\n✖ Not allowed\n  → at site';
    expect(serverErrors(message, [], nameOf).fields).toEqual({
      site: 'Too long. Not allowed',
    });
  });
});
