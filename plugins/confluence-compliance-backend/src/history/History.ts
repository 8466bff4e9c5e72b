// SPDX-License-Identifier: Apache-2.0
import { DatabaseService, LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { migrateDatabase } from '../database';
import { createLedger, Ledger } from '../ledger';
import { readActivity } from './activity';
import { acceptShrink, changeRows } from './change';
import { readHead, resolveRevision } from './clock';
import { readContainers } from './containers';
import { CredentialDetails, readCredentialDetails } from './credentialDetails';
import { DatasetName, DatasetPayloads } from './datasets';
import { Decisions } from './decisions';
import { definitionOf, Definitions, definitions } from './definitions';
import { openRoles } from './directoryRoles';
import { ExceptionStore } from './exceptions/ExceptionStore';
import { readChanges, readConsumer, touchSite, writeConsumer } from './feed';
import { Changes, ChangesOptions, FeedConsumer } from './feedTypes';
import { endSubjects, forgetSource } from './forget';
import { countedAt, forgetCounts } from './countsAt';
import {
  readEmailHolders,
  readProfiles,
  readProfilesByEmail,
} from './profiles';
import { provingReads, ProvingReads, ProvingSince } from './provingReads';
import { publishRun, Writing } from './publish';
import * as reads from './reads';
import { Retention } from './retention/Retention';
import {
  countRows,
  readClosedLast,
  readIntervals,
  readKeys,
  readRow,
  streamPayloads,
  streamRows,
} from './rows';
import {
  type StagedBatch,
  StageOptions,
  StageRequest,
  stageTogether,
} from './staging';
import { readStanding, Standing } from './standing';
import { PageSubjects } from './subjects';
import { Together } from './Together';
import {
  AcceptShrink,
  BeginRead,
  Change,
  ChangeOptions,
  Container,
  ContainerState,
  Fence,
  FinishRead,
  HistoryRow,
  Interval,
  IntervalsOptions,
  ObservedRow,
  Profile,
  PublishOptions,
  PublishOutcome,
  Read,
  RowsOptions,
  StandingPayload,
} from './types';
import { ProfileKind, Revision } from './words';
import { newestWholeRead } from './wholeReads';

export interface HistoryOptions {
  database: DatabaseService;
  logger?: LoggerService;
  /** Which pages the changes feed speaks of; default `labelled`. */
  pageSubjects?: PageSubjects;
  /** How the datasets are stored; only tests of an upgrade give others. */
  definitions?: Definitions;
}

/** The one history: what was seen, when it held, and what changed since. */
export class History {
  readonly #writing: Writing;
  readonly #logger?: LoggerService;
  readonly #begin: Together<reads.BeginRequest, Read>;
  readonly #stage: Together<StageRequest, StagedBatch>;
  readonly #finish: Together<reads.FinishRequest, Read>;
  /** What goes with time, or because somebody asks. */
  readonly retention: Retention;
  /** What people said of accounts. */
  readonly decisions: Decisions;
  /** Findings that somebody accepts until a date. */
  readonly exceptions: ExceptionStore;

  static async create(options: HistoryOptions): Promise<History> {
    const knex = await migrateDatabase(options.database);
    return new History(knex, options);
  }

  private constructor(knex: Knex, options: HistoryOptions) {
    this.#logger = options.logger;
    this.#writing = {
      knex,
      ledger: createLedger(),
      definitions: options.definitions ?? definitions,
      pageSubjects: options.pageSubjects ?? 'labelled',
    };
    const { definitions: all } = this.#writing;
    this.#begin = new Together(many => reads.beginReads(knex, all, many));
    this.#stage = new Together(many => stageTogether(knex, all, many));
    this.#finish = new Together(many => reads.finishReads(knex, many));
    this.retention = new Retention(this.#writing);
    this.decisions = new Decisions(knex);
    this.exceptions = new ExceptionStore(this.#writing);
  }

  get #knex(): Knex {
    return this.#writing.knex;
  }

  #definition(dataset: string) {
    return definitionOf(this.#writing.definitions, dataset);
  }

  /** The ledger in the same database. */
  get ledger(): Ledger {
    return this.#writing.ledger;
  }

  /** The newest revision; 0 before anything is known. */
  async head(): Promise<Revision> {
    return readHead(this.#knex);
  }

  /**
   * The revision that a request asks for: a revision, or an ISO time for the
   * last one committed by then; the head without `asOf`. InputError for what
   * is malformed, unknown or in the future; RevisionGoneError for what is not
   * kept any more.
   */
  async resolve(asOf?: string | number): Promise<Revision> {
    return resolveRevision(this.#knex, asOf);
  }

  /**
   * Starts a read. Within a run a container has one unpublished read: asking
   * again returns it to be resumed, or finished when `finishedAt` is set.
   * Another mode or scope starts it over.
   */
  async beginRead(begin: BeginRead, fence?: Fence): Promise<Read> {
    return this.#begin.do({ begin, fence });
  }

  /**
   * What stood in the container when a read of the difference began, to tell the difference from. Read
   * it before anything is staged, and again after the read was restarted.
   */
  async standing(readId: string): Promise<Standing> {
    return readStanding(this.#knex, this.#writing.definitions, readId);
  }

  /** Stores what a reader saw, in one transaction with its progress; counts all that it has seen. */
  async stage(
    readId: string,
    rows: ObservedRow[],
    options?: StageOptions,
  ): Promise<StagedBatch> {
    return this.#stage.do({ readId, rows, options: options ?? {} });
  }

  /** Forgets what an unpublished read saw; also reopens a finished one. */
  async restartRead(readId: string, fence?: Fence): Promise<Read> {
    const { definitions: all } = this.#writing;
    return reads.restartRead(this.#knex, all, readId, fence);
  }

  /** Ends a read. With malformed records, complete becomes partial. */
  async finishRead(
    readId: string,
    finish: FinishRead,
    fence?: Fence,
  ): Promise<Read> {
    return this.#finish.do({ readId, finish, fence });
  }

  /** What publishing this read as complete would remove, before the guard. */
  async missing(
    readId: string,
    limit: number,
  ): Promise<{ keys: string[]; total: number }> {
    const { definitions: all } = this.#writing;
    return reads.missingRows(this.#knex, all, readId, limit);
  }

  /** The roles that stand in the directory of an organization, by account id, of those who have any. */
  async directoryRoles(source: string): Promise<Map<string, string[]>> {
    return openRoles(this.#knex, source);
  }

  /** All reads of a run, in the order they started. */
  async readsOf(runId: string): Promise<Read[]> {
    return reads.readsOf(this.#knex, runId);
  }

  /** Forgets everything of a run that was not published. */
  async discardRun(runId: string): Promise<void> {
    return reads.discardRun(this.#knex, runId);
  }

  /**
   * Publishes the finished reads of a run: one transaction, at most one
   * revision. Throws StaleStagingError when rows changed under the reads.
   */
  async publish(options: PublishOptions): Promise<PublishOutcome> {
    const outcome = await publishRun(this.#writing, options);
    for (const { source, dataset, key, missing, of } of outcome.refused) {
      this.#logger?.warn(
        `Kept ${missing} of ${of} rows of ${source}/${dataset}/${key} that vanished at once`,
      );
    }
    return outcome;
  }

  /** Small direct changes in one revision, such as an identity link. */
  async change(
    options: ChangeOptions,
    write: (change: Change) => Promise<void>,
  ): Promise<PublishOutcome> {
    return changeRows(this.#writing, options, write);
  }

  /**
   * Carries out the removals that the shrink guard refused for a read, as
   * long as no later read of its container was published (ConflictError).
   */
  async acceptShrink(options: AcceptShrink): Promise<PublishOutcome> {
    return acceptShrink(this.#writing, options);
  }

  /** Rows standing at a revision, in pages; memory stays constant. */
  rows<D extends DatasetName>(
    dataset: D,
    options: RowsOptions,
  ): AsyncIterable<HistoryRow<DatasetPayloads[D]>[]> {
    return streamRows<D>(this.#knex, this.#definition(dataset), options);
  }

  /**
   * Keys and payloads of rows standing at a revision, in pages. Rows that say the same may have one and
   * the same payload, which is frozen.
   */
  payloads<D extends DatasetName>(
    dataset: D,
    options: RowsOptions,
  ): AsyncIterable<StandingPayload<DatasetPayloads[D]>[]> {
    return streamPayloads<D>(this.#knex, this.#definition(dataset), options);
  }

  /** One row as it stood at a revision. */
  async row<D extends DatasetName>(
    dataset: D,
    source: string,
    key: string,
    asOf: Revision,
  ): Promise<HistoryRow<DatasetPayloads[D]> | undefined> {
    const definition = this.#definition(dataset);
    return readRow<D>(this.#knex, definition, source, key, asOf);
  }

  /** The keys of all rows of a source that stand at a revision, in no order. */
  async keys(
    dataset: DatasetName,
    options: { source: string; asOf: Revision },
  ): Promise<string[]> {
    return readKeys(this.#knex, this.#definition(dataset), options);
  }

  /** How many rows stand at a revision. */
  async count(
    dataset: DatasetName,
    options: Omit<RowsOptions, 'batch'>,
  ): Promise<number> {
    const { source, container, keys, asOf } = options;
    const count = () =>
      countRows(this.#knex, this.#definition(dataset), options);
    if (source === undefined || container !== undefined || keys) {
      return count();
    }
    const counted = await countedAt(
      this.#knex,
      { what: 'rows', connection: source, revision: asOf, none: 0 },
      [dataset],
      async () => new Map([[dataset, await count()]]),
    );
    return counted.get(dataset) ?? 0;
  }

  /** Every interval of a key, oldest first. */
  async intervalsOf<D extends DatasetName>(
    dataset: D,
    source: string,
    key: string,
  ): Promise<Interval<DatasetPayloads[D]>[]> {
    const definition = this.#definition(dataset);
    return readIntervals<D>(this.#knex, definition, source, key);
  }

  /** The newest revision that closed any of some rows; undefined where none of them is closed. */
  async closedLast(
    dataset: DatasetName,
    of: IntervalsOptions,
  ): Promise<Revision | undefined> {
    return readClosedLast(this.#knex, this.#definition(dataset), of);
  }

  /** The end of the newest whole read of a dataset that was known at a moment; undefined where none was. */
  async newestWholeRead(
    of: Pick<Container, 'source' | 'dataset'>,
    at: { revision: Revision; moment: string },
  ): Promise<string | undefined> {
    return newestWholeRead(this.#knex, of, at);
  }

  /** What is known about containers since their last published reads. */
  async containers(filter?: Partial<Container>): Promise<ContainerState[]> {
    return readContainers(this.#knex, filter);
  }

  /** Reads that can prove what a container holds, of those that began after an ISO time. */
  async provingReads(
    container: Container,
    since: ProvingSince,
  ): Promise<ProvingReads | undefined> {
    return provingReads(this.#knex, container, since);
  }

  /** Personal data by id, latest value. */
  async profiles(
    kind: ProfileKind,
    ids: string[],
  ): Promise<Map<string, Profile>> {
    return readProfiles(this.#knex, kind, ids);
  }

  /**
   * Those of some ids whose email is known.
   *
   * @param words - only emails that begin with one of these before their `@`
   */
  async emailHolders(
    kind: ProfileKind,
    ids: string[],
    words?: string[],
  ): Promise<Set<string>> {
    return readEmailHolders(this.#knex, kind, ids, words);
  }

  /** When accounts were last active as an organization knows it now, by account id and product. */
  async activity(
    source: string,
    accountIds: string[],
  ): Promise<Map<string, Map<string, string>>> {
    return readActivity(this.#knex, source, accountIds);
  }

  /** What is known now of credentials, by key. */
  async credentialDetails(
    source: string,
    keys: string[],
  ): Promise<Map<string, CredentialDetails>> {
    return readCredentialDetails(this.#knex, source, keys);
  }

  /** Personal data by folded email (see `foldEmail`). */
  async profilesByEmail(
    kind: ProfileKind,
    foldedEmails: string[],
  ): Promise<Map<string, Profile[]>> {
    return readProfilesByEmail(this.#knex, kind, foldedEmails);
  }

  /** Makes the site a subject of the feed, or gives it another title. */
  async touchSite(connection: string, title: string): Promise<PublishOutcome> {
    return touchSite(this.#knex, connection, title);
  }

  /** Says in the feed that everything of a source is gone. */
  async endSubjects(source: string): Promise<void> {
    await endSubjects(this.#knex, source);
  }

  /** Deletes everything that was seen of a source; can be called again. */
  async forget(source: string, signal?: AbortSignal): Promise<void> {
    try {
      await forgetSource(this.#knex, this.#writing.definitions, source, signal);
    } finally {
      forgetCounts(this.#knex);
    }
  }

  /** What changed since a position; see `Changes`. */
  async changes(options: ChangesOptions): Promise<Changes> {
    return readChanges(this.#knex, options);
  }

  /** What a consumer of the feed saved last. */
  async consumer(id: string): Promise<FeedConsumer | undefined> {
    return readConsumer(this.#knex, id);
  }

  /** Saves how far a consumer has come. */
  async saveConsumer(
    id: string,
    state: Pick<FeedConsumer, 'position' | 'fingerprint'>,
  ): Promise<void> {
    return writeConsumer(this.#knex, id, state);
  }
}
