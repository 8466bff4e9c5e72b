// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceClient } from './ConfluenceClient';
import type { CallOptions } from './options';

/**
 * Changes who is in what at one Confluence Cloud site. Nothing is sent a second time that may have
 * arrived: an `UpstreamError` that is not of kind `client` leaves open what became of it. It reads what
 * has to be known right before that.
 *
 * @public
 */
export interface ConfluenceWriter
  extends Pick<
    ConfluenceClient,
    | 'currentUser'
    | 'groupMembers'
    | 'space'
    | 'spacePermissions'
    | 'spaceRoleAssignments'
    | 'spaceRoleMode'
    | 'spaceRoles'
  > {
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
  /**
   * Takes one permission in a space away, for sites without roles. With `read space` go all the other
   * permissions of its principal in that space. The account of the credential must administer the space,
   * and apps may not use it.
   *
   * @param permissionId - as `spacePermissions` gives it: digits
   * @throws {@link NotVisibleError} when there is no such permission or space
   * @throws {@link MissingScopeError} without `write:space.permission:confluence`
   * @throws {@link UpstreamError} of kind `client` where nobody would be left to administer the space
   */
  removeSpacePermission(
    spaceKey: string,
    permissionId: string,
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Takes whatever role an account has in a space away, for sites with roles; also good where it has
   * none. The account of the credential must manage the roles of the space.
   *
   * @throws {@link NotVisibleError} when there is no such space, or it may not manage its roles
   * @throws {@link MissingScopeError} without `write:space.permission:confluence`
   */
  removeSpaceRole(
    spaceId: string,
    accountId: string,
    options?: CallOptions,
  ): Promise<void>;
  /** Closes the connections. A dispatcher that was handed in stays open. */
  close(): Promise<void>;
}
