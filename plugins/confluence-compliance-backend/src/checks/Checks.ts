// SPDX-License-Identifier: Apache-2.0
import type {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  type AccessCheck,
  type Check,
  type CheckCounts,
  type CheckRun,
  type CriticalSystem,
  type Finding,
  type Page,
  type Policy,
  type PolicyDetail,
  type PolicyEditors,
  type PolicyPages,
  type RecheckAnswer,
  type Severity,
  type Trend,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { ComplianceConfig } from '../config';
import type { OrganizationSource } from '../connections';
import { migrateDatabase } from '../database';
import {
  type History,
  type Lists,
  type Lookups,
  type ResultScope,
  type Revision,
} from '../history';
import type { Mapping } from '../policies';
import { remember } from '../remember';
import { AttestationRows } from './attestations/AttestationRows';
import { Attestations } from './attestations/Attestations';
import { accessChecks } from './accessChecks';
import {
  CheckRegistry,
  checkOf,
  RegisteredCheck,
  runnableOf,
} from './CheckRegistry';
import { CheckOutcome, CheckRunner, Pass } from './CheckRunner';
import { CheckRunStore } from './CheckRunStore';
import type { Subjects } from './CheckScope';
import { CheckSchedule } from './CheckSchedule';
import { ChecksNow } from './ChecksNow';
import type { ConnectionStateOf } from './connectionState';
import { Exceptions } from './exceptions/Exceptions';
import { describeFindings } from './describeFindings';
import { describePolicies, describePolicy } from './describePolicies';
import { describeSystems, SystemsQuery } from './describeSystems';
import type { Organizations } from './places';
import { policyEditors, type Sees } from './policyEditors';
import { policyPages } from './policyPages';
import { FindingNotes } from './FindingNotes';
import { FindingNotices, type FindingNoticesOptions } from './FindingNotices';
import { checksFor, type FindingsQuery } from './findingsQuery';
import { checksAt } from './pastStanding';
import { tellDigest } from './tellDigest';
import { tellRegressed } from './tellRegressed';

/** Where a check reports what it found. */
export interface CheckMetrics {
  published(checkId: string, counts: CheckCounts): void;
  failed(checkId: string): void;
}

export interface ChecksOptions extends Subjects {
  config: Pick<
    ComplianceConfig,
    'schedule' | 'checks' | 'connections' | 'exceptions' | 'frameworks'
  >;
  history: History;
  lists: Lists;
  lookups: Lookups;
  database: DatabaseService;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Ids of the connections there are. */
  connections: () => string[];
  /** Where the history holds what their organizations say. Default: they have none. */
  organizations?: () => Promise<OrganizationSource[]>;
  /** What is known now of a connection itself. Default: nothing. */
  connectionState?: ConnectionStateOf;
  /** Default: only the built-in checks. */
  registry?: CheckRegistry;
  metrics?: CheckMetrics;
  /** Default: nobody is told of findings. */
  notifications?: FindingNoticesOptions['notifications'];
  /** Default: notices are not audited. */
  auditor?: FindingNoticesOptions['auditor'];
  now?: () => Date;
}

/** What the parts of the room are made of. */
interface Rooms extends ChecksOptions {
  checks: Map<string, RegisteredCheck>;
  store: CheckRunStore;
  notes: FindingNotes;
  now: () => Date;
}

interface ConnectionsQuery {
  /** Default all. */
  connections?: string[];
}

/** The checks, their runs and what they found. */
export class Checks {
  readonly #options: Rooms;
  readonly #runner: CheckRunner;
  readonly #reach: Lists['access']['peopleOfSpace'];
  /** Findings that somebody accepts until a date. */
  readonly exceptions: Exceptions;
  /** What people attest where nothing can be read. */
  readonly attestations: Attestations;
  readonly #notices: FindingNotices;
  readonly #schedule: CheckSchedule;
  readonly #current: ChecksNow;
  /** Who looks after findings, and what people wrote about them. */
  readonly notes: FindingNotes;

  /** Throws an InputError of one line when the parameters of a check are wrong. */
  static async create(options: ChecksOptions): Promise<Checks> {
    const registry = options.registry ?? CheckRegistry.create();
    const checks = registry.configure(
      options.config.checks,
      options.config.schedule.checks,
    );
    const knex = await migrateDatabase(options.database);
    const now = options.now ?? (() => new Date());
    const store = new CheckRunStore(knex);
    const notes = new FindingNotes(knex, { ...options, now });
    const rows = new AttestationRows(knex);
    return new Checks({ ...options, checks, store, notes, now }, rows);
  }

  private constructor(options: Rooms, attestations: AttestationRows) {
    const { store, now } = options;
    this.#options = options;
    this.notes = options.notes;
    this.#notices = new FindingNotices(options);
    this.#schedule = new CheckSchedule({
      ...options,
      run: (checkId, signal, pass) => this.run(checkId, signal, pass),
    });
    this.exceptions = new Exceptions({
      ...options,
      maxDays: options.config.exceptions.maxDays,
    });
    this.attestations = new Attestations({
      ...options,
      rows: attestations,
      onAttested: checkId => this.#schedule.request([checkId]),
    });
    this.#current = new ChecksNow({
      ...options,
      attestations: this.attestations,
      organizations: () => this.#organizations(),
    });
    // A space that everybody reaches takes a while to count.
    this.#reach = remember(place => options.lists.access.peopleOfSpace(place), {
      most: 1_000,
      ms: 60_000,
      now,
    });
    this.#runner = new CheckRunner({
      history: options.history,
      store,
      connections: options.connections,
      subjects: options,
      organizations: () => this.#organizations(),
      attested: () => this.attestations.standing(),
      connectionState:
        options.connectionState ??
        (async () => ({ datasets: [], credentials: [] })),
      timeOf: revision => options.lists.timeOf(revision),
      userGroup: (connection, revision) =>
        options.lists.userGroup(connection, revision),
      now,
    });
  }

  /** Runs what is due from now on; see `CheckSchedule`. */
  async start(): Promise<void> {
    await this.#schedule.start();
  }

  /** Runs what is due now; see `CheckSchedule`. */
  async runDue(signal: AbortSignal): Promise<void> {
    await this.#schedule.runDue(signal);
  }

  /** Runs one check now, perhaps in a pass of several. Throws when it does not exist or fails. */
  async run(
    checkId: string,
    signal: AbortSignal,
    pass?: Pass,
  ): Promise<CheckOutcome> {
    const registered = checkOf(this.#options.checks, checkId);
    try {
      const outcome = await this.#runner.run(registered, signal, pass);
      this.#options.metrics?.published(checkId, outcome.counts);
      if (outcome.revision !== undefined) {
        await tellRegressed(
          { ...this.#options, notices: this.#notices },
          registered.check,
          outcome.revision,
        );
      }
      return outcome;
    } catch (error) {
      if (!signal.aborted) {
        this.#options.metrics?.failed(checkId);
      }
      throw error;
    }
  }

  /** Asks for a run of a check and answers it; see `CheckSchedule`. */
  async requestRun(checkId: string): Promise<CheckRun> {
    return this.#schedule.requestRun(checkId);
  }

  /** Asks for a new look at a finding; see `CheckSchedule`. */
  async recheck(findingId: string): Promise<RecheckAnswer> {
    return this.#schedule.recheck(findingId);
  }

  /** Gives findings to an owner, or to nobody, and tells them; returns how many changed hands. */
  async assign(
    ids: string[],
    owner: string | undefined,
    actor: string,
  ): Promise<number> {
    const changed = await this.notes.assign(ids, owner, actor);
    if (owner !== undefined) {
      await this.#notices.assigned(owner, actor, changed.length);
    }
    return changed.length;
  }

  /** Asks for a run of every check: what they judge has changed. */
  async afterPublish(): Promise<void> {
    await this.#schedule.requestAll();
  }

  /** Ids of the checks that a dataset helps to judge; not of those to come. */
  usersOf(dataset: string): string[] {
    return [...this.#options.checks.values()]
      .map(({ check }) => check)
      .filter(
        ({ requires, improves = [], state }) =>
          state !== 'later' &&
          [...requires, ...improves].some(used => used === dataset),
      )
      .map(({ id }) => id);
  }

  /** All checks and where they stand, in some connections or in all. */
  async list({
    connections = this.#options.connections(),
  }: ConnectionsQuery = {}): Promise<Check[]> {
    return this.#current.list(connections);
  }

  /**
   * All checks and where they stood at a moment of the past, as it was known then. An InputError where
   * no run of then is kept.
   */
  async listAt(
    past: { revision: Revision; moment: string },
    { connections = this.#options.connections() }: ConnectionsQuery = {},
  ): Promise<Check[]> {
    return checksAt(
      {
        ...this.#options,
        records: this.#options.store.records,
        attestations: this.attestations,
      },
      connections,
      { past, organizations: await this.#organizations() },
    );
  }

  /** Lets go of how runs ended before an ISO time; how many. */
  async forgetRuns(before: string): Promise<number> {
    return this.#options.store.records.prune(before);
  }

  /** One check; a NotFoundError when there is no such check. */
  async get(
    checkId: string,
    { connections = this.#options.connections() }: ConnectionsQuery = {},
  ): Promise<Check> {
    return this.#current.get(checkId, connections);
  }

  /** The critical systems and how they stood at a revision. */
  async criticalSystems(query: SystemsQuery): Promise<CriticalSystem[]> {
    return describeSystems(this.#describing(), query);
  }

  /** The required policies and how they stood at a revision. */
  async policies(
    query: ConnectionsQuery & { revision: Revision },
  ): Promise<Policy[]> {
    return describePolicies(this.#describing(), query);
  }

  /** One of them, with its approvals; a NotFoundError when there is none of this id. */
  async policy(id: string, revision: Revision): Promise<PolicyDetail> {
    const checks = this.#ofPolicies();
    return describePolicy({ ...this.#describing(), checks }, id, revision);
  }

  /** Who may edit its page; a ConflictError where it does not have one. */
  async policyEditors(
    id: string,
    revision: Revision,
    sees: Sees,
  ): Promise<PolicyEditors> {
    return policyEditors(this.#describing(), id, revision, sees);
  }

  /** All of them, with what each check about policies says. */
  async policiesChecked(revision: Revision): Promise<Policy[]> {
    const checks = this.#ofPolicies();
    return describePolicies({ ...this.#describing(), checks }, { revision });
  }

  /** Which pages a rule finds, before a policy is mapped by it. */
  async policyPages(
    mapping: Mapping,
    revision: Revision,
  ): Promise<PolicyPages> {
    return policyPages(this.#describing(), mapping, revision);
  }

  /** Asks for a run of the checks that judge only where there is one of these. */
  async afterChangeOf(
    where: NonNullable<ConfluenceCheck['where']>,
  ): Promise<void> {
    await this.#schedule.requestAll(where);
  }

  #ofPolicies() {
    return runnableOf(this.#options.checks)
      .map(({ check }) => check)
      .filter(({ subjectKind }) => subjectKind === 'policy');
  }

  /** How much a finding of a check matters; undefined for one that is not there. */
  severityOf(checkId: string): Severity | undefined {
    return this.#options.checks.get(checkId)?.check.severity;
  }

  /**
   * Findings that stood open at the end of each of the last days, of one check or of all; the last point
   * is now. An InputError where there is no such check.
   */
  async trend({
    check,
    connections = this.#options.connections(),
    days,
    now = this.#options.now(),
  }: ConnectionsQuery & {
    check?: string;
    days: number;
    now?: Date;
  }): Promise<Trend> {
    const { checks, config, lookups } = this.#options;
    // Refuses an unknown one as the list of findings does.
    checksFor({ check }, checks, config.frameworks);
    const severities = new Map(
      [...checks].map(([id, known]) => [id, known.check.severity]),
    );
    const asked = { connections, check, days, now, severities };
    return { points: await lookups.trend(asked) };
  }

  /** The worst that each check says over some results, the worst first. */
  async over(scopes: ResultScope[]): Promise<AccessCheck[]> {
    const worst = await this.#options.lists.findings.worstVerdicts(scopes);
    return accessChecks(this.#options.checks, worst);
  }

  /** How many findings are excepted now, of every check by its id. */
  async excepted(): Promise<Map<string, Check['excepted']>> {
    const { checks, connections, history, lists, now } = this.#options;
    const at = { revision: await history.head(), moment: now().toISOString() };
    const found = await lists.findings.countExceptedByCheck(connections(), at);
    const none = { fail: 0, warning: 0 };
    return new Map([...checks.keys()].map(id => [id, found.get(id) ?? none]));
  }

  /** Ids of the checks that judge subjects of a kind. */
  ofSubject(kind: string): string[] {
    return [...this.#options.checks.values()]
      .filter(({ check }) => check.subjectKind === kind)
      .map(({ check }) => check.id);
  }

  /** One page of findings; an InputError names the parameter that does not fit. */
  async findings(query: FindingsQuery): Promise<Page<Finding>> {
    return describeFindings(this.#options, query);
  }

  /** Tells a team how findings stand, against as many days ago. */
  async tellDigest(team: string, days: number): Promise<void> {
    const trend = await this.trend({ days: days + 1 });
    const rooms = { ...this.#options, notices: this.#notices };
    await tellDigest(rooms, team, { trend, days });
  }

  #describing() {
    // Those who describe policies take other checks by that name.
    const { checks: _, ...rooms } = this.#options;
    return {
      ...rooms,
      reach: this.#reach,
      stand: this.#current.stands(),
    };
  }

  async #organizations(): Promise<Organizations> {
    const known = (await this.#options.organizations?.()) ?? [];
    return new Map(known.map(found => [found.connection, found]));
  }
}
