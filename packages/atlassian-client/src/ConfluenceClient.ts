// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceAuditRecord } from './audit';
import type { ClientStats } from './Meter';
import type {
  AuditListOptions,
  CallOptions,
  CountedListOptions,
  ListOptions,
  PageListOptions,
  RestrictionOptions,
  SpaceListOptions,
} from './options';
import type { SpaceRole, SpaceRoleAssignment } from './spaceRoles';
import type {
  ConfluenceGroup,
  ConfluenceLabel,
  ConfluencePage,
  ConfluencePageText,
  ConfluenceSpace,
  ConfluenceSystemInfo,
  ConfluenceUser,
  FoundContent,
  LabelledPage,
  ListPage,
  ReadRestriction,
  SpacePermission,
  SpaceWithPermissions,
} from './types';

/**
 * Reads one Confluence Cloud site. Every list call gives one page and the cursor of the next; see
 * {@link listPages}. All calls throw the errors of this package ({@link AtlassianError}), a
 * TypeError for an argument that cannot be right, and the reason of an aborted signal.
 *
 * @public
 */
export interface ConfluenceClient {
  /** Origin of the site, such as `https://acme.atlassian.net`. */
  readonly site: string;

  /**
   * The account of the credential: the test of a connection.
   *
   * @throws {@link NoProductAccessError} when the account has no access to Confluence
   * @throws {@link WrongSiteError} when this is no Confluence site, or not one of this credential
   */
  currentUser(options?: CallOptions): Promise<ConfluenceUser>;
  /**
   * Atlassian's id of the site: configured, or looked up once and kept.
   *
   * @throws {@link WrongSiteError} when this is no Confluence site, or not one of this credential
   */
  cloudId(options?: CallOptions): Promise<string>;
  /** Facts about the site; needs a scope of its own. */
  systemInfo(options?: CallOptions): Promise<ConfluenceSystemInfo>;

  /** All groups, 200 a page. It can take half a minute where the organization is large. */
  groups(options?: ListOptions): Promise<ListPage<ConfluenceGroup>>;
  /** One group. */
  groupById(groupId: string, options?: CallOptions): Promise<ConfluenceGroup>;
  /**
   * Members of a group, at most 200 a page. An unknown group answers an empty page. The list is
   * paged by position: when somebody leaves meanwhile, a member can be missed, so compare `total`
   * with the distinct accounts.
   */
  groupMembers(
    groupId: string,
    options?: CountedListOptions,
  ): Promise<ListPage<ConfluenceUser>>;
  /** The groups of an account. */
  memberOf(
    accountId: string,
    options?: ListOptions,
  ): Promise<ListPage<ConfluenceGroup>>;

  /** Accounts the user search knows, guests included. Confluence stops at 10 000. */
  searchUsers(options?: ListOptions): Promise<ListPage<ConfluenceUser>>;
  /**
   * Accounts by id with their status, in one request.
   *
   * @param accountIds - at most 250; unknown ones are missing in the answer
   */
  usersBulk(
    accountIds: readonly string[],
    options?: CallOptions,
  ): Promise<ListPage<ConfluenceUser>>;

  /** Spaces the account may see, at most 250 a page. */
  spaces(options?: SpaceListOptions): Promise<ListPage<ConfluenceSpace>>;
  /** One space. */
  space(spaceId: string, options?: CallOptions): Promise<ConfluenceSpace>;

  /** One space with the first 50 of its permissions, the look that does not depend on their list. */
  spaceWithPermissions(
    spaceId: string,
    options?: CallOptions,
  ): Promise<SpaceWithPermissions>;
  /** Who may do what in a space, one record per principal and operation, at most 250 a page. */
  spacePermissions(
    spaceId: string,
    options?: ListOptions,
  ): Promise<ListPage<SpacePermission>>;

  /**
   * Whether the spaces of the site give access by roles: `PRE_ROLES` (by permissions), `ROLES`,
   * `ROLES_TRANSITION` (from one to the other), or something new.
   *
   * @throws {@link NotVisibleError} also where the site knows nothing of roles
   */
  spaceRoleMode(options?: CallOptions): Promise<string>;
  /**
   * The roles that can be given in the spaces of the site, at most 250 a page.
   *
   * @throws {@link NotVisibleError} also where the site has no roles, whatever its mode says
   */
  spaceRoles(options?: ListOptions): Promise<ListPage<SpaceRole>>;
  /**
   * Who has which role in a space, at most 250 a page. What a role allows, {@link ConfluenceClient.spaceRoles}
   * says.
   *
   * @throws {@link NotVisibleError} also where the site has no roles, whatever its mode says
   */
  spaceRoleAssignments(
    spaceId: string,
    options?: ListOptions,
  ): Promise<ListPage<SpaceRoleAssignment>>;

  /** Pages of a space, at most 250 a page. */
  pagesInSpace(
    spaceId: string,
    options?: PageListOptions,
  ): Promise<ListPage<ConfluencePage>>;
  /** Pages of the whole site, last modified first unless `sort` says otherwise. */
  pages(options?: PageListOptions): Promise<ListPage<ConfluencePage>>;
  /** One page, in whatever state it is. */
  page(pageId: string, options?: CallOptions): Promise<ConfluencePage>;
  /** What stands on a page, which is current: on its present version, or on an earlier one. */
  pageText(
    pageId: string,
    options?: CallOptions & { version?: number },
  ): Promise<ConfluencePageText>;
  /** Labels of a page. */
  pageLabels(
    pageId: string,
    options?: ListOptions,
  ): Promise<ListPage<ConfluenceLabel>>;
  /**
   * Pages with a label, with ancestors and read restrictions, 50 a page. The search index lags
   * behind by some seconds.
   */
  contentByLabel(
    label: string,
    options?: ListOptions,
  ): Promise<ListPage<LabelledPage>>;
  /**
   * Pages, folders and the like by id, with their own read restrictions, 50 a page. A list of
   * subjects that Confluence cuts is `complete: false`; `restricted` is right all the same.
   *
   * @param ids - 1 to 50 ids. One that is missing in the answer is unknown, never "open": it can be
   *   archived, in the trash, gone, not indexed yet, or not visible to us
   */
  contentByIds(
    ids: readonly string[],
    options?: ListOptions,
  ): Promise<ListPage<FoundContent>>;
  /**
   * Who may read a page by its own restriction, or edit it, read to its end. What an ancestor restricts
   * is not in it.
   */
  contentRestriction(
    contentId: string,
    options?: RestrictionOptions,
  ): Promise<ReadRestriction>;

  /**
   * Whether content is there, also where we may not see it: unlike everywhere else, Confluence then
   * refuses and does not say "not found". Drafts and what is in the trash are not there.
   */
  contentExists(contentId: string, options?: CallOptions): Promise<boolean>;

  /**
   * The audit log in Confluence's order, at most 1000 a page. Only an administrator of Confluence may
   * read it. The list is paged by position: what is recorded meanwhile shifts it, so that a
   * record can come twice.
   */
  auditRecords(
    options?: AuditListOptions,
  ): Promise<ListPage<ConfluenceAuditRecord>>;

  /** What this client has sent so far. */
  stats(): ClientStats;
  /** Closes the connections. A dispatcher that was handed in stays open. */
  close(): Promise<void>;
}
