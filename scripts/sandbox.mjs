// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { root } from './tools.mjs';

const { SANDBOX_PORT = '7080' } = process.env;

/**
 * Starts the stand-in for Atlassian, with further options of its command line.
 * Returns its addresses and credentials as the environment that app-config.sandbox.yaml reads.
 */
export function startSandbox(
  processes,
  env,
  port = SANDBOX_PORT,
  options = [],
) {
  return new Promise(resolve => {
    processes.start(
      'sandbox',
      'node',
      [
        join(root, 'packages', 'atlassian-sandbox', 'bin', 'sandbox.js'),
        '--port',
        String(port),
        ...options,
      ],
      {
        env,
        quiet: true,
        onLine: line => {
          if (!line.startsWith('{')) {
            console.log(`[sandbox] ${line}`);
            return;
          }
          const { url, siteUrl, apiUrl, authUrl, credentials } =
            JSON.parse(line);
          resolve({
            SANDBOX_URL: url,
            SANDBOX_SITE_URL: siteUrl,
            SANDBOX_API_URL: apiUrl,
            SANDBOX_AUTH_URL: authUrl,
            SANDBOX_CLIENT_ID: credentials.serviceAccount.clientId,
            SANDBOX_CLIENT_SECRET: credentials.serviceAccount.clientSecret,
            SANDBOX_CLOUD_ID: credentials.serviceAccount.cloudId,
            SANDBOX_ORGANIZATION_ID: credentials.organization.id,
            SANDBOX_ORGANIZATION_KEY: credentials.organization.apiKey,
            SANDBOX_OAUTH_CLIENT_ID: credentials.oauth.clientId,
            SANDBOX_OAUTH_CLIENT_SECRET: credentials.oauth.clientSecret,
          });
        },
      },
    );
  });
}
