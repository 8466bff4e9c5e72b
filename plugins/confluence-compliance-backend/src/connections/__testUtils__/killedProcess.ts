// SPDX-License-Identifier: Apache-2.0

/**
 * Asks for a token as a client does, tells whether it works, and then renews once more: between the
 * answer to that and its being stored the process kills itself.
 */
import { createOAuthApp } from '@confluence-compliance/atlassian-client';
import knexFactory, { type Knex } from 'knex';
import { Credentials } from '../Credentials';
import { Keyring } from '../Keyring';
import { OAuthTokens } from '../OAuthTokens';
import { say } from '../../__testUtils__/forkScript';

/** What the script gets. */
export interface KilledArgument {
  database: Knex.Config;
  connection: string;
  url: string;
  oauth: { clientId: string; clientSecret: string };
  key: { id: string; secret: number[] };
  claimMs: number;
}

/** What it says before it dies. */
export interface KilledMessage {
  isWorking: boolean;
}

async function isWorking(url: string, token: string): Promise<boolean> {
  const answer = await fetch(`${url}/oauth/token/accessible-resources`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.status === 200;
}

async function run(argument: KilledArgument): Promise<void> {
  const { connection, url, oauth, claimMs } = argument;
  const app = createOAuthApp({ ...oauth, authUrl: url, apiUrl: url });
  const keyring = new Keyring([
    { id: argument.key.id, secret: new Uint8Array(argument.key.secret) },
  ]);
  let isArmed = false;
  const tokens = new OAuthTokens({
    connection,
    credentials: new Credentials(knexFactory(argument.database), keyring),
    claimMs,
    app: {
      refresh: async request => {
        const grant = await app.refresh(request);
        if (isArmed) {
          process.kill(process.pid, 'SIGKILL');
          // The signal may take a moment: nothing may be stored in it.
          await new Promise(() => {});
        }
        return grant;
      },
    },
  });

  let token = await tokens.token();
  if (!(await isWorking(url, token))) {
    tokens.discard(token);
    token = await tokens.token();
  }
  const message: KilledMessage = { isWorking: await isWorking(url, token) };
  await say(message);
  isArmed = true;
  tokens.discard(token);
  await tokens.token();
}

run(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
