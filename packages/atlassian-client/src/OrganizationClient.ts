// SPDX-License-Identifier: Apache-2.0
import type { HttpOptions } from './httpOptions';
import type { ClientStats } from './Meter';
import type { CallOptions, ListOptions } from './options';
import type {
  OrganizationApiToken,
  OrganizationServiceAccount,
} from './organizationCredentials';
import type {
  OrganizationRoleListOptions,
  OrganizationUser,
  OrganizationUserListOptions,
  OrganizationUserRoles,
} from './organizationUsers';
import type { ListPage } from './types';

/**
 * What a client of an organization is made of.
 *
 * @public
 */
export interface OrganizationClientOptions extends HttpOptions {
  /** Atlassian's id of the organization. */
  organizationId: string;
  /** An API key of the organization. */
  apiKey: string;
  /** Host of Atlassian's API gateway. Default `https://api.atlassian.com`. */
  apiUrl?: string;
}

/**
 * An Atlassian organization.
 *
 * @public
 */
export interface Organization {
  /** Atlassian's id of the organization. */
  id: string;
  /** Its name: what people typed. Its id when Atlassian does not say. */
  name: string;
}

/**
 * Reads one Atlassian organization, outside any site. All calls throw the errors of this package and
 * the reason of an aborted signal.
 *
 * @public
 */
export interface OrganizationClient {
  /**
   * The organization itself: the test of an API key.
   *
   * @throws {@link CredentialRefusedError} when the key is not accepted
   * @throws {@link NotVisibleError} when there is no such organization, or not for this key
   */
  organization(options?: CallOptions): Promise<Organization>;
  /**
   * The users of every directory that the key may see, deactivated and suspended ones included, at
   * most 100 a page. With `accountIds` only those, of whom unknown ones are missing in the answer.
   *
   * @throws {@link CursorRefusedError} when a cursor went stale
   * @throws {@link MissingScopeError} when the key may not read directories
   */
  users(
    options?: OrganizationUserListOptions,
  ): Promise<ListPage<OrganizationUser>>;
  /**
   * One user, from another place than the lists. What the user can use is not told here.
   *
   * @throws {@link NotVisibleError} when no directory that the key may see has the user
   * @throws {@link MissingScopeError} when the key may not read directories
   */
  user(accountId: string, options?: CallOptions): Promise<OrganizationUser>;
  /**
   * The users who have any of some roles at any of some products, as {@link OrganizationClient.users}
   * answers them, at most 100 a page. The answer does not say which of the roles, nor where.
   */
  usersWithRole(
    options: OrganizationRoleListOptions,
  ): Promise<ListPage<OrganizationUser>>;
  /**
   * The roles of one user at every product and at the organization itself, at most 100 places a page.
   *
   * @throws {@link CursorRefusedError} when a cursor went stale
   * @throws {@link NotVisibleError} when there is no such user
   */
  rolesOfUser(
    accountId: string,
    options?: ListOptions,
  ): Promise<ListPage<OrganizationUserRoles>>;
  /**
   * The API tokens of the managed accounts of the organization, at most 100 a page. Tokens of accounts
   * that it does not manage are in no list.
   *
   * @throws {@link CredentialRefusedError} with `forbidden` when the key may not read tokens
   * @throws {@link CursorRefusedError} when a cursor went stale
   */
  apiTokens(options?: ListOptions): Promise<ListPage<OrganizationApiToken>>;
  /**
   * The service accounts of the organization. Atlassian's reference calls this list experimental and
   * names no parameter by which it goes on, although its answer can say that it does: the cursor is
   * sent as for tokens.
   *
   * @throws {@link CredentialRefusedError} with `forbidden` when the key may not read service accounts
   * @throws {@link NotVisibleError} when Atlassian does not offer the list
   */
  serviceAccounts(
    options?: Omit<ListOptions, 'limit'>,
  ): Promise<ListPage<OrganizationServiceAccount>>;
  /** What this client has sent so far. The organization's API counts no points. */
  stats(): ClientStats;
  /** Closes the connections. A dispatcher that was handed in stays open. */
  close(): Promise<void>;
}
