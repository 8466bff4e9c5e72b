// SPDX-License-Identifier: Apache-2.0
import { DatabaseManager } from '@backstage/backend-defaults/database';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const PLUGIN = 'confluence-compliance';

let found: (client: Promise<Knex>) => void;
const client = new Promise<Knex>(resolve => {
  found = resolve;
});

/** The client of the measured plugin, once it has one. */
export const pluginClient = (): Promise<Knex> => client;

/** The database service of Backstage, which lets measurements share the client of the plugin. */
export const database = createServiceFactory({
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
    if (plugin.getId() === PLUGIN) {
      found(service.getClient());
    }
    return service;
  },
});
