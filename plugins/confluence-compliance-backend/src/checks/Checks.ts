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
  type CriticalSystem,
  type Finding,
  type Page,
  type Policy,
  type PolicyDetail,
  severitySchema,
  type Trend,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
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
import { remember } from '../remember';
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
import type { FindingsQuery } from './findingsQuery';
import { type Known, standingOf } from './standing';
import { doubtOf, summarize } from './summarize';
import { FindingDescriber } from './toFinding';

const TASK = 'run-checks';
const TIMEOUT = { minutes: 30 };

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

  /** Throws an InputError of one line when the parameters of a check are wrong. */
  static async create(options: ChecksOptions): Promise<Checks> {
    const registry = options.registry ?? CheckRegistry.create();
    const checks = registry.configure(options.config.checks);
    const store = new CheckRunStore(await migrateDatabase(options.database));
    return new Checks(options, checks, store);
  }

  private constructor(
    options: ChecksOptions,
    checks: Map<string, RegisteredCheck>,
    store: CheckRunStore,
  ) {
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
      return outcome;
    } catch (error) {
      if (!signal.aborted) {
        this.#options.metrics?.failed(checkId);
      }
      throw error;
    }
  }

  /** Asks for a run; a NotFoundError when there is no such check, a ConflictError when it cannot run. */
  async requestRun(checkId: string): Promise<void> {
    const registered = checkOf(this.#checks, checkId);
    if (!isRunnable(registered)) {
      throw new ConflictError(`The check ${checkId} cannot run yet`);
    }
    await this.#request([checkId]);
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

  /** All of them, with what each check about policies says. */
  async policiesChecked(revision: Revision): Promise<Policy[]> {
    const checks = this.#ofPolicies();
    return describePolicies({ ...this.#describing(), checks }, { revision });
  }

  /** Asks for a run of every check about policies: somebody approved one. */
  async afterApproval(): Promise<void> {
    await this.#request(this.#ofPolicies().map(({ id }) => id));
  }

  #ofPolicies() {
    return this.#runnable()
      .map(({ check }) => check)
      .filter(({ subjectKind }) => subjectKind === 'policy');
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
    const { check, verdict } = query;
    if (check !== undefined && !this.#checks.has(check)) {
      throw new InputError(
        `check names no check: use one of ${[...this.#checks.keys()].join(
          ', ',
        )}`,
      );
    }
    const all = [...this.#checks.values()].map(registered => registered.check);
    const page = await this.#options.lists.findings({
      moment: this.#now().toISOString(),
      ...query,
      connections: query.connections ?? this.#options.connections(),
      checks: severitySchema.options.map(severity =>
        all
          .filter(({ id }) => check === undefined || id === check)
          .filter(candidate => candidate.severity === severity)
          .map(({ id }) => id),
      ),
      verdicts: verdict ? [verdict] : findingVerdicts,
    });
    const describer = await FindingDescriber.of(
      this.#options,
      page.items,
      page.revision,
    );
    return {
      ...page,
      items: page.items.map(record => {
        const found = checkOf(this.#checks, record.result.checkId);
        return describer.toFinding(record, found.check);
      }),
    };
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
      now: this.#now(),
      timeoutMs: Duration.fromObject(TIMEOUT).toMillis(),
    };
  }

  async #organizations(): Promise<Organizations> {
    const known = (await this.#options.organizations?.()) ?? [];
    return new Map(known.map(found => [found.connection, found]));
  }

  /** Checks that can run by themselves. */
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
