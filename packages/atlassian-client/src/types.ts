// SPDX-License-Identifier: Apache-2.0

/**
 * An account as Confluence shows it. All texts are what people typed: treat them as hostile. What
 * Confluence hides or leaves empty is absent.
 *
 * @public
 */
export interface ConfluenceUser {
  /** Atlassian's account id. */
  accountId: string;
  /** `known`, `unknown` (a deleted account), `anonymous`, `user`, or something new. */
  type?: string;
  /** `atlassian`, `app`, `customer`, or something new. */
  accountType?: string;
  /** `active`, `inactive`, `closed`, `unknown`, or something new. Active does not mean licensed. */
  accountStatus?: string;
  /** Full name. */
  displayName?: string;
  /** Public name. */
  publicName?: string;
  /** Email, only where the account's settings show it. */
  email?: string;
  /** Whether the account is a guest, as v1 says. */
  isGuest?: boolean;
  /** Whether the account is a guest, as v2 says. */
  isExternalCollaborator?: boolean;
  /** Time zone. */
  timeZone?: string;
  /** Id of the personal space. */
  personalSpaceId?: string;
}

/**
 * A group.
 *
 * @public
 */
export interface ConfluenceGroup {
  /** Id of the group. */
  id: string;
  /** Name of the group. */
  name: string;
  /** `USERBASE_GROUP` (a group), `TEAM_COLLABORATION` (a team), or something new. */
  usageType?: string;
  /** `ADMINS`, `EXTERNAL` (from an identity provider), `TEAM_MEMBERS`, `OPEN`, or something new. */
  managedBy?: string;
}

/**
 * A space.
 *
 * @public
 */
export interface ConfluenceSpace {
  /** Id of the space. */
  id: string;
  /** Key of the space. */
  key: string;
  /** Name of the space. */
  name: string;
  /** `global`, `collaboration`, `knowledge_base`, `personal`, `system`, or something new. */
  type?: string;
  /** `current`, `archived`, or something new. */
  status?: string;
  /** Account id of who made it. */
  authorId?: string;
  /** Account id of who owns it, where the site says so. */
  spaceOwnerId?: string;
  /** When it was made, ISO 8601. */
  createdAt?: string;
  /** Id of its first page. */
  homepageId?: string;
  /** The alias in its addresses. */
  currentActiveAlias?: string;
  /** Path below `{site}/wiki`, beginning with a slash. */
  webui?: string;
}

/**
 * What one principal may do in a space. The words are Atlassian's, and new ones come.
 *
 * @public
 */
export interface SpacePermission {
  /** Id of the permission. */
  id: string;
  /** Who may. */
  principal: {
    /** `user`, `group`, `access-class`, `role`, or something new. */
    type: string;
    /** Account id, group id, or the name of an access class, such as `anonymous-users`. */
    id: string;
  };
  /** What. */
  operation: {
    /** `read`, `create`, `administer`, or something else. */
    key: string;
    /** `space`, `page`, `comment`, or something else. */
    targetType: string;
  };
}

/**
 * A space with the first of its permissions.
 *
 * @public
 */
export interface SpaceWithPermissions extends ConfluenceSpace {
  /** At most 50. Those that cannot be understood are left out. */
  permissions: SpacePermission[];
  /** Whether these are all. */
  permissionsComplete: boolean;
}

/**
 * A version of a page.
 *
 * @public
 */
export interface ConfluenceVersion {
  /** Number of the version, 1 for the first. */
  number: number;
  /** Account id of its author. */
  authorId?: string;
  /** When it was made, ISO 8601: for a page's version, when the page was last modified. */
  createdAt?: string;
  /** Whether its author called it minor. */
  minorEdit?: boolean;
}

/**
 * A page, without its body.
 *
 * @public
 */
export interface ConfluencePage {
  /** Id of the page. */
  id: string;
  /** `current`, `archived`, `trashed`, `deleted`, or something new. */
  status: string;
  /** Title. */
  title: string;
  /** Id of its space. */
  spaceId: string;
  /** Id of its parent. */
  parentId?: string;
  /** `page`, `folder`, or something else a page can stand under. */
  parentType?: string;
  /** Account id of who made it. */
  authorId?: string;
  /** Account id of who owns it. */
  ownerId?: string;
  /** Account id of who owned it before. */
  lastOwnerId?: string;
  /** `live`, `page`, or something new. */
  subtype?: string;
  /** When it was made, ISO 8601. */
  createdAt?: string;
  /** Its present version. */
  version: ConfluenceVersion;
  /** Path below `{site}/wiki`, beginning with a slash. */
  webui?: string;
}

/**
 * What stands on one version of a page.
 *
 * @public
 */
export interface ConfluencePageText {
  page: ConfluencePage;
  /** In the storage format of Confluence, which is XHTML; empty on an empty page. */
  storage: string;
}

/**
 * A label of a page.
 *
 * @public
 */
export interface ConfluenceLabel {
  /** Id of the label. */
  id: string;
  /** Name of the label. */
  name: string;
  /** `global`, `my`, `team`, or something new. */
  prefix?: string;
}

/**
 * Who may read a page by its own restrictions, or edit it. Those of reading are inherited: a page
 * without any can still be closed by an ancestor.
 *
 * @public
 */
export interface ReadRestriction {
  /** Whether there is any restriction, readable to us or not. */
  restricted: boolean;
  /** Account ids of the accounts that may. */
  accountIds: string[];
  /** Ids of the groups that may. */
  groupIds: string[];
  /** Whether the two lists hold everybody. `false`: ask for this page's restriction by itself. */
  complete: boolean;
}

/**
 * A page as found by its label, with what decides who may read it.
 *
 * @public
 */
export interface LabelledPage {
  /** Id of the page. */
  id: string;
  /** `current`, `trashed` (the search index lags), or something new. */
  status?: string;
  /** Title. */
  title: string;
  /** Id of its space. */
  spaceId?: string;
  /** Key of its space. */
  spaceKey?: string;
  /** Its present version. */
  version?: ConfluenceVersion;
  /** Ids of its ancestors, the top first. Absent when the answer does not tell. */
  ancestorIds?: string[];
  /** Its own read restriction. Absent when the answer does not tell, which is not "none". */
  readRestriction?: ReadRestriction;
  /** Path below `{site}/wiki`, beginning with a slash. */
  webui?: string;
}

/**
 * Content as found by its id, with its own read restriction.
 *
 * @public
 */
export interface FoundContent {
  /** Id of the content. */
  id: string;
  /** `page`, `folder`, or something else that has an id. */
  type?: string;
  /** `current`, or what else the search index holds. */
  status?: string;
  /** Its own read restriction. Absent when the answer does not tell, which is not "none". */
  readRestriction?: ReadRestriction;
}

/**
 * Facts about a site.
 *
 * @public
 */
export interface ConfluenceSystemInfo {
  /** Atlassian's id of the site. */
  cloudId: string;
  /** `free`, `standard`, `premium`, `enterprise`, or something new. */
  edition?: string;
  /** Title of the site. */
  siteTitle?: string;
}

/**
 * A record that could not be understood. It says where and what was expected, never a value.
 *
 * @public
 */
export interface MalformedRecord {
  /** Position in the answer, from 0. */
  index: number;
  /** Path and expectation, such as `version.number: expected number`. */
  issue: string;
}

/**
 * One answer to a list call.
 *
 * @public
 */
export interface ListPage<T> {
  /** The records that could be understood. */
  items: T[];
  /** The records that could not. A list with any is not complete. */
  malformed: MalformedRecord[];
  /**
   * Where the list goes on: hand it back as `cursor`, in this process or a later one. Absent at the
   * end. Its content means nothing to anybody else.
   */
  next?: string;
  /** How many records there are in all, where Confluence was asked and says so. */
  total?: number;
  /** The page size Confluence really used, where it says so: it may be lower than asked. */
  limit?: number;
}
