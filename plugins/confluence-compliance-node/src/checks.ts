// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  AccessRule,
  AccountClass,
  Check,
  CriticalSystem,
  DatasetName,
  RemediationState,
  Severity,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';

/** One record as it stood at the revision a check judges. @public */
export interface CheckRow<P> {
  /** Unique within its connection and dataset. */
  key: string;
  payload: P;
  /** The present credentials or filters cannot confirm it any more. */
  outOfScope?: true;
}

/** Key: account id. @public */
export interface CheckAccount {
  /** `atlassian`, `app`, `customer`, … as Atlassian says it. */
  accountType: string;
  /** `active`, `inactive`, `closed`, `unknown`, … as Atlassian says it. */
  accountStatus: string;
  class: AccountClass;
  /** In a group or in the site's user search. */
  listed: boolean;
}

/** Key: `<groupId>/<accountId>`. @public */
export interface CheckMembership {
  groupId: string;
  accountId: string;
}

/** Key: group id. @public */
export interface CheckGroup {
  name: string;
  managedBy: string;
  usageType: string;
}

/** Key: space id. @public */
export interface CheckSpace {
  key: string;
  name: string;
  type: string;
  status: string;
}

/** Key: `<spaceId>/<principalType>/<principalId>/<operation>/<target>`. @public */
export interface CheckGrant {
  spaceId: string;
  /** `account`, `group`, `access-class`, or a word of Atlassian's that we do not know. */
  principalType: string;
  /** Account id, group id, or the name of an access class such as `anonymous-users`. */
  principalId: string;
  /** `read`, `create`, `administer`, … as Atlassian says it. */
  operation: string;
  /** What it may be done to: `space`, `page`, `comment`, … as Atlassian says it. */
  target: string;
}

/** Key: page id. Times are ISO 8601. @public */
export interface CheckPage {
  spaceId: string;
  title: string;
  status: string;
  parentId: string | null;
  ownerId: string | null;
  version: number;
  versionAt: string | null;
  versionBy: string | null;
}

/** Key: `<label>/<pageId>`. @public */
export interface CheckLabel {
  pageId: string;
  label: string;
}

/** Who may read a labelled page. Key: page id. @public */
export interface CheckRestriction {
  /** Narrowed on the page itself, on an ancestor, or not at all. */
  read: 'open' | 'own' | 'inherited';
  /** The ancestor that narrows it. */
  from: string | null;
}

/** What the organization of a connection says of an account. Key: account id. @public */
export interface CheckDirectoryEntry {
  /** `managed` or `unmanaged`, as Atlassian says it. */
  claimStatus: string | null;
  /** `active`, `inactive`, `closed`, as Atlassian says it. */
  accountStatus: string | null;
  /** `active`, `suspended`, `no_membership`, as Atlassian says it. */
  membershipStatus: string | null;
  /** Definite only for a managed account. */
  mfa: 'enabled' | 'disabled' | 'unknown';
  /** Who made it: `invited`, `synced`, as Atlassian says it. */
  managementSource: string | null;
  /** Such as `atlassian/org-admin`; null when Atlassian did not say. */
  platformRoles: string[] | null;
  /** Of more than plain use on the site of the connection; null while nobody knows which product that is. */
  roles: string[] | null;
  /** Whether it may use the site of the connection; null when that is not known. */
  licensed: boolean | null;
  /** ISO time on the site of the connection, as known now: not of the revision that is judged. */
  lastActiveAt?: string;
}

/** An API token or a service account. Key: `<kind>/<id>`. Times are ISO 8601. @public */
export interface CheckCredential {
  kind: 'api-token' | 'service-account';
  /** Whose token it is, or the service account itself. */
  accountId: string;
  /** `ALLOWED`, `BLOCKED`, `ACTIVE`, … as Atlassian says it. */
  status: string | null;
  createdAt: string | null;
  expiresAt: string | null;
  /** Account id of who made it, of service accounts only. */
  createdBy: string | null;
  /** As known now: not of the revision that is judged. */
  lastUsedAt?: string;
}

/** What was seen of the audit log of a site. Times are ISO 8601, as known now. @public */
export interface CheckAudit {
  /** Everything until here was read. */
  readTo: string;
  /** Newest record of any kind; null when there was none. */
  newestAt: string | null;
  /** Oldest record that was seen. */
  reachesTo: string | null;
}

/** How fresh what was read of a connection is, as known now. Times are ISO 8601. @public */
export interface CheckEvidence {
  /** What its purposes and its organization are read for. */
  datasets: Array<{
    dataset: CheckDataset;
    /** Since when all of it is known; absent where some of it never was. */
    wholeSince?: string;
    /** Why it is not whole: a stable code. */
    gap?: string;
  }>;
  credentials: Array<{
    /** The method, or `organization`. */
    name: string;
    state: 'stored' | 'missing' | 'reconnect' | 'expiring' | 'expired';
  }>;
}

/** Account to person. Key: account id. @public */
export interface CheckLink {
  /** Personnel source, such as `people:catalog`. */
  source: string;
  /** Key of the person in that source. */
  person: string;
  how: 'account-id' | 'email' | 'manual';
}

/** A record of a personnel source. Key: entity ref or id in the source. @public */
export interface CheckPerson {
  status: 'employed' | 'departed' | 'missing';
  /** ISO dates */
  startDate: string | null;
  endDate: string | null;
  /** ISO time of the first complete read that no longer had this person. */
  absentSince: string | null;
  /**
   * ISO time from which this person counts as departed: the end date, or when the person was first
   * seen departed, whichever came first. Null for anybody else.
   */
  departedAt: string | null;
  managerRef: string | null;
  /** Account ids that the source itself names. */
  accountIds: string[];
}

/** A site or space whose access must be reviewed on a cadence. @public */
export interface CheckCriticalSystem {
  /** `site:<connection>` or `space:<spaceId>`; `space:<KEY>` of a space that was never seen. */
  ref: string;
  /** Id of the space; absent where it is the site itself, or a space that was never seen. */
  spaceId?: string;
  rule: AccessRule;
  /**
   * Why its access cannot be judged at all: a stable code, such as `space-not-found`. With
   * `space-not-visible`, what was last seen of it still stands and proves no pass.
   */
  missing?: string;
  /** Why not all of its access is known: a stable code, such as `grants-incomplete`. */
  gap?: string;
  /** When its access was reviewed and must be; as known now. */
  review: Pick<
    CriticalSystem['review'],
    'every' | 'lastAt' | 'gapsAt' | 'dueAt'
  >;
}

/** A membership or grant that a review decided on. @public */
export interface CheckReviewed {
  dataset: 'memberships' | 'grants';
  /** Id of the group or space. */
  container: string;
  /** `account`, `group` or `access-class`. */
  principalType: string;
  principalId: string;
  /** `keep`, `revoke` or `defer`. */
  decision: string;
}

/** A membership or grant that a review revoked, and what became of it. @public */
export interface CheckRevocation extends Omit<CheckReviewed, 'decision'> {
  /** ISO time. */
  decidedAt: string;
  state: RemediationState;
  /** Why nothing can prove it: a stable code, such as `suspended`. */
  why?: string;
}

/** A document that the organization must have. @public */
export interface CheckPolicy {
  id: string;
  /** How long ago its last review may be: an ISO 8601 duration; absent where the policy says nothing. */
  reviewEvery?: string;
  /** The pages that its rule finds, by id; most of the time none or one. */
  pages: Array<{
    id: string;
    /** `current`, `archived`, `trashed`, … as Confluence says it. */
    status: string;
    /** Absent where only the label of the page was read. */
    spaceId?: string;
    /** Account id; absent where only the label of the page was read. */
    ownerId?: string | null;
    /** Number of the published version; absent where only the label of the page was read. */
    version?: number;
    /** What was found in the text of a version of it, as known now; absent before it was read. */
    structure?: {
      version: number;
      /** Why it could not be read: a stable code. Then nothing below says anything. */
      failed?: string;
      /** Nothing stands there but headings. */
      empty: boolean;
      /** Of those that the configuration requires. */
      missingHeadings: string[];
      emptyHeadings: string[];
      /** Of those that the configuration names. */
      placeholders: string[];
      /** The text was longer than was looked at. */
      cut: boolean;
    };
    /** Whom it lets edit by its own restriction, as known now; absent before it was read. */
    editors?: {
      /** Not: whoever may edit pages of its space. */
      restricted: boolean;
      accountIds: string[];
      groupIds: string[];
      /** Whether all whom it names could be read. */
      complete: boolean;
    };
    /** The newest version of it that somebody approved. */
    approval?: {
      version: number;
      /** SHA-256 of what was approved, in storage format, as hex. */
      contentHash: string;
    };
    /**
     * The hash of the text of a version of it, as known now; absent before it was read, and where its
     * newest approval has read another text since.
     */
    text?: { version: number; contentHash: string };
    /** When somebody last approved a version of it as a whole, not a minor edit; ISO time. */
    reviewedAt?: string;
    /** ISO time of its version; absent where only the label of the page was read. */
    versionAt?: string | null;
    /** Why what is said of the page may be over: a stable code. */
    gap?: string;
  }>;
  /** Who has acknowledged its approved version, as known now; absent where it concerns nobody. */
  acknowledged?: {
    people: number;
    acknowledged: number;
    /** How many have not, of the groups whose members are known. */
    missing: number;
    /** Groups whose members are not known. */
    unreadGroups: number;
  };
  /** The datasets that would show a page that is not found. */
  requires: CheckDataset[];
  /** Why a page may be there that is not found, or not as it seems: a stable code. */
  gap?: string;
}

/** Who is outside the user group of a connection. @public */
export interface CheckOutsiders {
  has(accountId: string): boolean;
  /** Why somebody may be in the group who seems to be outside: a stable code. */
  gap?: string;
}

/** Pages of rows, so that nothing has to fit into memory. @public */
export type CheckRows<P> = AsyncIterable<CheckRow<P>[]>;

/** What a check reads, all of it at one revision. @public */
export interface CheckData {
  accounts(connection: string): CheckRows<CheckAccount>;
  /** Those of these accounts that are known. */
  accountsOf(
    connection: string,
    accountIds: string[],
  ): Promise<Map<string, CheckAccount>>;
  memberships(connection: string): CheckRows<CheckMembership>;
  groups(connection: string): CheckRows<CheckGroup>;
  spaces(connection: string): CheckRows<CheckSpace>;
  /** Those that have each of the values that are given. */
  grants(
    connection: string,
    only?: Partial<
      Pick<
        CheckGrant,
        'spaceId' | 'principalType' | 'principalId' | 'operation'
      >
    >,
  ): CheckRows<CheckGrant>;
  pages(connection: string): CheckRows<CheckPage>;
  labels(connection: string): CheckRows<CheckLabel>;
  restrictions(connection: string): CheckRows<CheckRestriction>;
  /** Everybody of the organization; nobody where the connection has none. */
  directory(connection: string): CheckRows<CheckDirectoryEntry>;
  /** What the organization says of these accounts; it may not list all of them. */
  directoryOf(
    connection: string,
    accountIds: string[],
  ): Promise<Map<string, CheckDirectoryEntry>>;
  /** Of the organization; none where the connection has none. */
  credentials(connection: string): CheckRows<CheckCredential>;
  /** Undefined before it was first read. */
  audit(connection: string): Promise<CheckAudit | undefined>;
  evidence(connection: string): Promise<CheckEvidence>;
  /**
   * Why a container is incomplete, as a stable code; undefined where it is complete. Without a key, that of
   * a dataset that one read covers.
   */
  gap(
    connection: string,
    dataset: CheckDataset,
    key?: string,
  ): string | undefined;
  links(): CheckRows<CheckLink>;
  people(): CheckRows<CheckPerson>;
  /** The person behind each linked account, by account id; checks that run together share it. */
  peopleByAccount(): Promise<ReadonlyMap<string, CheckPerson>>;
  /** Those of the given accounts whose email was ever seen; never the emails themselves. */
  knownEmails(accountIds: string[]): Promise<Set<string>>;
  /** Entity refs of who answers for the given accounts, as somebody said; as known now. */
  owners(accountIds: string[]): Promise<Map<string, string>>;
  /** Those of the given accounts whose email begins with one of these words before its `@`; never the emails. */
  accountsNamed(accountIds: string[], words: string[]): Promise<Set<string>>;
  /**
   * Who is not in the user group that holds the licensed population of the connection; undefined
   * where it names none, or one that the site does not have: then nobody is outside.
   */
  outsiders(connection: string): Promise<CheckOutsiders | undefined>;
  criticalSystems(connection: string): Promise<CheckCriticalSystem[]>;
  /** What reviews that are signed off decided, the oldest review first; as known now. */
  reviewed(connection: string): CheckRows<CheckReviewed>;
  /** What reviews revoked; as known now. */
  revocations(connection: string): CheckRows<CheckRevocation>;
  policies(connection: string): Promise<CheckPolicy[]>;
  /**
   * Ids of documents that the chosen frameworks ask for and that no policy of any connection is. They
   * stand with the first connection that reads policies: of every other one it is empty.
   */
  documentsWithoutPolicy(connection: string): Promise<string[]>;
}

/** What a check is evaluated with. @public */
export interface CheckContext<P = Record<string, unknown>> {
  revision: number;
  /** Ids of the connections to judge. */
  connections: string[];
  parameters: P;
  now: Date;
  signal: AbortSignal;
  data: CheckData;
}

/** What a check may need: a dataset of a sync, or the personnel sources. @public */
export type CheckDataset = DatasetName | 'people';

/** The verdict on one subject. @public */
export interface CheckResult {
  connection: string;
  subjectId: string;
  verdict: Verdict;
  /** Stable code, such as `still-active`. */
  reason: string;
  /** Stable facts behind the verdict: ids and enums, no names. */
  facts: Record<string, unknown>;
  /**
   * The violation is that something was not found. While what would show it is incomplete, the
   * runner makes the verdict unknown.
   */
  restsOnAbsence?: boolean;
  /** What this verdict needs of all that the check requires. Default all of it. */
  requires?: CheckDataset[];
  /** Why what this subject alone needs is incomplete; goes before what is required. */
  gap?: string;
  /**
   * Counts only where a result on this subject stands, and replaces that one. For what is not said any
   * more of a subject: what was found of it is not resolved, nor is everybody else a finding.
   */
  onlyIfJudgedBefore?: true;
  /** What it is about besides its subject, so that it is found there. */
  about?: {
    /** Account id; the subject itself where that is an account. */
    account?: string;
    /** `site:<connection>`, `space:<spaceId>`, `page:<pageId>` or `policy:<id>`. */
    resource?: string;
  };
}

/** A control of a framework that a check speaks to. @public */
export type CheckControl = Check['controls'][number];

/** A rule: data and one function. @public */
export interface ConfluenceCheck<S extends z.ZodType = z.ZodType> {
  /** Stable and unique, such as `access.offboarded-removed`. */
  id: string;
  /** A statement that should be true. */
  title: string;
  description: string;
  severity: Severity;
  /** What it judges, such as `account`. */
  subjectKind: string;
  /**
   * Only connections with one of these are judged; where there is none, the check is not applicable.
   * `documents` are policies, and documents that frameworks ask for. Default all connections.
   */
  where?: 'critical-systems' | 'documents' | 'policies' | 'revocations';
  /** A pass needs every container of these to be complete. */
  requires: CheckDataset[];
  /** Sharpens the verdict where there is any; what is missing is named and blocks nothing. */
  improves: CheckDataset[];
  /**
   * Of those it requires, the ones that say which subjects there are: while one is incomplete the check
   * as a whole does not pass, whatever each verdict rests on, and what stands of a subject that is not
   * found again stays open as unknown.
   */
  listedBy?: CheckDataset[];
  /** Accepts an empty object; gives the defaults. None is named `schedule`: each check has that. */
  parameters: S;
  controls: CheckControl[];
  /** Its own reason codes, each in a sentence. A code that nobody puts into words stands for itself. */
  reasons?: Record<string, string>;
  /** Steps, in order. */
  howToFix: string[];
  /** `needs-organization-key` is ready as soon as a connection has one. */
  state: Check['state'];
  /** Why it is not judged, where its state is `later` or `attestation`: a stable code. */
  waitsFor?: string;
  /** One result per subject; the runner turns a pass over incomplete data into unknown. */
  evaluate(context: CheckContext<z.output<S>>): AsyncIterable<CheckResult>;
}

/** Adds checks to those that come with the plugin. @public */
export interface ConfluenceComplianceChecksExtensionPoint {
  /** Throws when a check of the same id was already added. */
  addCheck<S extends z.ZodType>(...checks: ConfluenceCheck<S>[]): void;
}

/** For modules of the confluence-compliance plugin. @public */
export const confluenceComplianceChecksExtensionPoint =
  createExtensionPoint<ConfluenceComplianceChecksExtensionPoint>({
    id: 'confluence-compliance.checks',
  });
