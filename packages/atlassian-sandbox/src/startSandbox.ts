// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';
import { Credentials, DEFAULT_SCOPES } from './auth/Credentials';
import { Changes } from './control/Changes';
import {
  ApiTokenArgs,
  ClientArgs,
  CredentialControl,
} from './control/CredentialControl';
import { createMeasuring } from './control/measuring';
import { OAuthControl } from './control/OAuthControl';
import { createControl } from './control/router';
import { Counters } from './Counters';
import { allEndpoints, nameOf } from './endpoints';
import { Faults } from './faults/Faults';
import { createApi, Parts } from './server';
import { Site, sitesAt } from './sites';
import { SpaceAccess, spaceAccess } from './world/access';
import { buildWorld, SizeName, WorldSize } from './world/generate';
import { RoleMode } from './world/types';
import { World } from './world/World';

/** @public */
export interface SandboxOptions {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number;
  /** A named size, or numbers that count the fixed company in. Default `demo`. */
  size?: SizeName | Partial<WorldSize>;
  /** Same seed, same world. Default 1. */
  seed?: number;
  /** Whether the spaces of the site give access by permissions, the default, or by roles. */
  roleMode?: RoleMode;
  /** The same for the second site. */
  secondRoleMode?: RoleMode;
  /** Milliseconds before every answer of the stand-in APIs. Default 0. */
  latencyMs?: number;
  /** The clock for changes and tokens. Default the machine's. */
  now?: () => Date;
}

/** Credentials that the sandbox issued when it started. @public */
export interface SandboxCredentials {
  /** Unscoped API token of an administrator; works on the site, sees what the administrator sees. */
  apiToken: { email: string; token: string };
  /** Scoped API token of the same administrator; works on the gateway only. */
  scopedApiToken: { email: string; token: string; cloudId: string };
  /** Service account; works on the gateway only, sees everything that is not hidden. */
  serviceAccount: { clientId: string; clientSecret: string; cloudId: string };
  /** A service account with the classic scopes of access-review products only. */
  classicServiceAccount: {
    clientId: string;
    clientSecret: string;
    cloudId: string;
  };
  /** The 3LO app; `authUrl` has its consent page, `oauth.authorize` does without. */
  oauth: { clientId: string; clientSecret: string };
  /** Key of the organization for the Admin API. */
  organization: { id: string; apiKey: string };
}

/** A running sandbox. @public */
export interface Sandbox {
  /** Address of the server; `siteUrl`, `apiUrl` and `authUrl` are the same, told apart by path. */
  url: string;
  /** Address of the site without `/wiki`. */
  siteUrl: string;
  /** Address of the second site of the organization; it shows the same world. */
  secondSiteUrl: string;
  secondCloudId: string;
  apiUrl: string;
  authUrl: string;
  credentials: SandboxCredentials;
  /** What stands on the site, with `people`, `whoCanSee` and `effectiveAccess`. */
  world: World;
  /**
   * What an account may do in a space, and by which ways, reckoned from the world itself and not from
   * any answer. The account is named by id, email or demo name, the space by key or id, the site by
   * cloud id: the first one when it is left out.
   */
  effectiveAccess(
    account: string,
    space: string,
    cloudId?: string,
  ): SpaceAccess[];
  /** Changes the world. */
  changes: Changes;
  faults: Faults;
  /** Counters of requests. */
  requests: Counters;
  /** Steers and counts what the 3LO app does. */
  oauth: OAuthControl;
  /** Another API token, by default of the administrator and without end. */
  issueApiToken(args?: ApiTokenArgs): { email: string; token: string };
  /** Ends an API token. */
  revokeToken(token: string): void;
  /** Another client for the client credentials flow, by default of the service account. */
  issueClient(args?: ClientArgs): { clientId: string; clientSecret: string };
  /** A new secret for a client or the 3LO app; the old one is refused. */
  rotateClient(clientId: string): { clientId: string; clientSecret: string };
  /** Another key of the organization. */
  issueOrganizationKey(args?: { scopes?: readonly string[] }): {
    id: string;
    apiKey: string;
  };
  /** Ends every key of the organization. */
  revokeOrganizationKeys(): void;
  /** Every secret issued so far. */
  secrets(): string[];
  /** Replaces the scopes of a client, for tokens already issued too. */
  setScopes(clientId: string, scopes: readonly string[]): void;
  /** Ends every access token now. */
  expireTokens(): void;
  /** Ends the server and every connection to it. */
  close(): Promise<void>;
}

const CLASSIC_SCOPES = ['read:confluence-user', 'read:confluence-groups'];

/** Starts a stand-in for Atlassian Cloud on 127.0.0.1. Rejects when the port is taken. @public */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const {
    port = 0,
    size = 'demo',
    seed = 1,
    latencyMs = 0,
    now = () => new Date(),
  } = options;
  const world = buildWorld(size, seed);
  const { roleMode = 'PRE_ROLES', secondRoleMode = 'PRE_ROLES' } = options;
  world.roleModes.set(world.cloudId, roleMode);
  world.roleModes.set(world.secondCloudId, secondRoleMode);
  const credentials = new Credentials(seed, now);
  const changes = new Changes(world, now);
  const endpoints = allEndpoints(credentials);
  const faults = new Faults(endpoints.map(nameOf));
  const counters = new Counters();
  let sites: readonly Site[] = [];
  const issuing = new CredentialControl(credentials, changes, world);
  const oauth = new OAuthControl(credentials.oauth, changes, () => sites);
  const parts: Parts = {
    world,
    credentials,
    issuing,
    oauth,
    changes,
    faults,
    counters,
    endpoints,
    latencyMs,
    now,
    sites: () => sites,
  };

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const measuring = createMeasuring(parts);
  app.use('/sandbox', measuring.routes, createControl(parts));
  app.use(measuring.record, createApi(parts));
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const [site, secondSite] = sitesAt(
    (server.address() as AddressInfo).port,
    world,
  );
  sites = [site, secondSite];
  const { url } = site;

  const { cloudId } = world;
  return {
    url,
    siteUrl: url,
    secondSiteUrl: secondSite.url,
    secondCloudId: secondSite.cloudId,
    apiUrl: url,
    authUrl: url,
    credentials: {
      apiToken: issuing.issueApiToken(),
      scopedApiToken: {
        ...issuing.issueApiToken({ scopes: DEFAULT_SCOPES }),
        cloudId,
      },
      serviceAccount: { ...issuing.issueClient(), cloudId },
      classicServiceAccount: {
        ...issuing.issueClient({ scopes: CLASSIC_SCOPES }),
        cloudId,
      },
      organization: issuing.issueOrganizationKey(),
      oauth: credentials.oauth.issueSecret(),
    },
    world,
    effectiveAccess: (account, space, at = cloudId) =>
      spaceAccess(
        changes.account(account),
        changes.space(space),
        world.roleModeOf(changes.site(at)),
      ),
    changes,
    faults,
    requests: counters,
    oauth,
    issueApiToken: args => issuing.issueApiToken(args),
    revokeToken: token => issuing.revokeToken(token),
    issueClient: args => issuing.issueClient(args),
    rotateClient: clientId => issuing.rotateClient(clientId),
    issueOrganizationKey: args => issuing.issueOrganizationKey(args),
    revokeOrganizationKeys: () => issuing.revokeOrganizationKeys(),
    secrets: () => credentials.secrets(),
    setScopes: (clientId, scopes) => credentials.setScopes(clientId, scopes),
    expireTokens: () => credentials.expireTokens(),
    close: () =>
      new Promise<void>(resolve => {
        faults.release();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
