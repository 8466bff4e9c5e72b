// SPDX-License-Identifier: Apache-2.0
import { canSeePage, siteAccess, SiteAccess, spacePaths } from './access';
import { lastActiveAt } from './activity';
import { isoTime } from './titles';
import {
  Account,
  ApiToken,
  AuditRecord,
  Group,
  Page,
  Person,
  RoleMode,
  Space,
} from './types';

/** What one account reaches, by the sandbox's own reckoning. @public */
export interface EffectiveAccess {
  accountId: string;
  site: SiteAccess;
  groups: { id: string; name: string }[];
  /** Spaces it can read or administer, and by which paths (`direct`, `group:<id>`, `access-class:<name>`). */
  spaces: { key: string; read: string[]; administer: string[] }[];
  /** Ids of current pages it can read. */
  pages: string[];
}

/** Enough for a walk over all spaces and several large groups at once. */
const MOST_KEPT = 500;

const byName = (a: Group, b: Group) => {
  const [x, y] = [a.name.toLowerCase(), b.name.toLowerCase()];
  if (x !== y) return x < y ? -1 : 1;
  return a.name < b.name ? -1 : 1;
};

const byAccountId = (a: Account, b: Account) =>
  a.accountId < b.accountId ? -1 : 1;

/** Everything that stands on the site, and the questions a route asks of it. @public */
export class World {
  readonly cloudId: string;
  readonly secondCloudId: string;
  readonly orgId: string;
  readonly siteTitle: string;
  readonly seed: number;
  readonly people: Person[] = [];
  readonly accounts = new Map<string, Account>();
  readonly groups = new Map<string, Group>();
  readonly spaces = new Map<number, Space>();
  readonly pages = new Map<number, Page>();
  /** The audit log, the newest record first; changes do not write it. */
  readonly audit: AuditRecord[] = [];
  /** The API tokens that the organization is told of, the oldest first. */
  readonly apiTokens: ApiToken[] = [];
  /** How many accounts are those of the fixed company, which come first. */
  fixedAccounts = 0;
  /** Spaces that no credential of the sandbox can see. */
  readonly hiddenSpaces = new Set<Space>();
  /** Sites with another mode than `PRE_ROLES`, by cloud id. */
  readonly roleModes = new Map<string, RoleMode>();
  /** Grows with every change; what is kept hangs on it. */
  revision = 0;

  readonly #kept = new Map<string, unknown[]>();
  #keptAt = 0;

  constructor(options: {
    cloudId: string;
    secondCloudId: string;
    orgId: string;
    siteTitle: string;
    seed: number;
  }) {
    this.cloudId = options.cloudId;
    this.secondCloudId = options.secondCloudId;
    this.orgId = options.orgId;
    this.siteTitle = options.siteTitle;
    this.seed = options.seed;
  }

  /** A list that is made once and kept until the world changes: a walk asks for it once a page. */
  kept<T>(name: string, make: () => T[]): T[] {
    if (this.#keptAt !== this.revision || this.#kept.size > MOST_KEPT) {
      this.#kept.clear();
      this.#keptAt = this.revision;
    }
    const known = this.#kept.get(name) as T[] | undefined;
    if (known) return known;
    const list = make();
    this.#kept.set(name, list);
    return list;
  }

  /** Groups in the order of the site: by name, letters of both cases alike. */
  groupsByName(): Group[] {
    return this.kept('groups', () => [...this.groups.values()].sort(byName));
  }

  /** Members by account id: who joins or leaves shifts all that follow, as on the real site. */
  membersOf(group: Group): Account[] {
    return this.kept(`members of ${group.id}`, () =>
      [...group.members].sort(byAccountId),
    );
  }

  groupsOf(account: Account): Group[] {
    return [...account.groups].sort(byName);
  }

  /** When an account was last active on a site, ISO 8601; undefined when it never was. */
  lastActiveAt(account: Account, cloudId = this.cloudId): string | undefined {
    const seconds = lastActiveAt(account, cloudId, this.seed);
    return seconds === undefined ? undefined : isoTime(seconds);
  }

  /** How the spaces of a site give access: by permissions, or by roles. */
  roleModeOf(cloudId = this.cloudId): RoleMode {
    return this.roleModes.get(cloudId) ?? 'PRE_ROLES';
  }

  spaceByKey(key: string): Space | undefined {
    for (const space of this.spaces.values())
      if (space.key === key) return space;
    return undefined;
  }

  /** Active and licensed or guest accounts who can read a page on a site, by account id. */
  whoCanSee(pageId: number | string, cloudId = this.cloudId): string[] {
    const mode = this.roleModeOf(cloudId);
    const page = this.pages.get(Number(pageId));
    if (!page) throw new Error(`There is no page "${pageId}" in the sandbox.`);
    return [...this.accounts.values()]
      .filter(
        account =>
          siteAccess(account) !== 'none' && canSeePage(account, page, mode),
      )
      .map(account => account.accountId)
      .sort();
  }

  /** What an account reaches on a site, the first one by default: site, groups, spaces, pages. */
  effectiveAccess(accountId: string, cloudId = this.cloudId): EffectiveAccess {
    const mode = this.roleModeOf(cloudId);
    const account = this.accounts.get(accountId);
    if (!account)
      throw new Error(`There is no account "${accountId}" in the sandbox.`);
    const spaces: EffectiveAccess['spaces'] = [];
    const pages: string[] = [];
    for (const space of this.spaces.values()) {
      const read = spacePaths(account, space, mode);
      const administer = spacePaths(account, space, mode, 'administer');
      if (read.length + administer.length > 0)
        spaces.push({ key: space.key, read, administer });
      if (read.length === 0) continue;
      for (const page of space.pages) {
        if (page.status === 'current' && canSeePage(account, page, mode))
          pages.push(String(page.id));
      }
    }
    return {
      accountId,
      site: siteAccess(account),
      groups: this.groupsOf(account).map(({ id, name }) => ({ id, name })),
      spaces,
      pages,
    };
  }
}
