// SPDX-License-Identifier: Apache-2.0
import { accountIdOf } from '../world/ids';
import { titleOf } from '../world/titles';
import { Account, ApiToken, Group, Page, Space } from '../world/types';
import { World } from '../world/World';

/** Finds what stands in the world by the names that people give it. @public */
export class Lookups {
  protected readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The account behind an id, an email or a demo name. */
  account(name: string): Account {
    const direct =
      this.world.accounts.get(name) ??
      this.world.accounts.get(accountIdOf(name));
    if (direct) return direct;
    for (const account of this.world.accounts.values())
      if (name && account.email === name) return account;
    throw new Error(
      `There is no account "${name}": give an account id, an email or a demo name.`,
    );
  }

  /** The group behind an id or an exact name. */
  group(name: string): Group {
    const direct = this.world.groups.get(name);
    if (direct) return direct;
    for (const group of this.world.groups.values())
      if (group.name === name) return group;
    throw new Error(
      `There is no group "${name}": give a group id or the exact name.`,
    );
  }

  /** The page behind an id or an exact title. */
  page(name: string): Page {
    const direct = /^\d+$/.test(name)
      ? this.world.pages.get(Number(name))
      : undefined;
    if (direct) return direct;
    for (const page of this.world.pages.values())
      if (titleOf(page) === name) return page;
    throw new Error(
      `There is no page "${name}": give a page id or the exact title.`,
    );
  }

  /** The space behind a key or an id. */
  space(name: string): Space {
    const found =
      this.world.spaceByKey(name) ?? this.world.spaces.get(Number(name));
    if (!found)
      throw new Error(`There is no space "${name}": give a space key or id.`);
    return found;
  }

  /** The API token behind an id or an exact label. */
  apiToken(name: string): ApiToken {
    const found = this.world.apiTokens.find(
      ({ id, label }) => id === name || label === name,
    );
    if (!found)
      throw new Error(
        `There is no API token "${name}": give its id or the exact label.`,
      );
    return found;
  }

  /** The cloud id of a site, when there is such a site. */
  site(cloudId: string): string {
    const { world } = this;
    if (![world.cloudId, world.secondCloudId].includes(cloudId))
      throw new Error(`There is no site "${cloudId}": give a cloud id.`);
    return cloudId;
  }
}
