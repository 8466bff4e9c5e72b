// SPDX-License-Identifier: Apache-2.0
import {
  BackendFeature,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { FakeConfluenceComplianceService } from '@confluence-compliance/backstage-plugin-confluence-compliance-node/testUtils';
import catalogModuleConfluence from '..';

/** What the catalog stores of an entity. */
export interface StoredState {
  unprocessedHash: string;
  discoveredAt: string;
  finalHash?: string;
}

/** A real catalog with our module on a feed in memory. */
export async function startCatalog(options?: {
  feed?: FakeConfluenceComplianceService;
  /** In place of parts of the block `confluenceCompliance.catalog`. */
  config?: JsonObject;
  rootConfig?: JsonObject;
  knex?: Knex;
  /** Entities of another provider. */
  others?: Entity[];
  features?: BackendFeature[];
}) {
  const feed = options?.feed ?? new FakeConfluenceComplianceService();
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const inside = await startInside(feed, logger, options);
  const { auth, catalog, database, scheduler } = inside;
  const knex = await database.getClient();

  async function entities(): Promise<Map<string, Entity>> {
    const { items } = await catalog.getEntities(undefined, {
      credentials: await auth.getOwnServiceCredentials(),
    });
    return new Map(items.map(item => [stringifyEntityRef(item), item]));
  }

  return {
    ...inside,
    feed,
    logger,
    knex,
    entities,
    tick: () => scheduler.triggerTask('confluence-follow-changes'),
    reconcile: async () => {
      await scheduler.triggerTask('confluence-request-reconciliation');
      await scheduler.triggerTask('confluence-follow-changes');
    },

    async entity(ref: string): Promise<Entity> {
      const found = (await entities()).get(ref);
      if (!found) {
        throw new Error(`There is no ${ref}`);
      }
      return found;
    },

    /** Refs of the entities in our namespace, once everything is processed and stitched. */
    async settle(): Promise<string[]> {
      for (;;) {
        const unfinished = await knex('refresh_state')
          .leftJoin(
            'final_entities',
            'final_entities.entity_id',
            'refresh_state.entity_id',
          )
          .whereNull('final_entities.final_entity')
          .orWhere('refresh_state.next_update_at', '<=', knex.fn.now())
          .select('refresh_state.entity_ref');
        const queued = await knex('stitch_queue').select('entity_ref');
        if (!unfinished.length && !queued.length) {
          const refs = [...(await entities()).keys()];
          return refs.filter(ref => ref.includes(':confluence/')).sort();
        }
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    },

    async stored(): Promise<Record<string, StoredState>> {
      const rows = await knex('refresh_state')
        .leftJoin(
          'final_entities',
          'final_entities.entity_id',
          'refresh_state.entity_id',
        )
        .select(
          'refresh_state.entity_ref as ref',
          'unprocessed_hash as unprocessedHash',
          'last_discovery_at as discoveredAt',
          'final_entities.hash as finalHash',
        );
      return Object.fromEntries(rows.map(({ ref, ...rest }) => [ref, rest]));
    },
  };
}

async function startInside(
  feed: FakeConfluenceComplianceService,
  logger: ReturnType<typeof mockServices.logger.mock>,
  options: Parameters<typeof startCatalog>[0],
) {
  const deps = {
    auth: coreServices.auth,
    catalog: catalogServiceRef,
    database: coreServices.database,
    scheduler: coreServices.scheduler,
  };
  let inside: { [K in keyof typeof deps]: (typeof deps)[K]['T'] } | undefined;
  const insider = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'insider',
    register(env) {
      env.registerInit({
        deps: { ...deps, processing: catalogProcessingExtensionPoint },
        async init({ processing, ...services }) {
          inside = services;
          processing.addEntityProvider({
            getProviderName: () => 'others',
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: (options?.others ?? []).map(entity => ({
                  entity: withLocation(entity),
                  locationKey: 'others',
                })),
              }),
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleConfluence,
      insider,
      feed.factory(),
      logger.factory,
      mockServices.rootConfig.factory({
        data: {
          ...options?.rootConfig,
          confluenceCompliance: {
            catalog: {
              owner: 'security',
              pages: { labels: ['policy'] },
              ...options?.config,
            },
          },
        },
      }),
      ...(options?.knex
        ? [mockServices.database.factory({ knex: options.knex })]
        : []),
      ...(options?.features ?? []),
    ],
  });
  if (!inside) {
    throw new Error('The backend did not start');
  }
  return { ...inside, server: backend.server, stop: () => backend.stop() };
}

function withLocation(entity: Entity): Entity {
  const location = `url:https://example.com/${entity.metadata.name}`;
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
      },
    },
  };
}
