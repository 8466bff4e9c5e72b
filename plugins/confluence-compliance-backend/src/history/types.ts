// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Activity } from './activity';
import type { CredentialDetails } from './credentialDetails';
import type {
  LedgerEntry,
  ProfileKind,
  ReadMode,
  ReadOutcome,
  Revision,
  SubjectKind,
} from './words';

/** What one paged read covers. */
export interface Container {
  /** Connection id; for people `people:<source>`; for links `identity`. */
  source: string;
  dataset: string;
  /** Group id, space id, label or check id; `site` where one read covers all. */
  key: string;
}

/** One record as a reader saw it. */
export interface ObservedRow<P extends object = object> {
  /** Unique within source and dataset. */
  key: string;
  /** Facts only: no personal data, nothing volatile, no undefined values. */
  payload: P;
  /** Personal data of this record; latest value only, never part of the history. */
  profile?: Profile;
  /** When it was last active; latest value only, never part of the history. */
  activity?: Activity[];
  /** What is personal or volatile about a credential; latest value only, never part of the history. */
  credential?: CredentialDetails;
}

/** Personal data, latest value only. An absent or empty field never overwrites a known one. */
export interface Profile {
  kind: ProfileKind;
  id: string;
  name?: string;
  publicName?: string;
  /** As Atlassian or the personnel source gave it; compared case folded. */
  email?: string;
  /** Who gave the email: an organization's word stands over that of a site. */
  emailFrom?: 'organization';
  /**
   * ISO time in UTC: erased on request; of a person not when. The name is then a pseudonym, and nothing
   * else is stored again.
   */
  erasedAt?: string;
}

export interface BeginRead extends Container {
  runId: string;
  mode: ReadMode;
  /** Fingerprint of credential and filters; rows of another scope are never removed. */
  scope: string;
}

/** A read in progress or finished. All times are ISO 8601 in UTC. */
export interface Read extends BeginRead {
  id: string;
  startedAt: string;
  /** Whether its container had ever had a row when it began: if not, nothing can be missing. */
  stood: boolean;
  finishedAt?: string;
  outcome?: ReadOutcome;
  /** Why the outcome is not `complete`; a stable code, then words. */
  reason?: string;
  /** Distinct rows staged so far; without those that a difference says are gone. */
  rows: number;
  /** Records that could not be parsed: counted, never silently dropped. */
  malformed: number;
  /** What the upstream said there should be; of a difference, how many rows it leaves. */
  expected?: number;
  /** Where the reader continues: opaque to history, stored with each batch. */
  progress?: unknown;
  /** Revision in force right after this read was published. */
  publishedAt?: Revision;
  /** Rows whose removal was refused because too many vanished at once. */
  refused?: number;
}

export interface FinishRead {
  outcome: ReadOutcome;
  reason?: string;
  expected?: number;
  /** New watermark of the container; moves only when this read is published. */
  watermark?: string;
}

/** What is known about a container since its last published read. */
export interface ContainerState extends Container {
  scope: string;
  presence: 'present' | 'not-visible' | 'gone';
  /** Last published read that was full and complete. */
  completeAt?: string;
  /** Last published read of any outcome. */
  readAt: string;
  outcome: ReadOutcome;
  reason?: string;
  rows: number;
  watermark?: string;
  refused?: number;
}

/** Throws in the transaction of a writer who may not write any more. */
export type Fence = (tx: Knex.Transaction) => Promise<void>;

export interface PublishOptions {
  runId: string;
  /** Asked before the clock is locked. */
  fence?: Fence;
  /** Writes that belong to the same commit, such as the state of the run. */
  record?: (tx: Knex.Transaction, outcome: PublishOutcome) => Promise<void>;
  /** Ledger entry of this publish; left out when nothing changed. */
  entry?: (outcome: PublishOutcome) => LedgerEntry;
}

export interface PublishOutcome {
  /** The new revision; undefined when nothing changed. */
  revision?: Revision;
  opened: number;
  changed: number;
  removed: number;
  /** Rows kept open because the guard refused their removal, by container. */
  refused: Array<Container & { readId: string; missing: number; of: number }>;
}

/** Small direct changes: links, exceptions, positive evidence, a person's decision. */
export interface Change {
  put(container: Container, row: ObservedRow): Promise<void>;
  /** Closes a row on positive evidence or on somebody's word. */
  remove(container: Container, key: string): Promise<void>;
  /** Closes all rows of a container that is known to be gone, and marks it so. */
  removeContainer(container: Container): Promise<void>;
}

export interface ChangeOptions {
  /** Ledger entry; left out when nothing changed. */
  entry?: LedgerEntry;
  /** Writes that belong to the same commit. */
  record?: (tx: Knex.Transaction, outcome: PublishOutcome) => Promise<void>;
  fence?: Fence;
}

export interface AcceptShrink {
  readId: string;
  /** A user or service ref. */
  actor: string;
  /** Why the removal is right; without personal data, it goes to the ledger. */
  reason: string;
  /** Writes that belong to the same commit, such as the state of the run. */
  record?: (tx: Knex.Transaction) => Promise<void>;
}

/** An interval of a key: `closed` is absent while the row stands. */
export type Interval<P extends object = object> = HistoryRow<P>;

/** A row as it stood at a revision. */
export interface HistoryRow<P extends object = object> {
  source: string;
  container: string;
  key: string;
  payload: P;
  opened: Revision;
  /** Undefined while it stands at the asked revision. */
  closed?: Revision;
  /** Since when a changed scope cannot confirm it any more. */
  outOfScopeSince?: string;
}

/** Something the changes feed speaks of. */
export interface SubjectRef {
  kind: SubjectKind;
  /** Connection id. */
  connection: string;
  /** Account id, group id, space id, page id, or the connection id for the site. */
  id: string;
}

/** Rows of any time. */
export type IntervalsOptions = Pick<
  RowsOptions,
  'source' | 'container' | 'keys' | 'only'
>;

export interface RowsOptions {
  source?: string;
  container?: string;
  keys?: string[];
  /** Only rows with these values, by payload fields that stand in a column of their own. */
  only?: Record<string, string>;
  asOf: Revision;
  /** Rows per page of the iteration, 1 to 5000, default 1000. */
  batch?: number;
  /** In which order; by default that in which they were written. */
  by?: 'key';
}

/** What there is to judge of a row that stands. */
export interface StandingPayload<P> {
  key: string;
  payload: P;
  /** A changed scope could not confirm it. */
  outOfScope?: true;
}
