// SPDX-License-Identifier: Apache-2.0
import type {
  AccountClass,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** Payload of `accounts`: what Confluence said of an account. Key: account id. Container: `site`. */
export interface AccountPayload {
  /** `atlassian`, `app`, `customer`, … as given. */
  accountType: string;
  /** `active`, `inactive`, `closed`, `unknown`, … as given. */
  accountStatus: string;
  class: AccountClass;
  /** In a group or in the site's user search; false when only a direct look-up still knows it. */
  listed: boolean;
}

/** Payload of `groups`. Key: group id. Container: `site`. */
export interface GroupPayload {
  name: string;
  managedBy: string;
  usageType: string;
}

/** Payload of `memberships`. Key: `<groupId>/<accountId>`. Container: group id. */
export interface MembershipPayload {
  groupId: string;
  accountId: string;
}

/** Payload of `spaces`. Key: space id. Container: `site`. */
export interface SpacePayload {
  key: string;
  name: string;
  type: string;
  status: string;
}

/** Payload of `grants`. Key: `<spaceId>/<principalType>/<principalId>/<operation>/<target>`. Container: space id. */
export interface GrantPayload {
  spaceId: string;
  /** `account`, `group`, `access-class`, or a word of Atlassian's that we do not know. */
  principalType: string;
  /** Account id, group id, or the name of an access class such as `anonymous-users`. */
  principalId: string;
  /** `read`, `create`, `administer`, … as given. */
  operation: string;
  /** What it may be done to: `space`, `page`, `comment`, … as given. */
  target: string;
  /** Name of the role that gives it, where access to spaces is by roles. */
  role: string | null;
}

/** Payload of `pages`. Key: page id. Container: space id. */
export interface PagePayload {
  spaceId: string;
  title: string;
  status: string;
  parentId: string | null;
  ownerId: string | null;
  version: number;
  /** ISO 8601 */
  versionAt: string | null;
  versionBy: string | null;
}

/** Payload of `labels`. Key: `<label>/<pageId>`. Container: label. */
export interface LabelPayload {
  pageId: string;
  label: string;
}

/** Payload of `restrictions`, of labelled pages only. Key: page id. Container: `site`. */
export interface RestrictionPayload {
  /** Who may read is narrowed on the page itself, on an ancestor, or not at all. */
  read: 'open' | 'own' | 'inherited';
  /** The ancestor that narrows it. */
  from: string | null;
}

/** Payload of `directory`: what an organization said. Key: account id. Source: `organization:<id>`. Container: `all`. */
export interface DirectoryPayload {
  /** `managed` or `unmanaged`, as given. */
  claimStatus: string | null;
  /** `active`, `inactive`, `closed`, as given. */
  accountStatus: string | null;
  /** `active`, `suspended`, `no_membership`, as given. */
  membershipStatus: string | null;
  /** Definite only for a managed account. */
  mfa: 'enabled' | 'disabled' | 'unknown';
  /** Who made it: `invited`, `synced`, as given. */
  managementSource: string | null;
  /** Such as `atlassian/org-admin`, sorted; null when Atlassian did not say. */
  platformRoles: string[] | null;
  /** ARIs of the products of sites that it may use, sorted; null when Atlassian did not say. */
  products: string[] | null;
  /** `<ARI> <role>` of more than plain use, sorted. */
  roles: string[];
}

/**
 * Payload of `credentials`: what an organization said. Key: `<kind>/<id>`. Source: `organization:<id>`.
 * Containers: `api-tokens` and `service-accounts`. Labels and when one was last used stand in
 * `credential_details`.
 */
export interface CredentialPayload {
  kind: 'api-token' | 'service-account';
  /** Whose token it is, or the service account itself. */
  accountId: string;
  /** `ALLOWED`, `BLOCKED`, `ACTIVE`, … as given; null when Atlassian did not say. */
  status: string | null;
  /** ISO time, of tokens only. */
  createdAt: string | null;
  /** ISO time, of tokens only. */
  expiresAt: string | null;
  /** Account id of who made it, of service accounts only. */
  createdBy: string | null;
}

/** Payload of `audit`: what a site recorded of changes of access, without anybody's name. Key and container: `site`. */
export interface AuditPayload {
  /** ISO time of the oldest record that was seen; null when there was none. */
  reachesTo: string | null;
  /** ISO time of the newest record of permissions, users or groups; null when none could be told. */
  accessAt: string | null;
}

/** Payload of `people`. Key: entity ref or id in the source. Container: `all`. Source: `people:<source>`. */
export interface PersonPayload {
  status: 'employed' | 'departed' | 'missing';
  /** ISO dates */
  startDate: string | null;
  endDate: string | null;
  /** ISO time of the first complete read that no longer had this person. */
  absentSince: string | null;
  managerRef: string | null;
  /** `employee`, `contractor`, `intern`, `temporary` or `other`; rows of earlier versions do not say it. */
  employmentType?: string | null;
  /** Account ids the source itself names, sorted. */
  accountIds: string[];
}

/** Payload of `identity_links`. Key: account id. Source: `identity`, container `links`. */
export interface IdentityLinkPayload {
  /** Source and key of the person. */
  source: string;
  person: string;
  how: 'account-id' | 'email' | 'manual';
}

/** Payload of `results`. Key: `<checkId>|<subjectKind>|<subjectId>`. Container: check id. Source: connection id. */
export interface ResultPayload {
  checkId: string;
  subjectKind: string;
  subjectId: string;
  verdict: Verdict;
  /** Stable code, such as `still-active`. */
  reason: string;
  /** Stable facts behind the verdict: ids and enums, no names. */
  facts: Record<string, unknown>;
  /** The account it is about, which can be another one than its subject. */
  accountId: string | null;
  /** What it is about: `site:<connection>`, `space:<spaceId>`, `page:<pageId>` or `policy:<id>`. */
  resource: string | null;
}

export interface DatasetPayloads {
  accounts: AccountPayload;
  groups: GroupPayload;
  memberships: MembershipPayload;
  spaces: SpacePayload;
  grants: GrantPayload;
  pages: PagePayload;
  labels: LabelPayload;
  restrictions: RestrictionPayload;
  directory: DirectoryPayload;
  credentials: CredentialPayload;
  audit: AuditPayload;
  people: PersonPayload;
  identity_links: IdentityLinkPayload;
  results: ResultPayload;
}

export type DatasetName = keyof DatasetPayloads;
