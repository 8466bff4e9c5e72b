// SPDX-License-Identifier: Apache-2.0
import { serverErrors } from './fieldErrors';

describe('what the backend refuses', () => {
  it.each([
    ['auth[0].clientSecret: It is wrong', 'service-account.secret'],
    ['auth[0].expiresAt must be a day', 'service-account.expiresAt'],
    ['auth[1].token: It is wrong', 'api-token.secret'],
    ['auth[1].email must be an address', 'api-token.email'],
    ['organization.expiresAt must be a day', 'organization.expiresAt'],
    ['site is connected already', 'site'],
  ])('stands at its field: %s', (message, field) => {
    const { fields, rest } = serverErrors(message, [
      'service-account',
      'api-token',
    ]);
    expect(Object.keys(fields)).toEqual([field]);
    expect(rest).toBeUndefined();
  });

  it.each([
    'auth[0].method needs an OAuth app',
    'auth[0].purposes must not serve a purpose twice',
    'auth[0].cloudId is not one of this site',
    'auth[0].email: there is no such field for it',
    'auth[2].token: there is no third method',
    'organization must have an id',
    'The connection has ended',
  ])('is said in general where no field is drawn: %s', message => {
    expect(serverErrors(message, ['service-account', 'oauth'])).toEqual({
      fields: {},
      rest: message,
    });
  });

  it('keeps everything that is said of one field', () => {
    const message = '✖ Too long\n  → at site\n✖ Not allowed\n  → at site';
    expect(serverErrors(message, []).fields).toEqual({
      site: 'Too long. Not allowed',
    });
  });
});
