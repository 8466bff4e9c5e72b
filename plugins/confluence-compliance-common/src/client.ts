// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import type { Access } from './schemas/access';
import type { Changes, Consumer } from './schemas/changes';
import type {
  Check,
  checksQuerySchema,
  Finding,
  findingsQuerySchema,
  Trend,
  trendQuerySchema,
} from './schemas/checks';
import type {
  Connection,
  ContainerReport,
  containersQuerySchema,
} from './schemas/connections';
import type {
  CompletedAuthorization,
  completeAuthorizationSchema,
  ConnectionSetup,
  ConnectionTest,
  CreateConnection,
  DeleteConnectionQuery,
  UpdateConnection,
  UserGroupChoices,
} from './schemas/connectionSetup';
import type { CriticalSystem } from './schemas/criticalSystems';
import type {
  Account,
  AccountDetail,
  AccountGrant,
  accountsQuerySchema,
  grantsQuerySchema,
  Group,
  groupsQuerySchema,
  membersQuerySchema,
  PageRecord,
  pagesQuerySchema,
  Space,
  SpaceDetail,
  SpaceGrant,
  spacesQuerySchema,
} from './schemas/directory';
import type { Page } from './schemas/lists';
import type { Policy } from './schemas/policies';
import type { Run, runsQuerySchema } from './schemas/runs';

/** Sends one request; `path` starts with a slash and is relative to the plugin's API. @public */
export type SendRequest = (
  path: string,
  init?: RequestInit,
) => Promise<Response>;

/** Options of one call. @public */
export interface CallOptions {
  signal?: AbortSignal;
}

type Query = Record<string, string | number | undefined>;

/** Parameters of the list of accounts. @public */
export type AccountsQuery = z.input<typeof accountsQuerySchema>;
/** Parameters of the list of groups. @public */
export type GroupsQuery = z.input<typeof groupsQuerySchema>;
/** Parameters of the list of spaces. @public */
export type SpacesQuery = z.input<typeof spacesQuerySchema>;
/** Parameters of the list of pages. @public */
export type PagesQuery = z.input<typeof pagesQuerySchema>;
/** Parameters of the list of findings. @public */
export type FindingsQuery = z.input<typeof findingsQuerySchema>;
/** Parameters of the list of checks. @public */
export type ChecksQuery = z.input<typeof checksQuerySchema>;
/** Parameters of the trend of findings. @public */
export type TrendQuery = z.input<typeof trendQuerySchema>;
/** Parameters of who can do what. @public */
export type GrantsQuery = z.input<typeof grantsQuerySchema>;
/** Parameters of the containers of a connection. @public */
export type ContainersQuery = z.input<typeof containersQuerySchema>;
/** Parameters of the runs of a connection. @public */
export type RunsQuery = z.input<typeof runsQuerySchema>;
/** Parameters of the members of a group. @public */
export type MembersQuery = z.input<typeof membersQuerySchema>;

/**
 * Typed client of the plugin's HTTP API.
 *
 * @remarks
 * Every method throws a `ResponseError` when the backend does not answer with success.
 *
 * @public
 */
export class ConfluenceComplianceClient {
  readonly #send: SendRequest;

  constructor(options: { send: SendRequest }) {
    this.#send = options.send;
  }

  /** The connected sites and what was read of them. */
  listConnections(options?: CallOptions): Promise<Page<Connection>> {
    return this.#get('/connections', {}, options);
  }

  /** One connected site. */
  getConnection(id: string, options?: CallOptions): Promise<Connection> {
    return this.#get(path`/connections/${id}`, {}, options);
  }

  /** What somebody needs to know to connect a site. */
  getConnectionSetup(options?: CallOptions): Promise<ConnectionSetup> {
    return this.#get('/connection-setup', {}, options);
  }

  /** Makes a connection. It reads nothing until it is enabled. */
  createConnection(
    body: CreateConnection,
    options?: CallOptions,
  ): Promise<Connection> {
    return this.#write('POST', '/connections', body, options);
  }

  /** Changes a connection; what is absent stays. */
  updateConnection(
    id: string,
    body: UpdateConnection,
    options?: CallOptions,
  ): Promise<Connection> {
    return this.#write('PUT', path`/connections/${id}`, body, options);
  }

  /** Deletes a connection, and what is asked of what it brought. */
  async deleteConnection(
    id: string,
    query: DeleteConnectionQuery = {},
    options?: CallOptions,
  ): Promise<void> {
    await this.#request(withQuery(path`/connections/${id}`, query), {
      method: 'DELETE',
      signal: options?.signal,
    });
  }

  /** Asks Atlassian what the credentials of a connection can read. */
  testConnection(id: string, options?: CallOptions): Promise<ConnectionTest> {
    return this.#write(
      'POST',
      path`/connections/${id}/test`,
      undefined,
      options,
    );
  }

  /** Where to send the person to grant access by OAuth. */
  authorizeConnection(
    id: string,
    options?: CallOptions,
  ): Promise<{ authorizeUrl: string }> {
    return this.#write(
      'POST',
      path`/connections/${id}/authorize`,
      undefined,
      options,
    );
  }

  /** Takes over what Atlassian sent the person back with. */
  completeAuthorization(
    id: string,
    body: z.input<typeof completeAuthorizationSchema>,
    options?: CallOptions,
  ): Promise<CompletedAuthorization> {
    return this.#write(
      'POST',
      path`/connections/${id}/complete`,
      body,
      options,
    );
  }

  /** Groups of the site that can hold its population, asked of Confluence. */
  listUserGroupChoices(
    id: string,
    query: { search?: string } = {},
    options?: CallOptions,
  ): Promise<UserGroupChoices> {
    return this.#get(path`/connections/${id}/user-groups`, query, options);
  }

  /** Containers that are not complete, or all of them. */
  listContainers(
    id: string,
    query: ContainersQuery = {},
    options?: CallOptions,
  ): Promise<Page<ContainerReport>> {
    return this.#get(path`/connections/${id}/containers`, query, options);
  }

  /** Sync runs of a connection, newest first. */
  listRuns(
    id: string,
    query: RunsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Run>> {
    return this.#get(path`/connections/${id}/runs`, query, options);
  }

  /** One sync run with its progress by dataset. */
  getRun(id: string, options?: CallOptions): Promise<Run> {
    return this.#get(path`/runs/${id}`, {}, options);
  }

  /** Asks for a sync of every dataset, as soon as possible. */
  async syncNow(id: string, options?: CallOptions): Promise<void> {
    await this.#request(path`/connections/${id}/sync`, {
      method: 'POST',
      signal: options?.signal,
    });
  }

  /** Accepts a shrink that the guard refused. */
  acceptShrink(
    runId: string,
    body: { readId: string; reason: string },
    options?: CallOptions,
  ): Promise<Run> {
    return this.#write('POST', path`/runs/${runId}/accept`, body, options);
  }

  /** Accounts seen in the sites. */
  listAccounts(
    query: AccountsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Account>> {
    return this.#get('/accounts', query, options);
  }

  /** One account with the groups it is in. */
  getAccount(
    connection: string,
    accountId: string,
    query: { asOf?: string } = {},
    options?: CallOptions,
  ): Promise<AccountDetail> {
    return this.#get(
      path`/accounts/${connection}/${accountId}`,
      query,
      options,
    );
  }

  /** What an account can do, one row per space and path. */
  listAccountGrants(
    connection: string,
    accountId: string,
    query: GrantsQuery = {},
    options?: CallOptions,
  ): Promise<Page<AccountGrant>> {
    return this.#get(
      path`/accounts/${connection}/${accountId}/access`,
      query,
      options,
    );
  }

  /** Groups of the sites. */
  listGroups(
    query: GroupsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Group>> {
    return this.#get('/groups', query, options);
  }

  /** Members of a group, in the order in which they were first seen. */
  listGroupMembers(
    connection: string,
    groupId: string,
    query: MembersQuery = {},
    options?: CallOptions,
  ): Promise<Page<Account>> {
    return this.#get(
      path`/groups/${connection}/${groupId}/members`,
      query,
      options,
    );
  }

  /** Spaces of the sites. */
  listSpaces(
    query: SpacesQuery = {},
    options?: CallOptions,
  ): Promise<Page<Space>> {
    return this.#get('/spaces', query, options);
  }

  /** One space, by its key, with who reaches it. */
  getSpace(
    connection: string,
    key: string,
    query: { asOf?: string } = {},
    options?: CallOptions,
  ): Promise<SpaceDetail> {
    return this.#get(path`/spaces/${connection}/${key}`, query, options);
  }

  /** Who can do what in a space, one row per principal. */
  listSpaceGrants(
    connection: string,
    key: string,
    query: GrantsQuery = {},
    options?: CallOptions,
  ): Promise<Page<SpaceGrant>> {
    return this.#get(path`/spaces/${connection}/${key}/access`, query, options);
  }

  /** Pages of the sites, without their bodies. */
  listPages(
    query: PagesQuery = {},
    options?: CallOptions,
  ): Promise<Page<PageRecord>> {
    return this.#get('/pages', query, options);
  }

  /** The checks and where they stand. */
  listChecks(
    query: ChecksQuery = {},
    options?: CallOptions,
  ): Promise<Page<Check>> {
    return this.#get('/checks', query, options);
  }

  /** One check and where it stands. */
  getCheck(id: string, options?: CallOptions): Promise<Check> {
    return this.#get(path`/checks/${id}`, {}, options);
  }

  /** Asks for a run of a check, as soon as possible. */
  async runCheck(id: string, options?: CallOptions): Promise<void> {
    await this.#request(path`/checks/${id}/run`, {
      method: 'POST',
      signal: options?.signal,
    });
  }

  /** Verdicts that need somebody. */
  listFindings(
    query: FindingsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Finding>> {
    return this.#get('/findings', query, options);
  }

  /** How many findings stood open on each day. */
  getTrend(query: TrendQuery = {}, options?: CallOptions): Promise<Trend> {
    return this.#get('/findings/trend', query, options);
  }

  /** What a catalog card shows of one entity. */
  getAccess(entityRef: string, options?: CallOptions): Promise<Access> {
    return this.#get('/access', { entityRef }, options);
  }

  /** Sites and spaces whose access must be reviewed. */
  listCriticalSystems(options?: CallOptions): Promise<Page<CriticalSystem>> {
    return this.#get('/critical-systems', {}, options);
  }

  /** Documents that the organization must have. */
  listPolicies(options?: CallOptions): Promise<Page<Policy>> {
    return this.#get('/policies', {}, options);
  }

  /** For services named in the plugin's config only. */
  listChanges(
    query: { since?: string; limit?: number },
    options?: CallOptions,
  ): Promise<Changes> {
    return this.#get('/changes', query, options);
  }

  /** Undefined when this consumer has never been here. */
  async getConsumer(
    id: string,
    options?: CallOptions,
  ): Promise<Consumer | undefined> {
    const { consumer } = await this.#get<{ consumer?: Consumer }>(
      path`/changes/consumers/${id}`,
      {},
      options,
    );
    return consumer;
  }

  /** Stores how far a consumer has come; without a position it starts from the beginning. */
  async saveConsumer(
    id: string,
    consumer: Consumer,
    options?: CallOptions,
  ): Promise<void> {
    await this.#request(path`/changes/consumers/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(consumer),
      signal: options?.signal,
    });
  }

  #get<T>(url: string, query: Query, options?: CallOptions): Promise<T> {
    return this.#json(withQuery(url, query), { signal: options?.signal });
  }

  #write<T>(
    method: 'POST' | 'PUT',
    url: string,
    body: unknown,
    options?: CallOptions,
  ): Promise<T> {
    return this.#json(url, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
      signal: options?.signal,
    });
  }

  async #json<T>(url: string, init: RequestInit): Promise<T> {
    const response = await this.#request(url, init);
    return (await response.json()) as T;
  }

  async #request(url: string, init: RequestInit): Promise<Response> {
    const response = await this.#send(url, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function withQuery(url: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      params.set(name, String(value));
    }
  }
  return params.size ? `${url}?${params}` : url;
}

function path(parts: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: parts }, ...values.map(encodeURIComponent));
}
