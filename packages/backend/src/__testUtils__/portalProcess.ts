// SPDX-License-Identifier: Apache-2.0

/**
 * A backend with the catalog and our plugins, in a process of its own that dies for real: when our
 * plugin gets the answer to a statement that matches the regular expression KILL_AT, the process
 * sends itself SIGKILL. With KILL_ROWS=1 only an answer that has rows counts.
 */
import { createBackend } from '@backstage/backend-defaults';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const { KILL_AT, KILL_ROWS } = process.env;

function armed(client: Knex, statement: RegExp): Knex {
  client.on('query-response', (response: unknown, { sql }: { sql: string }) => {
    const hasRows = Array.isArray(response) && response.length > 0;
    if (statement.test(sql) && (hasRows || KILL_ROWS !== '1')) {
      process.kill(process.pid, 'SIGKILL');
    }
  });
  return client;
}

const database = createServiceFactory({
  service: coreServices.database,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.lifecycle,
    logger: coreServices.logger,
    plugin: coreServices.pluginMetadata,
    rootLifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
  },
  async createRootContext({ config, rootLifecycle, rootLogger }) {
    return DatabaseManager.fromConfig(config, { rootLifecycle, rootLogger });
  },
  async factory({ plugin, lifecycle, logger }, manager) {
    const service = manager.forPlugin(plugin.getId(), { lifecycle, logger });
    if (!KILL_AT || plugin.getId() !== 'confluence-compliance') {
      return service;
    }
    const statement = new RegExp(KILL_AT);
    const client = service.getClient().then(knex => armed(knex, statement));
    return { ...service, getClient: () => client };
  },
});

const backend = createBackend();
backend.add(database);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import(
    '@confluence-compliance/backstage-plugin-catalog-backend-module-confluence'
  ),
);
backend.add(
  import(
    '@confluence-compliance/backstage-plugin-confluence-compliance-backend'
  ),
);
backend.start();
