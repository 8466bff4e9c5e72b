// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import {
  confluenceCatalogTransformersExtensionPoint,
  confluenceComplianceServiceRef,
  ConfluenceTransformers,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { AccountRelationsProcessor } from './AccountRelationsProcessor';
import { CatalogView } from './CatalogView';
import { Ceilings } from './Ceilings';
import { readCatalogOptions } from './config';
import { ConfluenceProvider } from './ConfluenceProvider';
import { EntityMaker } from './EntityMaker';
import { FeedFollower } from './FeedFollower';
import { createFingerprint } from './fingerprint';
import { isOpen } from './nameFilter';
import { SubjectWriter } from './SubjectWriter';

/**
 * Puts sites, spaces, accounts, groups and pages of Confluence into the catalog.
 *
 * @public
 */
export const catalogModuleConfluence = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'confluence',
  register(env) {
    let transformers: ConfluenceTransformers | undefined;
    env.registerExtensionPoint(confluenceCatalogTransformersExtensionPoint, {
      setTransformers(set) {
        if (transformers) {
          throw new ConflictError('Confluence transformers were already set');
        }
        transformers = set;
      },
    });

    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
        service: confluenceComplianceServiceRef,
      },
      async init({ auth, catalog, config, logger, ...deps }) {
        const options = readCatalogOptions(config);
        const { namespace, ceilings, groups } = options.entities;
        const view = new CatalogView({ auth, catalog });
        const writer = new SubjectWriter({
          view,
          maker: new EntityMaker(options.entities, transformers),
          logger,
          ceilings: new Ceilings(ceilings, logger),
          namespace,
          selectsGroups: !isOpen(groups) || Boolean(transformers?.group),
        });
        const follower = new FeedFollower({
          service: deps.service,
          auth,
          logger,
          view,
          writer,
          fingerprint: createFingerprint(
            options.entities,
            transformers?.version,
          ),
        });
        const { processing, scheduler } = deps;
        processing.addProcessor(new AccountRelationsProcessor({ namespace }));
        processing.addEntityProvider(
          new ConfluenceProvider({ follower, scheduler, options }),
        );
      },
    });
  },
});
