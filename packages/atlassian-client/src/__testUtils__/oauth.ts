// SPDX-License-Identifier: Apache-2.0
import { createOAuthApp, type OAuthAppOptions } from '../index';
import { closing, fakeClock, secret, type TestServer } from './index';

export const code = 'c0de-s3cret+/=';
export const refreshToken = 'r3fresh-s3cret+/=';
export const accessToken = 'acc3ss-s3cret+/=';
export const redirectUri =
  'https://portal.example/confluence-compliance/connected?x=1';

/** A good answer of the token address. */
export const tokens = {
  access_token: accessToken,
  refresh_token: 'r3fresh-2',
  expires_in: 3600,
  scope: 'offline_access read:space:confluence',
  token_type: 'Bearer',
};

/** An OAuth app, on a fake clock. */
export function appOf(
  server: TestServer,
  options: Partial<OAuthAppOptions> = {},
) {
  return closing(
    createOAuthApp({
      clientId: 'app-1',
      clientSecret: secret,
      authUrl: server.url,
      apiUrl: server.url,
      ...fakeClock(),
      ...options,
    }),
  );
}
