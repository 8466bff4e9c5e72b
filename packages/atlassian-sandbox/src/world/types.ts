// SPDX-License-Identifier: Apache-2.0

/** State of an Atlassian account, as `users-bulk` says it. @public */
export type AccountStatus = 'active' | 'inactive' | 'closed';

/** @public */
export interface Account {
  accountId: string;
  type: 'atlassian' | 'app' | 'customer';
  status: AccountStatus;
  displayName: string;
  publicName: string;
  /** The true address; the site shows it only when `emailVisible`. */
  email: string;
  emailVisible: boolean;
  /** A guest (external collaborator) of the site. */
  guest: boolean;
  timeZone: string | undefined;
  groups: Set<Group>;
  /** Of a domain that the organization has claimed. */
  managed: boolean;
  /** What the organization knows; undefined when it does not, as of every unmanaged account. */
  mfaEnabled: boolean | undefined;
  /** Suspended in the organization: the account stays active, but opens no site. */
  suspended: boolean;
}

/** @public */
export interface Group {
  id: string;
  name: string;
  managedBy: 'ADMINS' | 'EXTERNAL' | 'TEAM_MEMBERS' | 'OPEN';
  usageType: 'USERBASE_GROUP' | 'TEAM_COLLABORATION';
  /** What membership gives on the site itself. */
  access: 'none' | 'user' | 'admin' | 'site-admin' | 'guest';
  members: Set<Account>;
}

/** A space permission: who may do what. @public */
export interface SpaceGrant {
  id: string;
  principalType: 'user' | 'group' | 'access-class';
  principalId: string;
  key: string;
  targetType: string;
}

/** Everybody of a kind, as a principal. @public */
export type AccessClass =
  | 'anonymous-users'
  | 'authenticated-users'
  | 'all-licensed-users'
  | 'all-product-admins';

/** Whether the spaces of a site give access by permissions or by roles. @public */
export type RoleMode = 'PRE_ROLES' | 'ROLES';

/** A set of operations that can be given in a space. @public */
export interface SpaceRole {
  id: string;
  type: 'SYSTEM' | 'CUSTOM';
  name: string;
  description: string;
  operations: readonly (readonly [key: string, targetType: string])[];
}

/** Who has which role in a space. @public */
export interface RoleAssignment {
  id: number;
  principalType: SpaceGrant['principalType'];
  principalId: string;
  role: SpaceRole;
}

/** @public */
export interface Space {
  id: number;
  key: string;
  name: string;
  type: 'global' | 'personal' | 'collaboration' | 'knowledge_base';
  status: 'current' | 'archived';
  author: Account;
  createdAt: number;
  homepageId: number | undefined;
  description: string;
  /** What gives access where the site has no roles. */
  grants: SpaceGrant[];
  /** What gives access where the site has roles. */
  assignments: RoleAssignment[];
  /** What the assignments come down to. */
  roleGrants: SpaceGrant[];
  /** Pages of every state, by rising id. */
  pages: Page[];
}

/** Who a page is kept to; empty sets mean nobody. @public */
export interface Restriction {
  accounts: Set<Account>;
  groups: Set<Group>;
}

/** @public */
export type PageStatus = 'current' | 'archived' | 'trashed';

/** A page; times are seconds since 1970, kept small because a world can hold a million pages. @public */
export interface Page {
  id: number;
  /** Undefined in generated pages, whose title follows from the id. */
  title: string | undefined;
  space: Space;
  parent: Page | undefined;
  status: PageStatus;
  author: Account;
  owner: Account;
  editor: Account;
  createdAt: number;
  modifiedAt: number;
  version: number;
  labels: string[] | undefined;
  /** What stands on it, in storage format, by version; absent versions have a sentence of their own. */
  texts?: Map<number, string>;
  read: Restriction | undefined;
  update: Restriction | undefined;
}

/** A person of the company, as its personnel system would say. @public */
export interface Person {
  /** Short name, used as the name of the `User` entity. */
  name: string;
  displayName: string;
  email: string;
  title: string;
  department: string;
  /** Short name of the manager; undefined for the head of the company. */
  manager: string | undefined;
  employment: 'employed' | 'departed';
  accountId: string;
}

/** An API token that an account has made; times are in seconds since 1970. @public */
export interface ApiToken {
  id: string;
  /** Place among all tokens, by when they were made. */
  position: number;
  owner: Account;
  label: string;
  status: 'ALLOWED' | 'BLOCKED';
  createdAt: number;
  expiresAt: number;
  /** Undefined when it was never used. */
  lastActiveAt: number | undefined;
}

/** What a record of the audit log names. @public */
export interface AuditObject {
  name: string;
  objectType: string;
}

/** A record of the audit log; the time is in seconds since 1970. @public */
export interface AuditRecord {
  author: Account;
  /** As it was when it happened. */
  authorName: string;
  remoteAddress: string;
  createdAt: number;
  category: string;
  summary: string;
  sysAdmin: boolean;
  affected: AuditObject;
  associated: AuditObject[];
  changed: { name: string; oldValue: string; newValue: string }[];
}
