// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { notificationService } from '@backstage/plugin-notifications-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  confluenceComplianceChecksExtensionPoint,
  confluenceCompliancePeopleExtensionPoint,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { AccessReader } from './access';
import {
  acknowledgedMonths,
  CheckRegistry,
  Checks,
  connectionStateOf,
} from './checks';
import { readConfig } from './config';
import { Connections, ConnectionSetup } from './connections';
import { ConnectionUpkeep } from './ConnectionUpkeep';
import { CriticalSystems, Markings } from './critical-systems';
import { writeBack } from './database';
import { startFindingDigest } from './FindingDigest';
import { followPublishes } from './followPublishes';
import { CardReads, History, Lists, Lookups } from './history';
import { createCheckMetrics, observeExcepted, observeHistory } from './metrics';
import {
  AttestationNotices,
  ConnectionNotices,
  ExceptionNotices,
  MadeReviewNotices,
  ReviewNotices,
} from './notices';
import { FileSource, People, SourceRegistry } from './people';
import { registerPermissions } from './permissions';
import {
  AcknowledgementRows,
  Acknowledgements,
  ApprovalRows,
  Approvals,
  EditorReader,
  EditorRows,
  GroupReader,
  GroupRows,
  Mappings,
  Policies,
  remind,
  StructureReader,
  StructureRows,
} from './policies';
import { RetentionTask } from './RetentionTask';
import {
  MadeReviews,
  Reminders,
  Removals,
  ReviewFacts,
  Reviews,
  Templates,
} from './reviews';
import { createRouter } from './routes';
import { Sync } from './sync';

/**
 * The backend of Confluence Compliance: reads Confluence, keeps the history and checks it.
 *
 * @public
 */
export const confluenceCompliancePlugin = createBackendPlugin({
  pluginId: 'confluence-compliance',
  register(env) {
    const registry = CheckRegistry.create();
    env.registerExtensionPoint({
      extensionPoint: confluenceComplianceChecksExtensionPoint,
      factory: () => ({ addCheck: (...checks) => registry.add(...checks) }),
    });

    const sources = new SourceRegistry();
    env.registerExtensionPoint({
      extensionPoint: confluenceCompliancePeopleExtensionPoint,
      factory: () => ({ addSource: (...added) => sources.add(...added) }),
    });

    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        urlReader: coreServices.urlReader,
      },
      async init(deps) {
        const { database, logger, metrics, scheduler } = deps;
        const config = readConfig(deps.rootConfig);
        const history = await History.create({
          database,
          logger,
          pageSubjects: config.pageSubjects,
        });
        const catalog = {
          ...config.catalog,
          allPages: config.pageSubjects === 'all',
        };
        const connections = await Connections.create({
          config,
          database,
          logger,
        });
        const userGroups = () => connections.all();
        const organizations = () => connections.organizations();
        const lists = await Lists.create({
          database,
          catalog,
          // Each asks the other, and never before both are made.
          // eslint-disable-next-line @typescript-eslint/no-use-before-define
          critical: () => criticalSystems.places(),
          userGroups,
          organizations,
        });
        const lookups = await Lookups.create({
          database,
          catalog,
          organizations,
        });
        const setup = new ConnectionSetup({
          config,
          connections,
          history,
        });
        const reviewFacts = await ReviewFacts.create({
          database,
          history,
          organizations,
        });
        const markings = await Markings.create({ database, history });
        const criticalSystems: CriticalSystems = CriticalSystems.create({
          config,
          markings,
          reviews: reviewFacts,
          connections: () => connections.list(),
          lists,
          lookups,
        });
        const approvalRows = await ApprovalRows.create({ database });
        const structures = await StructureRows.create({ database });
        const editorRows = await EditorRows.create({ database });
        const acknowledgementRows = await AcknowledgementRows.create({
          database,
        });
        const policyGroups = await GroupRows.create({ database });
        const acknowledgements = new Acknowledgements({
          history,
          approvals: approvalRows,
          rows: acknowledgementRows,
          groups: policyGroups,
          months: acknowledgedMonths(config.checks),
        });
        const mappings = await Mappings.create({
          config,
          database,
          history,
          lookups,
          connections: () => connections.list(),
        });
        const labels = async () => [
          ...new Set([...config.labels, ...(await mappings.labels())]),
        ];
        const policies = Policies.create({
          config,
          connections: () => connections.list(),
          mappings,
          lookups,
          approvals: approvalRows,
          structures,
          editors: editorRows,
          acknowledgements,
        });
        const checks = await Checks.create({
          ...deps,
          config,
          history,
          lists,
          lookups,
          criticalSystems,
          policies,
          reviews: reviewFacts,
          registry,
          connections: () => connections.list().map(({ id }) => id),
          organizations,
          connectionState: connectionStateOf(connections, { labels }),
          metrics: createCheckMetrics(metrics),
        });
        // Whom checks judge may depend on what a connection names.
        connections.onChange(() => checks.afterPublish());
        for (const source of config.people) {
          if (source.source === 'file') {
            sources.add(new FileSource(source, deps.urlReader));
          }
        }
        const people = People.create({
          ...deps,
          config,
          sources,
          history,
          onChange: () => checks.afterPublish(),
        });
        const follow = await followPublishes({
          ...deps,
          config,
          history,
          people,
        });
        const sync = await Sync.create({
          config,
          labels,
          connections,
          history,
          scheduler,
          logger,
          metrics,
          onEnded: (id, report) => setup.tests.noteRun(id, report),
          onPublished: async () => {
            await follow();
            await checks.afterPublish();
          },
          onIdle: () => writeBack(connections.knex),
        });
        const cards = await CardReads.create({
          database,
          catalog,
          userGroups,
          organizations,
        });
        const access = AccessReader.create({
          ...deps,
          config,
          connections: () => connections.list(),
          history,
          lists,
          cards,
          lookups,
          checks,
          reviewsOf: accounts => reviewFacts.ofAccounts(accounts),
        });
        observeHistory({ metrics, lists });
        observeExcepted({ metrics, checks });
        const reviews = await Reviews.create({
          ...deps,
          config,
          history,
          lists,
          lookups,
          cards,
          organizations,
          systems: criticalSystems,
          severityOf: id => checks.severityOf(id),
        });
        const upkeep = new ConnectionUpkeep({
          ...deps,
          config,
          connections,
          history,
          sync,
          notices: new ConnectionNotices({ ...deps, connections }),
          onForget: async id => {
            await checks.notes.forget(id);
            await markings.forget(id);
            await mappings.forget(id);
            await checks.attestations.rows.forget(id);
            await reviews.forgetConnection(id);
          },
        });

        const reviewTemplates = await Templates.create({
          ...deps,
          config,
          history,
          reviews,
          systems: criticalSystems,
          connections: () => connections.list().map(({ id }) => id),
        });
        const reviewRemovals = await Removals.create({
          config,
          database,
          history,
          cards,
          organizations,
        });
        const retention = new RetentionTask({
          ...deps,
          config,
          retention: history.retention,
          pinned: () => reviews.pinned(),
          forgetRuns: before => checks.forgetRuns(before),
        });

        const groupReader = new GroupReader({
          ...deps,
          policies,
          rows: policyGroups,
          onRead: () => checks.afterChangeOf('policies'),
        });

        registerPermissions({ ...deps, connections, lists, reviews });
        deps.httpRouter.use(
          createRouter(
            {
              catalog: deps.catalog,
              config,
              history,
              lists,
              connections,
              setup,
              upkeep,
              people,
              sync,
              checks,
              access,
              criticalSystems,
              policies,
              mappings,
              groupReader,
              approvals: new Approvals({
                history,
                connections,
                rows: approvalRows,
              }),
              acknowledgements,
              remind: policy =>
                remind(
                  { ...deps, acknowledgements, rows: acknowledgementRows },
                  policy,
                ),
              reviews,
              reviewRemovals,
              reviewTemplates,
            },
            { ...deps, config },
          ),
        );
        deps.lifecycle.addShutdownHook(() => connections.close());

        await upkeep.start();
        await sync.start();
        await people.start();
        await checks.start();
        await reviews.start();
        await reviewTemplates.start();
        await new StructureReader({
          ...deps,
          config,
          history,
          policies,
          connections,
          rows: structures,
          onRead: () => checks.afterChangeOf('policies'),
        }).start();
        await new EditorReader({
          ...deps,
          config,
          history,
          policies,
          connections,
          rows: editorRows,
          onRead: () => checks.afterChangeOf('policies'),
        }).start();
        await groupReader.start();
        await startFindingDigest({ config, checks, scheduler });
        await retention.start();
        await new ExceptionNotices({ ...deps, history }).start();
        await new ReviewNotices({
          ...deps,
          reminders: await Reminders.create({ database }),
        }).start();
        await new MadeReviewNotices({
          ...deps,
          made: await MadeReviews.create({ database }),
        }).start();
        const { rows } = checks.attestations;
        await new AttestationNotices({ ...deps, rows }).start();
      },
    });
  },
});
