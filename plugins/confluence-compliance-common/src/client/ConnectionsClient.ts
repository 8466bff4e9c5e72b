// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Connection, ContainerReport } from '../schemas/connections';
import type {
  CompletedAuthorization,
  completeAuthorizationSchema,
  ConnectionSetup,
  ConnectionTest,
  CreateConnection,
  DeleteConnectionQuery,
  UpdateConnection,
  UserGroupChoices,
} from '../schemas/connectionSetup';
import type { Page } from '../schemas/lists';
import type { RefusedPage, Run } from '../schemas/runs';
import type { ContainersQuery, RefusedQuery, RunsQuery } from './queries';
import { PeopleClient } from './PeopleClient';
import { type CallOptions, path, withQuery } from './Requests';

/** The calls about connections and their runs. @public */
export class ConnectionsClient extends PeopleClient {
  /** The connected sites and what was read of them. */
  listConnections(options?: CallOptions): Promise<Page<Connection>> {
    return this.get('/connections', {}, options);
  }

  /** One connected site. */
  getConnection(id: string, options?: CallOptions): Promise<Connection> {
    return this.get(path`/connections/${id}`, {}, options);
  }

  /** What somebody needs to know to connect a site. */
  getConnectionSetup(options?: CallOptions): Promise<ConnectionSetup> {
    return this.get('/connection-setup', {}, options);
  }

  /** Makes a connection. It reads nothing until it is enabled. */
  createConnection(
    body: CreateConnection,
    options?: CallOptions,
  ): Promise<Connection> {
    return this.write('POST', '/connections', body, options);
  }

  /** Changes a connection; what is absent stays. */
  updateConnection(
    id: string,
    body: UpdateConnection,
    options?: CallOptions,
  ): Promise<Connection> {
    return this.write('PUT', path`/connections/${id}`, body, options);
  }

  /** Deletes a connection, and what is asked of what it brought. */
  async deleteConnection(
    id: string,
    query: DeleteConnectionQuery = {},
    options?: CallOptions,
  ): Promise<void> {
    await this.request(withQuery(path`/connections/${id}`, query), {
      method: 'DELETE',
      signal: options?.signal,
    });
  }

  /** Asks Atlassian what the credentials of a connection can read. */
  testConnection(id: string, options?: CallOptions): Promise<ConnectionTest> {
    return this.write(
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
    return this.write(
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
    return this.write('POST', path`/connections/${id}/complete`, body, options);
  }

  /** Groups of the site that can hold its population, asked of Confluence. */
  listUserGroupChoices(
    id: string,
    query: { search?: string } = {},
    options?: CallOptions,
  ): Promise<UserGroupChoices> {
    return this.get(path`/connections/${id}/user-groups`, query, options);
  }

  /** Containers that are not complete, or all of them. */
  listContainers(
    id: string,
    query: ContainersQuery = {},
    options?: CallOptions,
  ): Promise<Page<ContainerReport>> {
    return this.get(path`/connections/${id}/containers`, query, options);
  }

  /** Sync runs of a connection, newest first. */
  listRuns(
    id: string,
    query: RunsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Run>> {
    return this.get(path`/connections/${id}/runs`, query, options);
  }

  /** One sync run with its progress by dataset. */
  getRun(id: string, options?: CallOptions): Promise<Run> {
    return this.get(path`/runs/${id}`, {}, options);
  }

  /** Asks for a sync of every dataset, as soon as possible. */
  async syncNow(id: string, options?: CallOptions): Promise<void> {
    await this.request(path`/connections/${id}/sync`, {
      method: 'POST',
      signal: options?.signal,
    });
  }

  /** The rows that accepting a shrink would close. */
  listRefused(
    runId: string,
    query: RefusedQuery,
    options?: CallOptions,
  ): Promise<RefusedPage> {
    return this.get(path`/runs/${runId}/refused`, query, options);
  }

  /** Accepts a shrink that the guard refused. */
  acceptShrink(
    runId: string,
    body: { readId: string; reason: string },
    options?: CallOptions,
  ): Promise<Run> {
    return this.write('POST', path`/runs/${runId}/accept`, body, options);
  }
}
