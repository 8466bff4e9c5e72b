// SPDX-License-Identifier: Apache-2.0
import type { Access } from '../schemas/access';
import type { Attest, Attestation } from '../schemas/attestations';
import type { Changes, Consumer } from '../schemas/changes';
import type { Check, CheckRun, Finding, Trend } from '../schemas/checks';
import type { ControlsQuery, ControlStand } from '../schemas/controls';
import type {
  Account,
  AccountDetail,
  AccountGrant,
  Group,
  GroupDetail,
  GroupGrant,
  PageRecord,
  Space,
  SpaceDetail,
  SpaceGrant,
} from '../schemas/directory';
import type { ErasedAccount } from '../schemas/erasure';
import type {
  AssignFindings,
  FindingComment,
  RecheckAnswer,
} from '../schemas/findings';
import type { Page } from '../schemas/lists';
import type { TimelineEntry } from '../schemas/timeline';
import { ExceptionsClient } from './ExceptionsClient';
import type {
  AccountsQuery,
  ChecksQuery,
  FindingsQuery,
  GrantsQuery,
  GroupsQuery,
  MembersQuery,
  PagesQuery,
  SpacesQuery,
  TimelineQuery,
  TrendQuery,
} from './queries';
import { type CallOptions, path } from './Requests';

/**
 * Typed client of the plugin's HTTP API.
 *
 * @remarks
 * Every method throws a `ResponseError` when the backend does not answer with success.
 *
 * @public
 */
export class ConfluenceComplianceClient extends ExceptionsClient {
  /** Accounts seen in the sites. */
  listAccounts(
    query: AccountsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Account>> {
    return this.get('/accounts', query, options);
  }

  /** One account with the groups it is in. */
  getAccount(
    connection: string,
    accountId: string,
    query: { asOf?: string } = {},
    options?: CallOptions,
  ): Promise<AccountDetail> {
    return this.get(path`/accounts/${connection}/${accountId}`, query, options);
  }

  /** What an account can do, one row per space and path. */
  listAccountGrants(
    connection: string,
    accountId: string,
    query: GrantsQuery = {},
    options?: CallOptions,
  ): Promise<Page<AccountGrant>> {
    return this.get(
      path`/accounts/${connection}/${accountId}/access`,
      query,
      options,
    );
  }

  /** Erases the name and email of an account for good; asking again changes nothing. */
  eraseAccount(
    connection: string,
    accountId: string,
    body: { reason: string },
    options?: CallOptions,
  ): Promise<ErasedAccount> {
    return this.write(
      'POST',
      path`/accounts/${connection}/${accountId}/erase`,
      body,
      options,
    );
  }

  /** Groups of the sites. */
  listGroups(
    query: GroupsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Group>> {
    return this.get('/groups', query, options);
  }

  /** One group with how much of it was seen. */
  getGroup(
    connection: string,
    groupId: string,
    query: { asOf?: string } = {},
    options?: CallOptions,
  ): Promise<GroupDetail> {
    return this.get(path`/groups/${connection}/${groupId}`, query, options);
  }

  /** What a group can do, one row per space. */
  listGroupGrants(
    connection: string,
    groupId: string,
    query: GrantsQuery = {},
    options?: CallOptions,
  ): Promise<Page<GroupGrant>> {
    return this.get(
      path`/groups/${connection}/${groupId}/access`,
      query,
      options,
    );
  }

  /** Members of a group, those who are in it for longest first. */
  listGroupMembers(
    connection: string,
    groupId: string,
    query: MembersQuery = {},
    options?: CallOptions,
  ): Promise<Page<Account>> {
    return this.get(
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
    return this.get('/spaces', query, options);
  }

  /** One space, by its key, with who reaches it. */
  getSpace(
    connection: string,
    key: string,
    query: { asOf?: string } = {},
    options?: CallOptions,
  ): Promise<SpaceDetail> {
    return this.get(path`/spaces/${connection}/${key}`, query, options);
  }

  /** Who can do what in a space, one row per principal. */
  listSpaceGrants(
    connection: string,
    key: string,
    query: GrantsQuery = {},
    options?: CallOptions,
  ): Promise<Page<SpaceGrant>> {
    return this.get(path`/spaces/${connection}/${key}/access`, query, options);
  }

  /** What became of an account, newest first. */
  listAccountChanges(
    connection: string,
    accountId: string,
    query: TimelineQuery = {},
    options?: CallOptions,
  ): Promise<Page<TimelineEntry>> {
    return this.get(
      path`/accounts/${connection}/${accountId}/changes`,
      query,
      options,
    );
  }

  /** What became of a group, newest first. */
  listGroupChanges(
    connection: string,
    groupId: string,
    query: TimelineQuery = {},
    options?: CallOptions,
  ): Promise<Page<TimelineEntry>> {
    return this.get(
      path`/groups/${connection}/${groupId}/changes`,
      query,
      options,
    );
  }

  /** What became of a space, newest first. */
  listSpaceChanges(
    connection: string,
    key: string,
    query: TimelineQuery = {},
    options?: CallOptions,
  ): Promise<Page<TimelineEntry>> {
    return this.get(path`/spaces/${connection}/${key}/changes`, query, options);
  }

  /** Pages of the sites, without their bodies. */
  listPages(
    query: PagesQuery = {},
    options?: CallOptions,
  ): Promise<Page<PageRecord>> {
    return this.get('/pages', query, options);
  }

  /** The checks and where they stand. */
  listChecks(
    query: ChecksQuery = {},
    options?: CallOptions,
  ): Promise<Page<Check>> {
    return this.get('/checks', query, options);
  }

  /** One check and where it stands. */
  getCheck(id: string, options?: CallOptions): Promise<Check> {
    return this.get(path`/checks/${id}`, {}, options);
  }

  /** Asks for a run of a check, as soon as possible; answers it, or the one that runs already. */
  runCheck(id: string, options?: CallOptions): Promise<CheckRun> {
    return this.write('POST', path`/checks/${id}/run`, undefined, options);
  }

  /** What people attested of a check, the newest first. */
  listAttestations(
    id: string,
    options?: CallOptions,
  ): Promise<Page<Attestation>> {
    return this.get(path`/checks/${id}/attestations`, {}, options);
  }

  /** Attests a check that nothing can be read for. */
  attestCheck(
    id: string,
    attestation: Attest,
    options?: CallOptions,
  ): Promise<Attestation> {
    return this.write(
      'POST',
      path`/checks/${id}/attestations`,
      attestation,
      options,
    );
  }

  /** The controls that checks speak to and where they stand. */
  listControls(
    query: ControlsQuery = {},
    options?: CallOptions,
  ): Promise<Page<ControlStand>> {
    return this.get('/controls', query, options);
  }

  /** Verdicts that need somebody. */
  listFindings(
    query: FindingsQuery = {},
    options?: CallOptions,
  ): Promise<Page<Finding>> {
    return this.get('/findings', query, options);
  }

  /** Gives findings to somebody, or with `null` to nobody. */
  assignFindings(
    body: AssignFindings,
    options?: CallOptions,
  ): Promise<{ assigned: number }> {
    return this.write('POST', '/findings/assign', body, options);
  }

  /** Asks for a new look at a finding, as soon as possible. */
  recheckFinding(
    finding: string,
    options?: CallOptions,
  ): Promise<RecheckAnswer> {
    return this.write('POST', '/findings/recheck', { finding }, options);
  }

  /** What people wrote about a finding, oldest first. */
  listComments(
    finding: string,
    query: { cursor?: string; limit?: number } = {},
    options?: CallOptions,
  ): Promise<Page<FindingComment>> {
    return this.get(path`/findings/${finding}/comments`, query, options);
  }

  /** Writes something about a finding. */
  addComment(
    finding: string,
    body: { text: string },
    options?: CallOptions,
  ): Promise<FindingComment> {
    return this.write(
      'POST',
      path`/findings/${finding}/comments`,
      body,
      options,
    );
  }

  /** How many findings stood open on each day. */
  getTrend(query: TrendQuery = {}, options?: CallOptions): Promise<Trend> {
    return this.get('/findings/trend', query, options);
  }

  /** What a catalog card shows of one entity. */
  getAccess(entityRef: string, options?: CallOptions): Promise<Access> {
    return this.get('/access', { entityRef }, options);
  }

  /** For services named in the plugin's config only. */
  listChanges(
    query: { since?: string; limit?: number },
    options?: CallOptions,
  ): Promise<Changes> {
    return this.get('/changes', query, options);
  }

  /** Undefined when this consumer has never been here. */
  async getConsumer(
    id: string,
    options?: CallOptions,
  ): Promise<Consumer | undefined> {
    const { consumer } = await this.get<{ consumer?: Consumer }>(
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
    await this.request(path`/changes/consumers/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(consumer),
      signal: options?.signal,
    });
  }
}
