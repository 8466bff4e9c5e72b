// SPDX-License-Identifier: Apache-2.0
import type { CallOptions } from './options';

/**
 * Changes who is in what at one Confluence Cloud site. Nothing is sent a second time that may have
 * arrived: an `UpstreamError` that is not of kind `client` leaves open what became of it.
 *
 * @public
 */
export interface ConfluenceWriter {
  /**
   * Takes a member out of a group; also good where they are not in it. The account of the credential
   * must be a site administrator.
   *
   * @throws {@link NotVisibleError} when there is no such group or account
   * @throws {@link MissingScopeError} without a scope that changes groups
   */
  removeGroupMember(
    groupId: string,
    accountId: string,
    options?: CallOptions,
  ): Promise<void>;
  /** Closes the connections. A dispatcher that was handed in stays open. */
  close(): Promise<void>;
}
