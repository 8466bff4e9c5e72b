// SPDX-License-Identifier: Apache-2.0
import { setTimeout } from 'node:timers/promises';
import type {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { DateTime } from 'luxon';
import type { ComplianceConfig } from '../config';
import { type History, type PublishOutcome } from '../history';
import { newSalt, saltedHash } from '../ledger';
import { type AcceptedShrink, keepDecision } from './decisions';
import { PEOPLE } from './lane';
import { ClassDecision, Identities, LinkDecision } from './Identities';
import { Linker, LinkOutcome } from './Linker';
import type { SourceRegistry } from './SourceRegistry';
import { type PeopleSourceState, Sources } from './Sources';

const NEVER_ABORTED = new AbortController().signal;

const TASK = 'read-people';

/** The first reads are repeated until two agree: after this long, at most this often. */
const SETTLE_PAUSE_MS = 5_000;
const SETTLE_ATTEMPTS = 60;

export interface PeopleOptions {
  config: Pick<ComplianceConfig, 'people' | 'catalog' | 'schedule'>;
  /** Personnel sources besides the catalog. Default none. */
  sources?: SourceRegistry;
  history: History;
  catalog: CatalogService;
  auth: AuthService;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Called when a read or a link changed what is known. */
  onChange?: () => Promise<void>;
  now?: () => DateTime;
}

/** Who exists, whether they are employed, and which accounts are theirs. */
export class People {
  readonly #config: PeopleOptions['config'];
  readonly #history: History;
  readonly #scheduler: SchedulerService;
  readonly #sources: Sources;
  readonly #linker: Linker;
  readonly #identities: Identities;
  readonly #onChange: () => Promise<void>;
  #linking: Promise<unknown> = Promise.resolve();

  static create(options: PeopleOptions): People {
    return new People(options);
  }

  private constructor(options: PeopleOptions) {
    this.#config = options.config;
    this.#history = options.history;
    this.#scheduler = options.scheduler;
    this.#sources = new Sources({
      ...options,
      now: options.now ?? (() => DateTime.utc()),
    });
    this.#linker = new Linker(options);
    this.#identities = new Identities(options.history);
    this.#onChange = options.onChange ?? (async () => {});
  }

  /** Reads people on a schedule, on one replica at a time. */
  async start(): Promise<void> {
    await this.#scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: this.#config.schedule.people,
      timeout: { minutes: 10 },
      initialDelay: { seconds: 5 },
      fn: signal => this.#readUntilSettled(signal),
    });
  }

  /** A catalog that is still being filled must not make accounts look as if nobody owned them. */
  async #readUntilSettled(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.read(signal);
      if (attempt === SETTLE_ATTEMPTS || (await this.#sources.wasComplete())) {
        return;
      }
      await setTimeout(SETTLE_PAUSE_MS, undefined, { signal });
    }
  }

  /**
   * Reads the sources whole, publishes them and brings the links up to date. A person whom a read
   * does not find stays, as absent. Throws when the catalog cannot be read; that is then recorded.
   * Shrinks are accepted of one source, `catalog` where none is named.
   */
  async read(
    signal: AbortSignal,
    options: { acceptShrink?: AcceptedShrink; source?: string } = {},
  ): Promise<PublishOutcome> {
    const wasComplete = await this.#sources.wasComplete();
    const outcome = await this.#sources.read(signal, options);
    const links = await this.link(signal);
    // To have seen everybody changes verdicts, too, although it writes no revision.
    const settled = !wasComplete && (await this.#sources.wasComplete());
    const changed = outcome.revision !== undefined || settled;
    if (changed && links.revision === undefined) {
      await this.#onChange();
    }
    return outcome;
  }

  /** Brings the identity links up to date; after a sync published, too. */
  async link(signal: AbortSignal): Promise<LinkOutcome> {
    const outcome = await this.#inTurn(() => this.#linker.link(signal));
    if (outcome.revision !== undefined) {
      await this.#onChange();
    }
    return outcome;
  }

  /** One at a time, so that two passes do not write the same links twice. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#linking.then(work);
    this.#linking = next.catch(() => {});
    return next;
  }

  /** Writes down what somebody says of whom accounts belong to. See `Identities`. */
  async linkByHand(...decisions: LinkDecision[]): Promise<void> {
    await this.#inTurn(() => this.#identities.link(decisions));
    if (decisions.some(({ to }) => to === 'undo')) {
      await this.#inTurn(() => this.#linker.link(NEVER_ABORTED));
    }
    await this.#onChange();
  }

  /** Writes down what somebody says accounts are. See `Identities`. */
  async classByHand(...decisions: ClassDecision[]): Promise<void> {
    await this.#inTurn(() => this.#identities.classify(decisions));
    await this.#onChange();
  }

  /**
   * Somebody confirms that a person who is gone from the source has left. Throws a NotFoundError for
   * an unknown person, a ConflictError for one whom the source still has.
   */
  async confirmDeparture(
    person: string,
    { actor, reason }: AcceptedShrink,
  ): Promise<void> {
    if (!reason.trim()) {
      throw new InputError('reason must say why the person has left');
    }
    const row = await this.#history.row(
      'people',
      PEOPLE.source,
      person,
      await this.#history.head(),
    );
    if (!row) {
      throw new NotFoundError(`There is no person ${person}`);
    }
    if (row.payload.absentSince === null) {
      throw new ConflictError(
        `${person} is still in the source: set the end of employment there`,
      );
    }
    const salt = newSalt();
    await this.#history.change(
      {
        entry: {
          kind: 'people.departure-confirmed',
          actor,
          subject: person,
          payload: { reason: saltedHash(salt, reason) },
        },
        record: tx =>
          keepDecision(tx, 'departure', person, { actor, reason, salt }),
      },
      change =>
        change.put(PEOPLE, {
          key: person,
          payload: {
            ...row.payload,
            // Rows of earlier versions do not say it.
            employmentType: row.payload.employmentType ?? null,
            status: 'departed',
          },
        }),
    );
    await this.#onChange();
  }

  /** The personnel sources, and how their last reads went. */
  async states(): Promise<PeopleSourceState[]> {
    return this.#sources.states();
  }

  /**
   * Reads a source again and believes that whoever it has no more is gone. Throws a NotFoundError
   * for a source that is not there, a ConflictError for one that refused nothing.
   */
  async accept(source: string, accepted: AcceptedShrink): Promise<void> {
    const state = (await this.states()).find(({ id }) => id === source);
    if (!state) {
      throw new NotFoundError(`There is no personnel source '${source}'`);
    }
    if (state.reason?.code !== 'shrink-refused') {
      throw new ConflictError(
        `The last read of '${source}' refused nothing: there is nothing to accept`,
      );
    }
    await this.read(NEVER_ABORTED, { acceptShrink: accepted, source });
  }
}
