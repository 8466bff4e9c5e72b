// SPDX-License-Identifier: Apache-2.0

/**
 * A backend with the catalog and our plugins, in a process of its own that dies for real: once our
 * plugin has sent statements that match the regular expressions of KILL_AFTER, a JSON array, one
 * after the other, the process sends itself SIGKILL where the next statement begins. With
 * KILL_WHEN_TOLD only statements after SIGUSR2 count.
 */
import { createBackend } from '@backstage/backend-defaults';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const killAfter: string[] = JSON.parse(process.env.KILL_AFTER || '[]');
let isArmed = !process.env.KILL_WHEN_TOLD;
process.on('SIGUSR2', () => {
  isArmed = true;
});

function armed(client: Knex, statements: RegExp[]): Knex {
  const waiting = [...statements];
  client.on('query', ({ sql }: { sql: string }) => {
    if (!isArmed) {
      return;
    }
    // SQLite has one connection: where a statement begins, the one before has been answered.
    if (waiting.length === 0) {
      process.kill(process.pid, 'SIGKILL');
    }
    if (waiting[0]?.test(sql)) {
      waiting.shift();
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
    if (!killAfter.length || plugin.getId() !== 'confluence-compliance') {
      return service;
    }
    const statements = killAfter.map(statement => new RegExp(statement));
    const client = service.getClient().then(knex => armed(knex, statements));
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
