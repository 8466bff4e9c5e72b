// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readConfig } from '../readConfig';

export const secret = 'hunter2-very-secret';
export const auth = {
  method: 'api-token',
  email: 'a@example.com',
  token: secret,
};
export const key = { id: 'a', secret: Buffer.alloc(32).toString('base64') };
export const acme = { id: 'acme', site: 'acme.atlassian.net', auth: [auth] };

export function read(confluenceCompliance: unknown, rest: JsonObject = {}) {
  return readConfig(
    new ConfigReader({ ...rest, confluenceCompliance } as JsonObject),
  );
}

export const withSite = (site: unknown, more: object = {}) => ({
  connections: [{ ...acme, site }],
  ...more,
});
export const withAuth = (...methods: unknown[]) => ({
  connections: [{ ...acme, auth: methods }],
});
