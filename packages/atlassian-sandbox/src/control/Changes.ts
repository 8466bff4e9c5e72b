// SPDX-License-Identifier: Apache-2.0
import { join } from '../world/buildDemo';
import { addApiToken } from '../world/apiTokens';
import { ADMIN_NAME } from '../world/demo/people';
import { accountIdOf, uuidOf } from '../world/ids';
import { assignRole, roleOf, unassignRole } from '../world/roles';
import {
  AccessClass,
  Account,
  Page,
  RoleMode,
  SpaceGrant,
} from '../world/types';
import { World } from '../world/World';
import { Lookups } from './Lookups';

/** Who has a role: one of the three. @public */
export interface PrincipalArgs {
  account?: string;
  group?: string;
  accessClass?: AccessClass;
}

/** Changes to the world. Accounts are named by id, email or demo name; groups by id or name; pages by id or title; API tokens by id or label; spaces by key or id; roles by id or name; sites by cloud id. @public */
export class Changes extends Lookups {
  readonly #now: () => Date;

  constructor(world: World, now: () => Date) {
    super(world);
    this.#now = now;
  }

  /** A new active account, by default with a seat. */
  addAccount(args: { displayName: string; email: string; groups?: string[] }): {
    accountId: string;
  } {
    const accountId = accountIdOf(`added:${args.email}`);
    if (this.world.accounts.has(accountId))
      throw new Error(`There is already an account for "${args.email}".`);
    const account: Account = {
      accountId,
      type: 'atlassian',
      status: 'active',
      displayName: args.displayName,
      publicName: args.displayName,
      email: args.email,
      emailVisible: true,
      guest: false,
      timeZone: 'Europe/Copenhagen',
      groups: new Set(),
      managed: true,
      mfaEnabled: true,
      suspended: false,
    };
    for (const name of args.groups ?? ['confluence-users-northwind'])
      join(account, this.group(name));
    this.world.accounts.set(accountId, account);
    this.#changed();
    return { accountId };
  }

  /** The account is deleted: closed, nameless, in no group. */
  removeAccount(args: { account: string }): void {
    const account = this.account(args.account);
    for (const group of account.groups) group.members.delete(account);
    account.groups.clear();
    Object.assign(account, {
      status: 'closed',
      displayName: 'Former user',
      publicName: 'Former user',
      email: '',
    });
    this.#changed();
  }

  /** The account is deactivated and stays in its groups. */
  deactivate(args: { account: string }): void {
    this.account(args.account).status = 'inactive';
    this.#changed();
  }

  reactivate(args: { account: string }): void {
    this.account(args.account).status = 'active';
    this.#changed();
  }

  /** Suspended in the organization: the account stays active and in its groups, but opens no site. */
  suspend(args: { account: string }): void {
    this.account(args.account).suspended = true;
    this.#changed();
  }

  unsuspend(args: { account: string }): void {
    this.account(args.account).suspended = false;
    this.#changed();
  }

  /** What the organization knows of two-step verification; nothing when `enabled` is left out. Unmanaged accounts have none. */
  setMfa(args: { account: string; enabled?: boolean }): void {
    const account = this.account(args.account);
    if (!account.managed)
      throw new Error(`The account "${args.account}" is not managed.`);
    account.mfaEnabled = args.enabled ?? undefined;
    this.#changed();
  }

  setProfile(args: {
    account: string;
    displayName?: string;
    email?: string;
    emailVisible?: boolean;
  }): void {
    const account = this.account(args.account);
    if (args.displayName !== undefined) {
      account.displayName = args.displayName;
      account.publicName = args.displayName;
    }
    if (args.email !== undefined) account.email = args.email;
    if (args.emailVisible !== undefined)
      account.emailVisible = args.emailVisible;
    this.#changed();
  }

  /** A new API token, for a year when no end is given. */
  addApiToken(args: { account: string; label: string; expiresAt?: string }): {
    tokenId: string;
  } {
    const createdAt = this.#seconds();
    const { id } = addApiToken(this.world, {
      owner: this.account(args.account),
      label: args.label,
      status: 'ALLOWED',
      createdAt,
      expiresAt:
        args.expiresAt === undefined
          ? createdAt + 365 * 86400
          : Math.floor(Date.parse(args.expiresAt) / 1000),
      lastActiveAt: undefined,
    });
    this.#changed();
    return { tokenId: id };
  }

  useApiToken(args: { token: string }): void {
    this.apiToken(args.token).lastActiveAt = this.#seconds();
    this.#changed();
  }

  blockApiToken(args: { token: string }): void {
    this.apiToken(args.token).status = 'BLOCKED';
    this.#changed();
  }

  /** The token is gone from the list. */
  revokeApiToken(args: { token: string }): void {
    const token = this.apiToken(args.token);
    this.world.apiTokens.splice(this.world.apiTokens.indexOf(token), 1);
    this.#changed();
  }

  addToGroup(args: { account: string; group: string }): void {
    join(this.account(args.account), this.group(args.group));
    this.#changed();
  }

  removeFromGroup(args: { account: string; group: string }): void {
    const [account, group] = [
      this.account(args.account),
      this.group(args.group),
    ];
    account.groups.delete(group);
    group.members.delete(account);
    this.#changed();
  }

  addGroup(args: { name: string }): { groupId: string } {
    const id = uuidOf(`group:added:${args.name}:${this.world.revision}`);
    this.world.groups.set(id, {
      id,
      name: args.name,
      managedBy: 'ADMINS',
      usageType: 'USERBASE_GROUP',
      access: 'none',
      members: new Set(),
    });
    this.#changed();
    return { groupId: id };
  }

  renameGroup(args: { group: string; name: string }): void {
    this.group(args.group).name = args.name;
    this.#changed();
  }

  /** The group goes, with its memberships, permissions and restrictions. */
  deleteGroup(args: { group: string }): void {
    const group = this.group(args.group);
    for (const member of group.members) member.groups.delete(group);
    for (const space of this.world.spaces.values()) {
      space.grants = space.grants.filter(
        grant => grant.principalId !== group.id,
      );
      unassignRole(space, { principalType: 'group', principalId: group.id });
    }
    for (const page of this.world.pages.values()) {
      page.read?.groups.delete(group);
      page.update?.groups.delete(group);
    }
    this.world.groups.delete(group.id);
    this.#changed();
  }

  addPage(args: {
    space: string;
    title: string;
    parent?: string;
    author?: string;
    labels?: string[];
  }): { pageId: string } {
    const space = this.space(args.space);
    const author =
      args.author === undefined ? space.author : this.account(args.author);
    const id =
      [...this.world.pages.keys()].reduce(
        (highest, found) => Math.max(highest, found),
        0,
      ) + 1;
    const page: Page = {
      id,
      title: args.title,
      space,
      parent: args.parent === undefined ? undefined : this.page(args.parent),
      status: 'current',
      author,
      owner: author,
      editor: author,
      createdAt: this.#seconds(),
      modifiedAt: this.#seconds(),
      version: 1,
      labels: args.labels,
      read: undefined,
      update: undefined,
    };
    this.world.pages.set(id, page);
    space.pages.push(page);
    this.#changed();
    return { pageId: String(id) };
  }

  /** A new version, as by an edit; `text` is what then stands on it, in storage format. */
  editPage(args: { page: string; by?: string; text?: string }): void {
    const page = this.page(args.page);
    if (args.by !== undefined) page.editor = this.account(args.by);
    this.#edit(page);
    if (args.text !== undefined) {
      page.texts ??= new Map();
      page.texts.set(page.version, args.text);
    }
  }

  renamePage(args: { page: string; title: string }): void {
    const page = this.page(args.page);
    page.title = args.title;
    this.#edit(page);
  }

  /** To the trash; like all that follows down to `unrestrictPage`, it makes no new version. */
  trashPage(args: { page: string }): void {
    this.page(args.page).status = 'trashed';
    this.#changed();
  }

  restorePage(args: { page: string }): void {
    this.page(args.page).status = 'current';
    this.#changed();
  }

  archivePage(args: { page: string }): void {
    this.page(args.page).status = 'archived';
    this.#changed();
  }

  /** Gone for good; its children move up. */
  purgePage(args: { page: string }): void {
    const page = this.page(args.page);
    this.world.pages.delete(page.id);
    page.space.pages = page.space.pages.filter(other => other !== page);
    for (const other of page.space.pages)
      if (other.parent === page) other.parent = page.parent;
    this.#changed();
  }

  addLabel(args: { page: string; label: string }): void {
    const page = this.page(args.page);
    page.labels = [...new Set([...(page.labels ?? []), args.label])];
    this.#changed();
  }

  removeLabel(args: { page: string; label: string }): void {
    const page = this.page(args.page);
    page.labels = page.labels?.filter(label => label !== args.label);
    this.#changed();
  }

  /** Keeps a page to some readers (default) or editors. */
  restrictPage(args: {
    page: string;
    operation?: 'read' | 'update';
    accounts?: string[];
    groups?: string[];
  }): void {
    this.page(args.page)[args.operation ?? 'read'] = {
      accounts: new Set((args.accounts ?? []).map(name => this.account(name))),
      groups: new Set((args.groups ?? []).map(name => this.group(name))),
    };
    this.#changed();
  }

  unrestrictPage(args: { page: string; operation?: 'read' | 'update' }): void {
    this.page(args.page)[args.operation ?? 'read'] = undefined;
    this.#changed();
  }

  /** How the spaces of a site give access from now on: by permissions, or by roles. */
  setRoleMode(args: { mode: RoleMode; site?: string }): void {
    const { mode, site = this.world.cloudId } = args;
    if (mode !== 'PRE_ROLES' && mode !== 'ROLES')
      throw new Error(`mode must be PRE_ROLES or ROLES, not "${mode}".`);
    this.world.roleModes.set(this.site(site), mode);
    this.#changed();
  }

  /** A role in a space, for an account, a group or an access class, in place of the one it had there. */
  assignRole(args: { space: string; role: string } & PrincipalArgs): void {
    assignRole(
      this.space(args.space),
      this.#principal(args),
      roleOf(args.role),
    );
    this.#changed();
  }

  unassignRole(args: { space: string } & PrincipalArgs): void {
    unassignRole(this.space(args.space), this.#principal(args));
    this.#changed();
  }

  /** The audit log gets a record, as of now. */
  addAuditRecord(args: {
    category: string;
    summary: string;
    author?: string;
  }): void {
    const author = this.account(args.author ?? ADMIN_NAME);
    this.world.audit.unshift({
      author,
      authorName: author.displayName,
      remoteAddress: '192.0.2.1',
      createdAt: this.#seconds(),
      category: args.category,
      summary: args.summary,
      sysAdmin: false,
      affected: { name: author.displayName, objectType: 'User' },
      associated: [],
      changed: [],
    });
    this.#changed();
  }

  archiveSpace(args: { space: string }): void {
    this.space(args.space).status = 'archived';
    this.#changed();
  }

  unarchiveSpace(args: { space: string }): void {
    this.space(args.space).status = 'current';
    this.#changed();
  }

  /** Every credential of the sandbox stops seeing the space: 404, and missing from lists. */
  hideSpace(args: { space: string }): void {
    this.world.hiddenSpaces.add(this.space(args.space));
    this.#changed();
  }

  showSpace(args: { space: string }): void {
    this.world.hiddenSpaces.delete(this.space(args.space));
    this.#changed();
  }

  #principal(args: PrincipalArgs): {
    principalType: SpaceGrant['principalType'];
    principalId: string;
  } {
    if (args.account !== undefined) {
      const { accountId } = this.account(args.account);
      return { principalType: 'user', principalId: accountId };
    }
    if (args.group !== undefined)
      return {
        principalType: 'group',
        principalId: this.group(args.group).id,
      };
    if (args.accessClass !== undefined)
      return { principalType: 'access-class', principalId: args.accessClass };
    throw new Error('Give an account, a group or an accessClass.');
  }

  #edit(page: Page): void {
    page.version++;
    page.modifiedAt = this.#seconds();
    this.#changed();
  }

  #seconds(): number {
    return Math.floor(this.#now().getTime() / 1000);
  }

  #changed(): void {
    this.world.revision++;
  }
}
