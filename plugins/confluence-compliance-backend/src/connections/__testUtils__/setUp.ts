// SPDX-License-Identifier: Apache-2.0
import type { Sandbox } from '@confluence-compliance/atlassian-sandbox';
import type { CreateConnection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { createConnectionSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ComplianceConfig } from '../../config';
import { History } from '../../history';
import { Connections } from '../Connections';
import { ConnectionSetup } from '../ConnectionSetup';

export const SOMEBODY = 'user:default/bram.okafor';
export const CALLBACK_URL =
  'http://localhost:3000/confluence-compliance/connections/authorized';
export const KEY = { id: 'first', secret: new Uint8Array(32).fill(1) };

/** The connections room of one replica, against a sandbox. */
export async function setUpConnections(
  knex: Knex,
  sandbox: Sandbox,
  more: Partial<ComplianceConfig> = {},
) {
  const config = {
    atlassian: { authUrl: sandbox.authUrl, apiUrl: sandbox.apiUrl },
    allowedSites: ['127.0.0.1', 'localhost'],
    sealingKeys: [KEY],
    oauth: { ...sandbox.credentials.oauth, callbackUrl: CALLBACK_URL },
    connections: [],
    ...more,
  };
  const database = { getClient: async () => knex };
  const connections = await Connections.create({
    config,
    database,
    // What cannot be reached is not waited for.
    clientOptions: { sleep: async () => {}, random: () => 0 },
  });
  const history = await History.create({ database });
  const setup = new ConnectionSetup({ config, connections, history });
  const create = (entered: Partial<CreateConnection>) =>
    setup.settings.create(
      createConnectionSchema.parse({
        site: sandbox.secondSiteUrl,
        purposes: ['access-review', 'policy'],
        auth: [{ method: 'api-token', ...sandbox.credentials.apiToken }],
        adminConfirmed: true,
        ...entered,
      }),
      SOMEBODY,
    );
  /** What was made leaves nothing, since it has never begun. */
  const end = (id = 'localhost') =>
    setup.settings.end(
      id,
      { history: 'keep', entities: 'remove', revision: 0 },
      SOMEBODY,
    );
  return { config, connections, history, setup, create, end };
}

export type SetUp = Awaited<ReturnType<typeof setUpConnections>>;

/** Whether each dataset can be read. */
export function abilities(answer: {
  capabilities: Array<{ dataset: string; ability: string }>;
}) {
  return Object.fromEntries(
    answer.capabilities.map(({ dataset, ability }) => [dataset, ability]),
  );
}
