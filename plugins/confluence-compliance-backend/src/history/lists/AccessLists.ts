// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { AccountAccess, PrincipalAccess, SpaceAccess } from './access';
import type { Organizations } from './directory';
import {
  AccessPage,
  AccessScope,
  readAccountAccess,
  readGroupAccess,
  readSpaceAccess,
  readTopAccess,
  readTopGroupAccess,
  readTopSpaceAccess,
  Top,
} from './grants';
import { payloadOf } from './payloadOf';
import { readSpacePeople, SpacePeople } from './spacePeople';

/** Who can do what in which space. */
export class AccessLists {
  readonly #knex: Knex;
  readonly #organizations: Organizations;

  constructor(knex: Knex, organizations: Organizations) {
    this.#knex = knex;
    this.#organizations = organizations;
  }

  /** What is granted to an account, by space: its own grants, those of its groups and of access classes, and whether it gets it. */
  async ofAccount(
    options: AccessPage & { accountId: string },
  ): Promise<Page<AccountAccess>> {
    return readAccountAccess(this.#knex, this.#organizations, options);
  }

  /** The most powerful of what some accounts can do. */
  async topOfAccounts(
    options: AccessScope & { accountIds: string[]; limit: number },
  ): Promise<Top<AccountAccess>> {
    return readTopAccess(this.#knex, this.#organizations, options);
  }

  /** What is granted to a group, by space. NotFoundError when the group did not stand then. */
  async ofGroup(
    options: AccessPage & { groupId: string },
  ): Promise<Page<SpaceAccess>> {
    const page = await readGroupAccess(this.#knex, options);
    const { connection, groupId } = options;
    const group = { connection, id: groupId };
    await payloadOf(this.#knex, 'groups', group, page.revision);
    return page;
  }

  /** The most powerful of what is granted to a group. */
  async topOfGroup(
    options: AccessScope & { groupId: string; limit: number },
  ): Promise<Top<SpaceAccess>> {
    return readTopGroupAccess(this.#knex, options);
  }

  /** Who can do what in a space, by principal. */
  async ofSpace(
    options: AccessPage & { spaceId: string },
  ): Promise<Page<PrincipalAccess>> {
    return readSpaceAccess(this.#knex, this.#organizations, options);
  }

  /** The principals that can do most in a space. */
  async topOfSpace(
    options: AccessScope & { spaceId: string; limit: number },
  ): Promise<Top<PrincipalAccess>> {
    return readTopSpaceAccess(this.#knex, options);
  }

  /** How many accounts reach a space. */
  async peopleOfSpace(
    options: AccessScope & { spaceId: string },
  ): Promise<SpacePeople> {
    return readSpacePeople(this.#knex, this.#organizations, options);
  }
}
