// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  BackendFeature,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  coreServices,
  createBackendModule,
  createServiceFactory,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Sandbox } from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import request from 'supertest';
import confluenceCompliancePlugin from '..';
import { type AuditedEvent, collectEvents, collectLogs } from './recorders';

/** A key for tests. */
export const SEALING_KEY = {
  id: 'first',
  secret: Buffer.alloc(32, 7).toString('base64'),
};

/** The configuration that connects the plugin to a sandbox. */
export function sandboxConfig(sandbox: Sandbox, more: object = {}) {
  const { clientId, clientSecret } = sandbox.credentials.serviceAccount;
  return {
    permission: { enabled: true },
    confluenceCompliance: {
      atlassian: { authUrl: sandbox.authUrl, apiUrl: sandbox.apiUrl },
      allowedSites: ['127.0.0.1', 'localhost'],
      secrets: { keys: [SEALING_KEY] },
      services: [
        {
          subject: 'plugin:catalog',
          permissions: ['confluence-compliance.changes.read'],
        },
      ],
      connections: [
        {
          id: 'northwind',
          title: 'Northwind Confluence',
          site: sandbox.siteUrl,
          owner: 'group:default/security',
          purposes: ['access-review', 'policy'],
          auth: [{ method: 'service-account', clientId, clientSecret }],
        },
      ],
      catalog: {
        owner: 'group:default/security',
        pages: { labels: ['policy'] },
      },
      ...more,
    },
  };
}

const departed: Record<string, string> = {
  'atlassian.net/employment-status': 'departed',
  'atlassian.net/employment-end': '2025-01-31',
};

/** The people of the sandbox's company as entities of the catalog. */
export function peopleOf(sandbox: Sandbox): Entity[] {
  return sandbox.world.people.map(person => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: person.name,
      namespace: 'default',
      annotations: person.employment === 'departed' ? departed : {},
    },
    spec: {
      profile: { displayName: person.displayName, email: person.email },
      memberOf: [],
    },
  }));
}

/** Users of the catalog who are nobody in Confluence. */
export function users(...names: string[]): Entity[] {
  return names.map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf: [] },
  }));
}

/** The mock forgets that a service asks on behalf of a user, which the permission backend must know. */
const actors = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const mock = mockServices.httpAuth({ pluginId: plugin.getId() });
    const credentials: HttpAuthService['credentials'] = async (
      incoming,
      options,
    ) => {
      const known = await mock.credentials(incoming, options);
      const principal = known.principal as
        | BackstageUserPrincipal
        | BackstageServicePrincipal;
      const byService = incoming.headers.authorization?.includes('-service-');
      return byService && principal.type === 'user'
        ? (mockCredentials.user(principal.userEntityRef, {
            actor: { subject: 'plugin:confluence-compliance' },
          }) as typeof known)
        : known;
    };
    return {
      credentials,
      issueUserCookie: (response, options) =>
        mock.issueUserCookie(response, options),
    };
  },
});

/** The permission framework as a portal has it. */
function decidedBy(policy: PermissionPolicy): BackendFeature[] {
  const policyModule = createBackendModule({
    pluginId: 'permission',
    moduleId: 'policy',
    register(env) {
      env.registerInit({
        deps: { extension: policyExtensionPoint },
        async init({ extension }) {
          extension.setPolicy(policy);
        },
      });
    },
  });
  return [permissionPlugin, policyModule, permissionsServiceFactory, actors];
}

/** Starts the plugin as a portal would, with tasks that run when they are told to. */
export async function startPlugin(options: {
  config: object;
  entities?: Entity[];
  permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  /** In place of one answer for everybody: the permission backend, with this policy. */
  policy?: PermissionPolicy;
  /** Modules besides the plugin. */
  features?: BackendFeature[];
  /** A database that others share; else one of its own. */
  knex?: Knex;
}) {
  const {
    config,
    entities = [],
    features = [],
    permission = AuthorizeResult.ALLOW,
    policy,
    knex,
  } = options;
  const logs: string[] = [];
  const answers: string[] = [];
  const events: AuditedEvent[] = [];
  const audited: string[] = [];
  const scheduler = mockServices.scheduler();
  const schedule = scheduler.scheduleTask.bind(scheduler);
  scheduler.scheduleTask = task =>
    schedule({
      ...task,
      fn: async signal => {
        try {
          await task.fn(signal);
        } catch (error) {
          // The scheduler of a portal logs what a task throws; the mock forgets it.
          logs.push(inspect(error, { depth: 9 }));
          throw error;
        }
      },
    });
  const backend = await startTestBackend({
    features: [
      confluenceCompliancePlugin,
      ...features,
      ...(knex
        ? [
            createServiceFactory({
              service: coreServices.database,
              deps: {},
              factory: () => ({ getClient: async () => knex }),
            }),
          ]
        : []),
      mockServices.rootConfig.factory({ data: config as never }),
      ...(policy
        ? decidedBy(policy)
        : [mockServices.permissions.factory({ result: permission })]),
      catalogServiceMock.factory({ entities }),
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => collectLogs(logs),
      }),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => collectEvents(events, audited),
      }),
    ],
  });

  /** Sends one request; without a header it is a user's. */
  async function call(
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    {
      as = mockCredentials.user.header(),
      body,
      type = 'json',
    }: CallOptions = {},
  ) {
    const sending = request(backend.server)
      [method](`/api/confluence-compliance${path}`)
      .set('authorization', as);
    const answer = await (body === undefined
      ? sending
      : sending.type(type).send(body as object));
    answers.push(JSON.stringify([answer.headers, answer.text]));
    return answer;
  }

  return {
    call,
    scheduler,
    logs,
    answers,
    events,
    /** Everything that audit events were given. */
    audited,
    stop: () => backend.stop(),
  };
}

interface CallOptions {
  as?: string;
  body?: unknown;
  /** What the body is called; `json` unless it is said. */
  type?: string;
}

/** The header of a service such as `plugin:catalog`. */
export function asService(subject: string): string {
  return mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'confluence-compliance',
  });
}
