// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod';
import { auditRecordSchema } from './audit';
import type { CloudIdLookup } from './CloudIdLookup';
import type { ConfluenceClient } from './ConfluenceClient';
import type { ConfluenceWriter } from './ConfluenceWriter';
import type { Credential } from './credentials';
import {
  type Endpoint,
  endpointName,
  endpoints,
  type ListEndpoint,
  writeEndpoints,
} from './endpoints';
import {
  CredentialRefusedError,
  NotVisibleError,
  UpstreamError,
} from './errors';
import { type Answer, readTraceId } from './exchange';
import { explainNoAccess, explainWrongSite } from './failures';
import { positionOf, readListPage } from './lists';
import type { ClientStats } from './Meter';
import { describe } from './records';
import type {
  AuditListOptions,
  CallOptions,
  CountedListOptions,
  ListOptions,
  PageListOptions,
  RestrictionOptions,
  SpaceListOptions,
} from './options';
import {
  joinRestrictionParts,
  type RestrictionPart,
  restrictionPartSchema,
} from './restrictions';
import * as schemas from './schemas';
import { fillPath, type Query } from './site';
import {
  spaceRoleAssignmentSchema,
  spaceRoleModeSchema,
  spaceRoleSchema,
} from './spaceRoles';
import type { Ask, Transport } from './Transport';
import type { ListPage } from './types';

/** What the reader is wired to. */
export interface ReaderParts {
  site: string;
  apiUrl: string;
  transport: Transport;
  credential: Credential;
  lookup: CloudIdLookup;
  close(): Promise<void>;
}

interface Request {
  values?: Record<string, string>;
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  toFollow?: number;
  explain?: Ask['explain'];
  once?: Ask['once'];
  answersNothing?: Ask['answersNothing'];
}

const restrictionsExpand =
  'restrictions.read.restrictions.user,restrictions.read.restrictions.group';

/** The typed calls, over a transport that knows nothing of Confluence. */
export class ConfluenceReader implements ConfluenceClient, ConfluenceWriter {
  readonly site: string;
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.site = parts.site;
    this.#parts = parts;
  }

  async currentUser({ signal }: CallOptions = {}) {
    const endpoint = endpoints.currentUser;
    const answer = await this.#ask(endpoint, {
      signal,
      explain: bad =>
        explainNoAccess(endpoint, bad) ?? explainWrongSite(endpoint, bad),
    });
    if (isAnonymous(answer.json)) {
      // A site open to the public takes a wrong credential for a visitor.
      throw new CredentialRefusedError('unauthenticated', {
        endpoint: endpointName(endpoint),
        traceId: readTraceId(answer.headers),
      });
    }
    return this.#record(endpoint, answer, schemas.userSchema);
  }

  async cloudId({ signal }: CallOptions = {}) {
    return this.#parts.lookup.cloudId(signal);
  }

  async systemInfo({ signal }: CallOptions = {}) {
    const endpoint = endpoints.systemInfo;
    const answer = await this.#ask(endpoint, { signal });
    return this.#record(endpoint, answer, schemas.systemInfoSchema);
  }

  async groups(options: ListOptions = {}) {
    return this.#list(endpoints.groups, options, schemas.groupSchema);
  }

  async groupById(groupId: string, { signal }: CallOptions = {}) {
    const endpoint = endpoints.groupById;
    const answer = await this.#ask(endpoint, {
      query: { id: readId(groupId, 'groupId') },
      signal,
    });
    return this.#record(endpoint, answer, schemas.groupSchema);
  }

  async groupMembers(groupId: string, options: CountedListOptions = {}) {
    const { total, ...list } = options;
    return this.#list(endpoints.groupMembers, list, schemas.userSchema, {
      values: { groupId },
      query: { shouldReturnTotalSize: total || undefined },
    });
  }

  async memberOf(accountId: string, options: ListOptions = {}) {
    return this.#list(endpoints.memberOf, options, schemas.groupSchema, {
      query: { accountId: readId(accountId, 'accountId') },
    });
  }

  async removeGroupMember(
    groupId: string,
    accountId: string,
    { signal }: CallOptions = {},
  ) {
    await this.#ask(writeEndpoints.removeGroupMember, {
      query: {
        groupId: readId(groupId, 'groupId'),
        accountId: readId(accountId, 'accountId'),
      },
      signal,
      once: true,
      answersNothing: true,
    });
  }

  async removeSpacePermission(
    spaceKey: string,
    permissionId: string,
    { signal }: CallOptions = {},
  ) {
    if (!/^\d{1,19}$/.test(permissionId)) {
      throw new TypeError('permissionId must be a number of at most 19 digits');
    }
    await this.#ask(writeEndpoints.removeSpacePermission, {
      values: { spaceKey, permissionId },
      signal,
      once: true,
      answersNothing: true,
    });
  }

  async removeSpaceRole(
    spaceId: string,
    accountId: string,
    { signal }: CallOptions = {},
  ) {
    const principalId = readId(accountId, 'accountId');
    await this.#ask(writeEndpoints.removeSpaceRole, {
      values: { spaceId },
      // Without a role in it, the one that is there is taken away.
      body: [{ principal: { principalType: 'USER', principalId } }],
      signal,
      once: true,
    });
  }

  async searchUsers(options: ListOptions = {}) {
    return this.#list(endpoints.searchUsers, options, schemas.userHitSchema, {
      query: { cql: 'type=user', sitePermissionTypeFilter: 'all' },
    });
  }

  async usersBulk(accountIds: readonly string[], options: CallOptions = {}) {
    if (accountIds.length > 250) {
      throw new TypeError('accountIds must be at most 250 ids');
    }
    if (accountIds.length === 0) {
      return { items: [], malformed: [] };
    }
    const endpoint = endpoints.usersBulk;
    const answer = await this.#ask(endpoint, {
      body: { accountIds },
      ...options,
    });
    const { next, ...page } = readListPage(
      endpoint,
      { limit: endpoint.limit },
      answer,
      schemas.userSchema,
    );
    if (next !== undefined) {
      throw new UpstreamError('invalid-response', {
        endpoint: endpointName(endpoint),
        traceId: readTraceId(answer.headers),
        reason: 'a list by ids that goes on',
      });
    }
    return page;
  }

  async spaces({ status, ...options }: SpaceListOptions = {}) {
    return this.#list(endpoints.spaces, options, schemas.spaceSchema, {
      query: { status },
    });
  }

  async space(spaceId: string, { signal }: CallOptions = {}) {
    const endpoint = endpoints.space;
    const answer = await this.#ask(endpoint, { values: { spaceId }, signal });
    return this.#record(endpoint, answer, schemas.spaceSchema);
  }

  async spaceWithPermissions(spaceId: string, { signal }: CallOptions = {}) {
    const endpoint = endpoints.space;
    const answer = await this.#ask(endpoint, {
      values: { spaceId },
      query: { 'include-permissions': 'true' },
      signal,
    });
    return this.#record(endpoint, answer, schemas.spaceWithPermissionsSchema);
  }

  async spacePermissions(spaceId: string, options: ListOptions = {}) {
    return this.#list(
      endpoints.spacePermissions,
      options,
      schemas.spacePermissionSchema,
      { values: { spaceId } },
    );
  }

  async spaceRoleMode({ signal }: CallOptions = {}) {
    const endpoint = endpoints.spaceRoleMode;
    const answer = await this.#ask(endpoint, { signal });
    return this.#record(endpoint, answer, spaceRoleModeSchema);
  }

  async spaceRoles(options: ListOptions = {}) {
    return this.#list(endpoints.spaceRoles, options, spaceRoleSchema);
  }

  async spaceRoleAssignments(spaceId: string, options: ListOptions = {}) {
    return this.#list(
      endpoints.spaceRoleAssignments,
      options,
      spaceRoleAssignmentSchema,
      { values: { spaceId } },
    );
  }

  async pagesInSpace(spaceId: string, options: PageListOptions = {}) {
    const { status, sort, ...list } = options;
    return this.#list(endpoints.spacePages, list, schemas.pageSchema, {
      values: { spaceId },
      query: { status, sort },
    });
  }

  async pages(options: PageListOptions = {}) {
    const { status, sort = '-modified-date', ...list } = options;
    return this.#list(endpoints.pages, list, schemas.pageSchema, {
      query: { status, sort },
    });
  }

  async page(pageId: string, { signal }: CallOptions = {}) {
    const endpoint = endpoints.page;
    const answer = await this.#ask(endpoint, {
      values: { pageId },
      query: { status: ['current', 'archived', 'trashed', 'deleted'] },
      signal,
    });
    return this.#record(endpoint, answer, schemas.pageSchema);
  }

  async pageText(
    pageId: string,
    { signal, version }: CallOptions & { version?: number } = {},
  ) {
    const endpoint = endpoints.page;
    const answer = await this.#ask(endpoint, {
      values: { pageId },
      query: { 'body-format': 'storage', version },
      signal,
    });
    return this.#record(endpoint, answer, schemas.pageTextSchema);
  }

  async pageLabels(pageId: string, options: ListOptions = {}) {
    return this.#list(endpoints.pageLabels, options, schemas.labelSchema, {
      values: { pageId },
    });
  }

  async contentByLabel(label: string, options: ListOptions = {}) {
    return this.#list(
      endpoints.contentSearch,
      options,
      schemas.labelledPageSchema,
      {
        query: {
          cql: `label=${quote(label)} and type=page`,
          expand: `space,version,ancestors,${restrictionsExpand}`,
        },
      },
    );
  }

  async contentByIds(ids: readonly string[], options: ListOptions = {}) {
    const endpoint = endpoints.contentSearch;
    if (ids.length === 0 || ids.length > endpoint.limit) {
      throw new TypeError(`ids must be 1 to ${endpoint.limit} ids`);
    }
    if (!ids.every(id => /^\d{1,20}$/.test(id))) {
      throw new TypeError('ids must be numbers of at most 20 digits');
    }
    return this.#list(endpoint, options, schemas.foundContentSchema, {
      query: { cql: `id in (${ids.join(',')})`, expand: restrictionsExpand },
    });
  }

  async contentRestriction(
    contentId: string,
    { operation = 'read', signal }: RestrictionOptions = {},
  ) {
    const endpoint = endpoints.restriction;
    const limit = 200;
    const parts: RestrictionPart[] = [];
    // Accounts and groups are cut at the same position, so one position reads on in both.
    for (let start = 0; start < 50 * limit; start += limit) {
      const answer = await this.#ask(endpoint, {
        values: { contentId, operation },
        query: { expand: 'restrictions.user,restrictions.group', start, limit },
        signal,
      });
      const part = this.#record(endpoint, answer, restrictionPartSchema);
      parts.push(part);
      if (!part.full) {
        break;
      }
    }
    return joinRestrictionParts(parts);
  }

  async contentExists(contentId: string, { signal }: CallOptions = {}) {
    for (const status of ['current', 'archived']) {
      try {
        await this.#ask(endpoints.contentState, {
          values: { contentId },
          query: { status },
          signal,
        });
        return true;
      } catch (error) {
        if (
          error instanceof CredentialRefusedError &&
          error.reason === 'forbidden'
        ) {
          return true;
        }
        if (!(error instanceof NotVisibleError)) {
          throw error;
        }
      }
    }
    return false;
  }

  async auditRecords(options: AuditListOptions = {}) {
    const query = {
      startDate: readMoment(options.from, 'from'),
      endDate: readMoment(options.to, 'to'),
    };
    return this.#list(endpoints.audit, options, auditRecordSchema, { query });
  }

  stats(): ClientStats {
    return this.#parts.transport.stats();
  }

  async close() {
    await this.#parts.close();
  }

  async #ask(endpoint: Endpoint, request: Request): Promise<Answer> {
    const { site, apiUrl, transport, credential, lookup } = this.#parts;
    const { values, query, ...rest } = request;
    const path = fillPath(endpoint.path, values);
    const base =
      credential.route === 'site'
        ? `${site}/wiki`
        : `${apiUrl}/ex/confluence/${await lookup.cloudId(rest.signal)}/wiki`;
    return transport.ask({
      endpoint,
      base,
      path,
      query,
      credential,
      ...rest,
    });
  }

  async #list<T>(
    endpoint: ListEndpoint,
    options: ListOptions,
    schema: z.ZodType<T>,
    request: Pick<Request, 'values' | 'query'> = {},
  ): Promise<ListPage<T>> {
    const { cursor, limit = endpoint.limit, signal, toFollow } = options;
    const position = positionOf(cursor, endpoint.style);
    const answer = await this.#ask(endpoint, {
      values: request.values,
      query: { ...request.query, limit, ...position },
      signal,
      toFollow,
    });
    return readListPage(endpoint, { cursor, limit }, answer, schema);
  }

  #record<T>(endpoint: Endpoint, answer: Answer, schema: z.ZodType<T>): T {
    const parsed = schema.safeParse(answer.json);
    if (!parsed.success) {
      throw new UpstreamError('invalid-response', {
        endpoint: endpointName(endpoint),
        traceId: readTraceId(answer.headers),
        reason: describe(parsed.error),
      });
    }
    return parsed.data;
  }
}

function isAnonymous(json: unknown): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    'type' in json &&
    json.type === 'anonymous'
  );
}

function readId(value: string, name: string): string {
  if (!value || value.length > 255) {
    throw new TypeError(`${name} must be an id of 1 to 255 characters`);
  }
  return value;
}

/** A text as CQL writes it. */
function quote(text: string): string {
  if (!text || text.length > 255) {
    throw new TypeError('label must be a text of 1 to 255 characters');
  }
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A moment as the audit log takes it: milliseconds since the epoch. */
function readMoment(value: string | undefined, name: string) {
  const ms = value === undefined ? undefined : Date.parse(value);
  if (Number.isNaN(ms)) {
    throw new TypeError(`${name} must be a time in ISO 8601`);
  }
  return ms;
}
