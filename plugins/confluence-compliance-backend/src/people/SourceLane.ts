// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { DateTime } from 'luxon';
import { newSalt, saltedHash } from '../ledger';
import {
  type ContainerState,
  type FinishRead,
  type History,
  isShrink,
  type PersonPayload,
  type PublishOutcome,
  reasonText,
} from '../history';
import type { AcceptedShrink } from './decisions';
import { keepDecision } from './decisions';
import { whenAbsent } from './employment';

const BATCH = 500;

/** A person as a read has seen them. */
export interface SeenPerson {
  /** Entity ref, the key of the person in every source. */
  ref: string;
  name?: string;
  email?: string;
  payload: PersonPayload;
}

/** One page of people, and what could not be understood of it. */
export interface SeenPage {
  people: SeenPerson[];
  /** Records that are wrong. */
  malformed?: number;
}

/** What is read into a lane. */
export interface LaneRead {
  /** Says which people it covers; another scope must not make anybody absent. */
  scope: string;
  pages: AsyncIterable<SeenPage>;
  /** Why it is not complete although it was read to its end; asked last. */
  gap?(): string | undefined;
  acceptShrink?: AcceptedShrink;
}

/** The people of one source in the history, with its guards. */
export class SourceLane {
  readonly source: string;
  readonly #history: History;
  readonly #label: string;
  readonly #now: () => DateTime;

  /** @param options - `label` says what is read, as in `the catalog` */
  constructor(options: {
    source: string;
    label: string;
    history: History;
    now: () => DateTime;
  }) {
    this.source = options.source;
    this.#history = options.history;
    this.#label = options.label;
    this.#now = options.now;
  }

  get #container() {
    return { source: this.source, dataset: 'people', key: 'all' } as const;
  }

  /** What is known of its last read. */
  async state(): Promise<ContainerState | undefined> {
    const { source, dataset } = this.#container;
    const all = await this.#history.containers({ source, dataset });
    return all.find(({ key }) => key === this.#container.key);
  }

  async wasComplete(): Promise<boolean> {
    return (await this.state())?.completeAt !== undefined;
  }

  /**
   * Reads the source whole and publishes it. A person whom the read does not find stays, as absent.
   * Throws when the source cannot be read; that is then recorded.
   */
  async read(signal: AbortSignal, read: LaneRead): Promise<PublishOutcome> {
    const runId = randomUUID();
    try {
      return await this.#readAs(runId, signal, read);
    } catch (error) {
      await this.#history.discardRun(runId);
      if (!signal.aborted) {
        await this.#recordFailure(read.scope);
      }
      throw error;
    }
  }

  async #readAs(
    runId: string,
    signal: AbortSignal,
    { scope, pages, gap, acceptShrink }: LaneRead,
  ): Promise<PublishOutcome> {
    const history = this.#history;
    const now = this.#now();
    const begin = { ...this.#container, runId, mode: 'full', scope } as const;
    const read = await history.beginRead(begin);
    const seen = new Set<string>();
    let mistakes = 0;
    for await (const { people, malformed = 0 } of pages) {
      signal.throwIfAborted();
      mistakes += malformed;
      people.forEach(({ ref }) => seen.add(ref));
      await history.stage(
        read.id,
        people.map(({ ref, name, email, payload }) => ({
          key: ref,
          payload,
          profile: { kind: 'person', id: ref, name, email },
        })),
        { malformed },
      );
    }
    const { gone, present } = await this.#absent(seen, scope, signal);
    const vanished = gone.filter(row => row.payload.absentSince === null);
    const total = present + vanished.length;
    // Anybody whom it did not find may be one of the wrong records.
    const isWrong = mistakes > 0;
    const refused =
      !acceptShrink && !isWrong && isDoubtful(vanished.length, total);
    for (let at = 0; at < gone.length; at += BATCH) {
      await history.stage(
        read.id,
        gone.slice(at, at + BATCH).map(({ key, payload }) => ({
          key,
          // What is not whole makes nobody absent.
          payload:
            refused || isWrong || gap?.() ? payload : whenAbsent(payload, now),
        })),
      );
    }
    await history.finishRead(
      read.id,
      refused
        ? {
            outcome: 'partial',
            reason: reasonText(
              'shrink-refused',
              `${vanished.length} of ${total} people are gone at once`,
            ),
          }
        : await this.#firstLook(seen.size, present, isWrong, gap?.()),
    );
    const salt = newSalt();
    return history.publish({
      runId,
      record: async tx => {
        if (acceptShrink) {
          await keepDecision(tx, 'shrink', this.source, {
            ...acceptShrink,
            salt,
          });
        }
      },
      entry: ({ opened, changed, removed }) => ({
        kind: acceptShrink ? 'people.shrink-accepted' : 'people.published',
        actor: acceptShrink?.actor ?? 'system',
        subject: this.source,
        payload: {
          opened,
          changed,
          removed,
          ...(acceptShrink && {
            reason: saltedHash(salt, acceptShrink.reason),
          }),
        },
      }),
    });
  }

  /** Complete, once two reads have found the same people; a source with nobody never is. */
  async #firstLook(
    seen: number,
    known: number,
    isWrong: boolean,
    gap: string | undefined,
  ): Promise<FinishRead> {
    if (gap) {
      return { outcome: 'partial', reason: gap };
    }
    // With wrong records it ends as partial, which names them as the reason.
    const isFound = seen > 0 && seen === known;
    if (isWrong || isFound || (await this.wasComplete())) {
      return { outcome: 'complete' };
    }
    return {
      outcome: 'partial',
      reason:
        seen === 0
          ? reasonText(
              'nobody',
              `${this.#label} has nobody who fits the filter`,
            )
          : reasonText('still-filling', 'no two reads found the same people'),
    };
  }

  /**
   * Known people whom this read did not find, and how many it found again. Under another filter than
   * before nobody counts as gone: the read no longer looks where they were.
   */
  async #absent(seen: Set<string>, scope: string, signal: AbortSignal) {
    const before = await this.state();
    const sameScope = !before || before.scope === scope;
    const gone: Array<{ key: string; payload: PersonPayload }> = [];
    let present = 0;
    const pages = this.#history.rows('people', {
      source: this.source,
      asOf: await this.#history.head(),
    });
    for await (const rows of pages) {
      signal.throwIfAborted();
      for (const { key, payload, outOfScopeSince } of rows) {
        if (seen.has(key)) {
          present += 1;
        } else if (sameScope && !outOfScopeSince) {
          // Rows of earlier versions do not say it.
          const { employmentType = null, ...rest } = payload;
          gone.push({ key, payload: { ...rest, employmentType } });
        }
      }
    }
    return { gone, present };
  }

  async #recordFailure(scope: string): Promise<void> {
    const runId = randomUUID();
    const begin = { ...this.#container, runId, mode: 'full', scope } as const;
    const { id } = await this.#history.beginRead(begin);
    await this.#history.finishRead(id, {
      outcome: 'failed',
      reason: reasonText('source-failed', `${this.#label} could not be read`),
    });
    await this.#history.publish({ runId });
  }
}

/** That nobody at all is left is never believed either. */
function isDoubtful(gone: number, of: number): boolean {
  return (gone > 0 && gone === of) || isShrink(gone, of);
}
