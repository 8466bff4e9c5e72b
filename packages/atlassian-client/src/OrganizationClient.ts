// SPDX-License-Identifier: Apache-2.0
import type { HttpOptions } from './httpOptions';
import type { ClientStats } from './Meter';
import type { CallOptions } from './options';

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
  /** What this client has sent so far. The organization's API counts no points. */
  stats(): ClientStats;
  /** Closes the connections. A dispatcher that was handed in stays open. */
  close(): Promise<void>;
}
