// SPDX-License-Identifier: Apache-2.0

/**
 * The connections of one replica: asks who it is, again and again, until it is told to end, and then
 * once more. Other errors than that of a token which ended on the way end it.
 */
import { CredentialRefusedError } from '@confluence-compliance/atlassian-client';
import knexFactory, { type Knex } from 'knex';
import type { ComplianceConfig } from '../../config';
import { Connections } from '../Connections';
import { say } from '../../__testUtils__/forkScript';

/** What the script gets. */
export interface ReplicaArgument {
  database: Knex.Config;
  connection: string;
  config: Pick<ComplianceConfig, 'allowedSites' | 'atlassian' | 'oauth'>;
  key: { id: string; secret: number[] };
  /** Questions at the same time. */
  askers: number;
}

/** What it says at its end. */
export interface ReplicaMessage {
  answered: number;
  /** Tokens that ended before Atlassian looked at them, twice in one question. */
  late: number;
  accountId: string;
}

async function run(argument: ReplicaArgument): Promise<void> {
  const { database, connection: id, config, key, askers } = argument;
  const knex = knexFactory(database);
  const connections = await Connections.create({
    config: {
      ...config,
      connections: [],
      sealingKeys: [{ id: key.id, secret: new Uint8Array(key.secret) }],
    },
    database: { getClient: async () => knex },
  });
  let isEnding = false;
  process.on('message', () => {
    isEnding = true;
  });
  const counts = { answered: 0, late: 0 };
  const ask = async () => {
    await connections.prepare(id);
    const { accountId } = await connections.clientFor(id).currentUser();
    counts.answered += 1;
    return accountId;
  };
  const asking = async () => {
    while (!isEnding) {
      await ask().catch(error => {
        // Those of this plugin extend it: that a person is needed is no matter of time.
        if (error.constructor !== CredentialRefusedError) {
          throw error;
        }
        counts.late += 1;
      });
    }
  };
  await Promise.all(Array.from({ length: askers }, asking));
  const message: ReplicaMessage = { accountId: await ask(), ...counts };
  await say(message);
  await connections.close();
  await knex.destroy();
  process.disconnect();
}

run(JSON.parse(process.argv[2])).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
