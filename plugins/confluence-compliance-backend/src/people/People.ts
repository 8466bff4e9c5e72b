// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
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
import {
  type FinishRead,
  type History,
  isShrink,
  type PersonPayload,
  type PublishOutcome,
  reasonText,
} from '../history';
import { CatalogSource } from './CatalogSource';
import { whenAbsent, whenPresent } from './employment';
import { ClassDecision, Identities, LinkDecision } from './Identities';
import { Linker, LinkOutcome } from './Linker';

const NEVER_ABORTED = new AbortController().signal;

/** Where people of the catalog stand in the history. */
export const PEOPLE = {
  source: 'people:catalog',
  dataset: 'people',
  key: 'all',
} as const;

const TASK = 'read-people';
const BATCH = 500;

/** The first reads are repeated until two agree: after this long, at most this often. */
const SETTLE_PAUSE_MS = 5_000;
const SETTLE_ATTEMPTS = 60;

export interface PeopleOptions {
  config: Pick<ComplianceConfig, 'people' | 'catalog' | 'schedule'>;
  history: History;
  catalog: CatalogService;
  auth: AuthService;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Called when a read or a link changed what is known. */
  onChange?: () => Promise<void>;
  now?: () => DateTime;
}

/** Somebody's word on a shrink that was refused. */
export interface AcceptedShrink {
  /** User entity ref */
  actor: string;
  reason: string;
}

/** Who exists, whether they are employed, and which accounts are theirs. */
export class People {
  readonly #config: PeopleOptions['config'];
  readonly #history: History;
  readonly #scheduler: SchedulerService;
  readonly #source: CatalogSource;
  readonly #linker: Linker;
  readonly #identities: Identities;
  readonly #onChange: () => Promise<void>;
  readonly #now: () => DateTime;
  #linking: Promise<unknown> = Promise.resolve();

  static create(options: PeopleOptions): People {
    return new People(options);
  }

  private constructor(options: PeopleOptions) {
    this.#config = options.config;
    this.#history = options.history;
    this.#scheduler = options.scheduler;
    this.#source = new CatalogSource(options);
    this.#linker = new Linker(options);
    this.#identities = new Identities(options.history);
    this.#onChange = options.onChange ?? (async () => {});
    this.#now = options.now ?? (() => DateTime.utc());
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
      if (attempt === SETTLE_ATTEMPTS || (await this.#wasComplete())) {
        return;
      }
      await setTimeout(SETTLE_PAUSE_MS, undefined, { signal });
    }
  }

  async #wasComplete(): Promise<boolean> {
    const containers = await this.#history.containers(PEOPLE);
    return containers.some(
      ({ key, completeAt }) => key === PEOPLE.key && completeAt !== undefined,
    );
  }

  /**
   * Reads the source whole, publishes it and brings the links up to date. A person whom the read
   * does not find stays, as absent. Throws when the source cannot be read; that is then recorded.
   */
  async read(
    signal: AbortSignal,
    options: { acceptShrink?: AcceptedShrink } = {},
  ): Promise<PublishOutcome> {
    const runId = randomUUID();
    const wasComplete = await this.#wasComplete();
    const outcome = await this.#readAs(runId, signal, options).catch(
      async error => {
        await this.#history.discardRun(runId);
        if (!signal.aborted) {
          await this.#recordFailure();
        }
        throw error;
      },
    );
    const links = await this.link(signal);
    // To have seen everybody changes verdicts, too, although it writes no revision.
    const settled = !wasComplete && (await this.#wasComplete());
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

  /** Writes down what somebody says of whom an account belongs to. See `Identities`. */
  async linkByHand(decision: LinkDecision): Promise<void> {
    await this.#inTurn(() => this.#identities.link(decision));
    if (decision.to === 'undo') {
      await this.#inTurn(() => this.#linker.link(NEVER_ABORTED));
    }
    await this.#onChange();
  }

  /** Writes down what somebody says an account is. See `Identities`. */
  async classByHand(decision: ClassDecision): Promise<void> {
    await this.#inTurn(() => this.#identities.classify(decision));
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
    await this.#history.change(
      {
        entry: {
          kind: 'people.departure-confirmed',
          actor,
          subject: person,
          payload: { reason },
        },
      },
      change =>
        change.put(PEOPLE, {
          key: person,
          payload: { ...row.payload, status: 'departed' },
        }),
    );
    await this.#onChange();
  }

  async #readAs(
    runId: string,
    signal: AbortSignal,
    { acceptShrink }: { acceptShrink?: AcceptedShrink },
  ): Promise<PublishOutcome> {
    const { scope } = this.#source;
    const now = this.#now();
    const begin = { ...PEOPLE, runId, mode: 'full', scope } as const;
    const read = await this.#history.beginRead(begin);
    const seen = new Set<string>();
    for await (const people of this.#source.read(signal)) {
      people.forEach(({ ref }) => seen.add(ref));
      await this.#history.stage(
        read.id,
        people.map(({ ref, name, email, facts }) => ({
          key: ref,
          payload: whenPresent(facts, now),
          profile: { kind: 'person', id: ref, name, email },
        })),
      );
    }
    const { gone, present } = await this.#absent(seen, scope, signal);
    const vanished = gone.filter(row => row.payload.absentSince === null);
    const refused =
      !acceptShrink && isDoubtful(vanished.length, present + vanished.length);
    for (let at = 0; at < gone.length; at += BATCH) {
      await this.#history.stage(
        read.id,
        gone.slice(at, at + BATCH).map(({ key, payload }) => ({
          key,
          payload: refused ? payload : whenAbsent(payload, now),
        })),
      );
    }
    const total = present + vanished.length;
    await this.#history.finishRead(
      read.id,
      refused
        ? {
            outcome: 'partial',
            reason: reasonText(
              'shrink-refused',
              `${vanished.length} of ${total} people are gone at once`,
            ),
          }
        : await this.#firstLook(seen.size, present),
    );
    return this.#history.publish({
      runId,
      entry: ({ opened, changed, removed }) => ({
        kind: acceptShrink ? 'people.shrink-accepted' : 'people.published',
        actor: acceptShrink?.actor ?? 'system',
        subject: PEOPLE.source,
        payload: {
          opened,
          changed,
          removed,
          ...(acceptShrink && { reason: acceptShrink.reason }),
        },
      }),
    });
  }

  /** Complete, once two reads have found the same people; a source with nobody never is. */
  async #firstLook(seen: number, known: number): Promise<FinishRead> {
    if ((await this.#wasComplete()) || (seen > 0 && seen === known)) {
      return { outcome: 'complete' };
    }
    return {
      outcome: 'partial',
      reason:
        seen === 0
          ? reasonText('nobody', 'the catalog has nobody who fits the filter')
          : reasonText('still-filling', 'no two reads found the same people'),
    };
  }

  /**
   * Known people whom this read did not find, and how many it found again. Under another filter than
   * before nobody counts as gone: the read no longer looks where they were.
   */
  async #absent(seen: Set<string>, scope: string, signal: AbortSignal) {
    const containers = await this.#history.containers(PEOPLE);
    const before = containers.find(({ key }) => key === PEOPLE.key);
    const sameScope = !before || before.scope === scope;
    const gone: Array<{ key: string; payload: PersonPayload }> = [];
    let present = 0;
    const pages = this.#history.rows('people', {
      source: PEOPLE.source,
      asOf: await this.#history.head(),
    });
    for await (const rows of pages) {
      signal.throwIfAborted();
      for (const { key, payload, outOfScopeSince } of rows) {
        if (seen.has(key)) {
          present += 1;
        } else if (sameScope && !outOfScopeSince) {
          gone.push({ key, payload });
        }
      }
    }
    return { gone, present };
  }

  async #recordFailure(): Promise<void> {
    const runId = randomUUID();
    const { scope } = this.#source;
    const begin = { ...PEOPLE, runId, mode: 'full', scope } as const;
    const { id } = await this.#history.beginRead(begin);
    await this.#history.finishRead(id, {
      outcome: 'failed',
      reason: reasonText('source-failed', 'the catalog could not be read'),
    });
    await this.#history.publish({ runId });
  }
}

/** That nobody at all is left is never believed either. */
function isDoubtful(gone: number, of: number): boolean {
  return (gone > 0 && gone === of) || isShrink(gone, of);
}
