// SPDX-License-Identifier: Apache-2.0
import type {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError, toError } from '@backstage/errors';
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
import { Duration } from 'luxon';
import type { ComplianceConfig } from '../config';
import type { OrganizationSource } from '../connections';
import { migrateDatabase } from '../database';
import {
  findingVerdicts,
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
  isRunnable,
  RegisteredCheck,
} from './CheckRegistry';
import { CheckOutcome, CheckRunner, Pass } from './CheckRunner';
import { CheckRunStore } from './CheckRunStore';
import type { Subjects } from './CheckScope';
import type { CheckStand } from './CheckStand';
import type { ConnectionStateOf } from './connectionState';
import { Exceptions } from './exceptions/Exceptions';
import { describePolicies, describePolicy } from './describePolicies';
import { describeSystems, SystemsQuery } from './describeSystems';
import type { Organizations } from './places';
import { policyEditors, type Sees } from './policyEditors';
import { policyPages } from './policyPages';
import { FindingNotes, idOf } from './FindingNotes';
import { FindingNotices, type FindingNoticesOptions } from './FindingNotices';
import { checksFor, type FindingsQuery } from './findingsQuery';
import { pastStandingOf } from './pastStanding';
import { type Known, standingOf } from './standing';
import { describeRun, isRunning } from './describeRun';
import { doubtOf, summarize } from './summarize';
import { FindingDescriber } from './toFinding';

const TASK = 'run-checks';
const TIMEOUT = { minutes: 30 };
/** How long after one look at a finding of a check the next one can be asked for. */
const RECHECK_MS = 30_000;

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

interface ConnectionsQuery {
  /** Default all. */
  connections?: string[];
}

/** The checks, their runs and what they found. */
export class Checks {
  readonly #options: ChecksOptions;
  readonly #checks: Map<string, RegisteredCheck>;
  readonly #store: CheckRunStore;
  readonly #runner: CheckRunner;
  readonly #now: () => Date;
  readonly #reach: Lists['spacePeople'];
  /** Findings that somebody accepts until a date. */
  readonly exceptions: Exceptions;
  /** What people attest where nothing can be read. */
  readonly attestations: Attestations;
  readonly #notices: FindingNotices;
  /** When a look at a finding of each check was last asked for, in ms. */
  readonly #rechecked = new Map<string, number>();
  /** Who looks after findings, and what people wrote about them. */
  readonly notes: FindingNotes;

  /** Throws an InputError of one line when the parameters of a check are wrong. */
  static async create(options: ChecksOptions): Promise<Checks> {
    const registry = options.registry ?? CheckRegistry.create();
    const checks = registry.configure(options.config.checks);
    const knex = await migrateDatabase(options.database);
    const notes = new FindingNotes(knex, {
      now: () => new Date(),
      ...options,
    });
    const rows = new AttestationRows(knex);
    return new Checks(options, checks, new CheckRunStore(knex), notes, rows);
  }

  private constructor(
    options: ChecksOptions,
    checks: Map<string, RegisteredCheck>,
    store: CheckRunStore,
    notes: FindingNotes,
    attestations: AttestationRows,
  ) {
    this.notes = notes;
    this.#notices = new FindingNotices(options);
    this.#options = options;
    this.#checks = checks;
    this.#now = options.now ?? (() => new Date());
    this.#store = store;
    this.exceptions = new Exceptions({
      ...options,
      checks,
      maxDays: options.config.exceptions.maxDays,
      now: this.#now,
    });
    this.attestations = new Attestations({
      ...options,
      checks,
      rows: attestations,
      onAttested: checkId => this.#request([checkId]),
      now: this.#now,
    });
    // A space that everybody reaches takes a while to count.
    this.#reach = remember(place => options.lists.spacePeople(place), {
      most: 1_000,
      ms: 60_000,
      now: this.#now,
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
      now: this.#now,
    });
  }

  /**
   * Runs what is due, on one replica at a time. The task looks often and mostly finds nothing, so
   * that a request never waits for the whole period. Every check is due after a start: parameters may
   * have changed, or a crash may have come between a publish and its checks.
   */
  async start(): Promise<void> {
    const all = this.#runnable().map(({ check }) => check.id);
    await this.#store.request(all, this.#now());
    await this.#options.scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: this.#options.config.schedule.every,
      timeout: TIMEOUT,
      initialDelay: { seconds: 10 },
      fn: signal => this.runDue(signal),
    });
  }

  /**
   * Runs the checks that were asked for or whose period is over. Throws at the end when one failed;
   * the others have run.
   */
  async runDue(signal: AbortSignal): Promise<void> {
    const runs = await this.#store.list();
    const period = Duration.fromObject(this.#options.config.schedule.checks);
    const before = (ms: number) =>
      new Date(this.#now().getTime() - ms).toISOString();
    const over = before(period.toMillis());
    const dead = before(Duration.fromObject(TIMEOUT).toMillis());
    const due = this.#runnable().filter(({ check }) => {
      const run = runs.get(check.id);
      if (!run?.startedAt || (run.requestedAt ?? '') >= run.startedAt) {
        return true;
      }
      return run.startedAt <= (run.state === 'running' ? dead : over);
    });
    await this.#runEach(due, signal);
  }

  /** Runs one check now, perhaps in a pass of several. Throws when it does not exist or fails. */
  async run(
    checkId: string,
    signal: AbortSignal,
    pass?: Pass,
  ): Promise<CheckOutcome> {
    const registered = checkOf(this.#checks, checkId);
    try {
      const outcome = await this.#runner.run(registered, signal, pass);
      this.#options.metrics?.published(checkId, outcome.counts);
      await this.#tellOfRegressed(registered, outcome.revision);
      return outcome;
    } catch (error) {
      if (!signal.aborted) {
        this.#options.metrics?.failed(checkId);
      }
      throw error;
    }
  }

  /**
   * Asks for a run and answers it; where one goes on already, that one, and asks for no other. A
   * NotFoundError when there is no such check, a ConflictError when it cannot run.
   */
  async requestRun(checkId: string): Promise<CheckRun> {
    const registered = checkOf(this.#checks, checkId);
    if (!isRunnable(registered)) {
      throw new ConflictError(`The check ${checkId} cannot run yet`);
    }
    if (registered.check.state === 'attestation') {
      throw new ConflictError(
        `The check ${checkId} follows what people attest: attest it again`,
      );
    }
    const dead = new Date(
      this.#now().getTime() - Duration.fromObject(TIMEOUT).toMillis(),
    );
    const before = (await this.#store.list()).get(checkId);
    if (before && isRunning(before, dead)) {
      return describeRun(before, dead);
    }
    await this.#request([checkId]);
    const run = (await this.#store.list()).get(checkId);
    return run ? describeRun(run, dead) : { state: 'waiting' };
  }

  /**
   * Asks for a new look at a finding: its whole check, which judges all its subjects at once, on what was
   * read last. A ConflictError when that was asked for a moment ago.
   */
  async recheck(findingId: string): Promise<RecheckAnswer> {
    const [{ checkId }] = await this.notes.named('finding', [findingId]);
    const now = this.#now().getTime();
    const last = this.#rechecked.get(checkId);
    if (last !== undefined && now - last < RECHECK_MS) {
      throw new ConflictError(
        `The check ${checkId} was asked to look again a moment ago: ask again in half a minute`,
      );
    }
    await this.requestRun(checkId);
    this.#rechecked.set(checkId, now);
    return { check: checkId, scope: 'check' };
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
    await this.#request(this.#runnable().map(({ check }) => check.id));
  }

  /** Ids of the checks that a dataset helps to judge. */
  usersOf(dataset: string): string[] {
    return [...this.#checks.values()]
      .map(({ check }) => check)
      .filter(({ requires, improves = [] }) =>
        [...requires, ...improves].some(used => used === dataset),
      )
      .map(({ id }) => id);
  }

  /** All checks and where they stand, in some connections or in all. */
  async list({ connections }: ConnectionsQuery = {}): Promise<Check[]> {
    const known = await this.#known();
    return Promise.all(
      [...this.#checks.values()].map(registered =>
        this.#stand(registered, known, connections),
      ),
    );
  }

  /**
   * All checks and where they stood at a moment of the past, as it was known then. An InputError where
   * no run of then is kept.
   */
  async listAt(
    past: { revision: Revision; moment: string },
    { connections = this.#options.connections() }: ConnectionsQuery = {},
  ): Promise<Check[]> {
    const { records } = this.#store;
    const first = await records.first();
    if (first === undefined || past.moment < first) {
      const since = first
        ? `the first that is kept is of ${first}: ask for that time or later`
        : 'none is kept';
      throw new InputError(
        `asOf ${past.moment}: nothing is known of runs of checks by then; ${since}`,
      );
    }
    const known = {
      runs: await records.at([...this.#checks.keys()], past.moment),
      organizations: await this.#organizations(),
      attested: await this.attestations.standing(past.moment),
      past,
    };
    return Promise.all(
      [...this.#checks.values()].map(async registered =>
        summarize(
          registered,
          await pastStandingOf(this.#options, registered, connections, known),
        ),
      ),
    );
  }

  /** Lets go of how runs ended before an ISO time; how many. */
  async forgetRuns(before: string): Promise<number> {
    return this.#store.records.prune(before);
  }

  /** One check; a NotFoundError when there is no such check. */
  async get(
    checkId: string,
    { connections }: ConnectionsQuery = {},
  ): Promise<Check> {
    const registered = checkOf(this.#checks, checkId);
    return this.#stand(registered, await this.#known(), connections);
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
    const checks = this.#runnable().map(({ check }) => check);
    await this.#request(
      checks.filter(check => check.where === where).map(({ id }) => id),
    );
  }

  #ofPolicies() {
    return this.#runnable()
      .map(({ check }) => check)
      .filter(({ subjectKind }) => subjectKind === 'policy');
  }

  /** How much a finding of a check matters; undefined for one that is not there. */
  severityOf(checkId: string): Severity | undefined {
    return this.#checks.get(checkId)?.check.severity;
  }

  /** Findings that stood open at the end of each of the last days; the last point is now. */
  async trend({
    connections = this.#options.connections(),
    days,
    now = this.#now(),
  }: ConnectionsQuery & { days: number; now?: Date }): Promise<Trend> {
    const severities = new Map(
      [...this.#checks].map(([id, { check }]) => [id, check.severity]),
    );
    const { lookups } = this.#options;
    const points = await lookups.trend({ connections, days, now, severities });
    return { points };
  }

  /** The worst that each check says over some results, the worst first. */
  async over(scopes: ResultScope[]): Promise<AccessCheck[]> {
    const worst = await this.#options.lists.worstVerdicts(scopes);
    return accessChecks(this.#checks, worst);
  }

  /** Ids of the checks that judge subjects of a kind. */
  ofSubject(kind: string): string[] {
    return [...this.#checks.values()]
      .filter(({ check }) => check.subjectKind === kind)
      .map(({ check }) => check.id);
  }

  /** One page of findings; an InputError names the parameter that does not fit. */
  async findings(query: FindingsQuery): Promise<Page<Finding>> {
    const { owner, verdict } = query;
    if (owner !== undefined && query.asOf !== undefined) {
      throw new InputError(
        'owner is only known now: leave out asOf, or leave out owner',
      );
    }
    const page = await this.#options.lists.findings({
      moment: this.#now().toISOString(),
      ...query,
      connections: query.connections ?? this.#options.connections(),
      checks: checksFor(query, this.#checks, this.#options.config.frameworks),
      ...(owner !== undefined && {
        narrow: this.notes.ownedBy(owner === 'nobody' ? undefined : owner),
      }),
      verdicts: verdict ? [verdict] : findingVerdicts,
    });
    const describer = await FindingDescriber.of(
      this.#options,
      page.items,
      page.revision,
    );
    // Nothing that came later is told of the past.
    const notes =
      query.asOf === undefined ? await this.notes.of(page.items) : undefined;
    return {
      ...page,
      items: page.items.map(record => {
        const found = checkOf(this.#checks, record.result.checkId);
        return {
          ...describer.toFinding(record, found.check),
          ...notes?.get(idOf(record)),
        };
      }),
    };
  }

  /** Tells a team how its findings stand, against as many days ago. */
  async tellDigest(team: string, days: number): Promise<void> {
    const { points } = await this.trend({ days: days + 1 });
    const now = points[points.length - 1];
    if (now) {
      const before = points.length > days ? points[0] : undefined;
      await this.#notices.digest(team, now, { before, days });
    }
  }

  /** Tells owners what came back. Whatever goes wrong here, the check has run. */
  async #tellOfRegressed(
    { check }: RegisteredCheck,
    revision: Revision | undefined,
  ): Promise<void> {
    if (revision === undefined) {
      return;
    }
    try {
      const back = new Map<string, number>();
      for await (const owned of this.notes.owned(check.id)) {
        const found = await this.#options.lists.regressedAt(owned, revision);
        const ids = new Set(found.map(idOf));
        for (const { owner } of owned.filter(one => ids.has(idOf(one)))) {
          back.set(owner, (back.get(owner) ?? 0) + 1);
        }
      }
      await this.#notices.regressed(back, check);
    } catch (error) {
      this.#options.logger.warn(
        `Nobody could be told what came back in ${check.id}: ${
          toError(error).message
        }`,
      );
    }
  }

  #describing() {
    const known = new Map<string, Promise<CheckStand>>();
    return {
      ...this.#options,
      reach: this.#reach,
      /** Asked once for each connection, however many subjects it has. */
      stand: (id: string, connection: string) => {
        const name = `${id} ${connection}`;
        const stand = known.get(name) ?? this.#standOf(id, connection);
        known.set(name, stand);
        return stand;
      },
    };
  }

  async #standOf(checkId: string, connection: string): Promise<CheckStand> {
    const registered = checkOf(this.#checks, checkId);
    const standing = await standingOf(
      this.#options,
      registered,
      [connection],
      await this.#known(),
    );
    return {
      check: summarize(registered, standing),
      doubt: doubtOf(standing),
    };
  }

  async #stand(
    registered: RegisteredCheck,
    known: Known,
    asked = this.#options.connections(),
  ): Promise<Check> {
    const standing = await standingOf(this.#options, registered, asked, known);
    return summarize(registered, standing);
  }

  async #known(): Promise<Known> {
    return {
      runs: await this.#store.list(),
      organizations: await this.#organizations(),
      attested: await this.attestations.standing(),
      now: this.#now(),
      timeoutMs: Duration.fromObject(TIMEOUT).toMillis(),
    };
  }

  async #organizations(): Promise<Organizations> {
    const known = (await this.#options.organizations?.()) ?? [];
    return new Map(known.map(found => [found.connection, found]));
  }

  /** Checks that runs judge. */
  #runnable(): RegisteredCheck[] {
    return [...this.#checks.values()].filter(isRunnable);
  }

  async #runEach(
    checks: RegisteredCheck[],
    signal: AbortSignal,
  ): Promise<void> {
    const failures: string[] = [];
    const pass: Pass = {};
    for (const { check } of checks) {
      signal.throwIfAborted();
      try {
        await this.run(check.id, signal, pass);
      } catch (error) {
        signal.throwIfAborted();
        failures.push(`${check.id}: ${toError(error).message}`);
      }
    }
    if (failures.length > 0) {
      throw new Error(`Checks failed: ${failures.join('; ')}`);
    }
  }

  async #request(checkIds: string[]): Promise<void> {
    await this.#store.request(checkIds, this.#now());
    try {
      await this.#options.scheduler.triggerTask(TASK);
    } catch (error) {
      // A task that runs already, or does not yet, finds the request at its next turn.
      this.#options.logger.debug(
        `Checks start a little later: ${toError(error).message}`,
      );
    }
  }
}
