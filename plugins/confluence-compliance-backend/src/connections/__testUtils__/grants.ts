// SPDX-License-Identifier: Apache-2.0
import {
  createOAuthApp,
  type HttpOptions,
  type OAuthApp,
} from '@confluence-compliance/atlassian-client';
import type { Sandbox } from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import type { SealingKey } from '../../config';
import { migrateDatabase } from '../../database';
import { Credentials } from '../Credentials';
import { Keyring } from '../Keyring';
import type { GrantSecret } from '../OAuthTokens';
import { SCOPES } from '../scopes';

export const REDIRECT_URI = 'http://localhost:3000/granted';
export const GRANTED_SCOPES = [
  'read:content-details:confluence',
  'offline_access',
];

/** Every scope that the methods without consent can have. */
export const everyScope = SCOPES.filter(({ methods }) => !methods).map(
  ({ scope }) => scope,
);

/** A key for tests; the same fill is the same secret. */
export function sealingKey(id: string, fill: number): SealingKey {
  return { id, secret: new Uint8Array(32).fill(fill) };
}

export const KEY = sealingKey('2026', 26);

/** The sandbox's OAuth app, which does not sit out waits. */
export function appOf(sandbox: Sandbox, options: HttpOptions = {}): OAuthApp {
  return createOAuthApp({
    ...sandbox.credentials.oauth,
    authUrl: sandbox.authUrl,
    apiUrl: sandbox.apiUrl,
    sleep: async () => {},
    ...options,
  });
}

/** The credentials of a database with all migrations. */
export async function credentialsIn(
  knex: Knex,
  keys: readonly SealingKey[] = [KEY],
): Promise<Credentials> {
  await migrateDatabase({ getClient: async () => knex });
  return new Credentials(knex, new Keyring(keys));
}

/** What somebody granted just now. */
export async function newGrant(
  sandbox: Sandbox,
  app: OAuthApp,
): Promise<GrantSecret> {
  const code = sandbox.oauth.authorize({
    scopes: GRANTED_SCOPES,
    redirectUri: REDIRECT_URI,
  });
  const { accessToken, refreshToken, expiresAt } = await app.exchangeCode({
    code,
    redirectUri: REDIRECT_URI,
  });
  return {
    accessToken,
    accessExpiresAt: expiresAt.getTime(),
    refreshToken: refreshToken ?? '',
  };
}

/** Whether Atlassian takes an access token. */
export async function isWorking(
  sandbox: Sandbox,
  accessToken: string,
): Promise<boolean> {
  const answer = await fetch(
    `${sandbox.apiUrl}/oauth/token/accessible-resources`,
    {
      headers: { authorization: `Bearer ${accessToken}` },
    },
  );
  return answer.status === 200;
}
