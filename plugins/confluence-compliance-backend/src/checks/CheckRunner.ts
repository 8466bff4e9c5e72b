// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { InputError, toError } from '@backstage/errors';
import { verdictSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CheckCounts,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { CheckResult } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type {
  History,
  PublishOptions,
  ResultPayload,
  Revision,
} from '../history';
import type { RegisteredCheck } from './CheckRegistry';
import type { CheckRunStore } from './CheckRunStore';
import { completenessOf, Gap } from './completeness';
import { HistoryCheckData } from './HistoryCheckData';

const BATCH = 500;

/** Results always follow from the same data in the same way; there is one scope. */
const SCOPE = 'derived';

/** What one run of a check found. */
export interface CheckOutcome {
  /** The revision it judged. */
  judgedAt: Revision;
  /** The revision its results were published in; undefined when nothing changed. */
  revision?: Revision;
  counts: CheckCounts;
  gaps: Gap[];
}

export interface CheckRunnerOptions {
  history: History;
  store: CheckRunStore;
  /** Ids of the connections there are. */
  connections: () => string[];
  timeOf: (revision: Revision) => Promise<string | undefined>;
  now: () => Date;
}

/** Evaluates one check and publishes its results. */
export class CheckRunner {
  readonly #options: CheckRunnerOptions;

  constructor(options: CheckRunnerOptions) {
    this.#options = options;
  }

  /** Throws when the evaluation does; then nothing is published and the reason is stored. */
  async run(
    registered: RegisteredCheck,
    signal: AbortSignal,
  ): Promise<CheckOutcome> {
    const { history, store, now } = this.#options;
    const { id } = registered.check;
    const runId = randomUUID();
    const abandoned = await store.begin(id, runId, now());
    if (abandoned) {
      await history.discardRun(abandoned);
    }
    try {
      return await this.#publish(registered, runId, signal);
    } catch (error) {
      await history.discardRun(runId);
      if (signal.aborted) {
        await store.interrupted(id, runId, now());
      } else {
        const reason = toError(error).message;
        await store.failed(id, { runId, reason, now: now() });
      }
      throw error;
    }
  }

  async #publish(
    registered: RegisteredCheck,
    runId: string,
    signal: AbortSignal,
  ): Promise<CheckOutcome> {
    const { history, store, now } = this.#options;
    const { id } = registered.check;
    const { gaps, readable } = await this.#completeness(registered);
    const judgedAt = await history.head();
    const fence: Fence = tx => store.fence(tx, id, runId);
    const staging = new ResultStaging(history, registered, runId, gaps, fence);
    await staging.begin(readable);
    if (readable.length > 0) {
      const results = registered.check.evaluate({
        revision: judgedAt,
        connections: readable,
        parameters: registered.parameters,
        now: now(),
        signal,
        data: new HistoryCheckData(history, judgedAt, this.#options.timeOf),
      });
      for await (const result of results) {
        await staging.add(result);
        signal.throwIfAborted();
      }
    }
    await staging.finish();
    signal.throwIfAborted();
    const { counts } = staging;
    const outcome = await history.publish({
      runId,
      fence,
      record: tx =>
        store.published(tx, id, {
          runId,
          revision: judgedAt,
          gaps,
          now: now(),
        }),
      entry: ({ opened, changed, removed }) => ({
        kind: 'check.published',
        actor: 'system',
        subject: id,
        payload: { judgedAt, counts, opened, changed, removed },
      }),
    });
    // Results follow their data: whoever let the data shrink let them shrink, too.
    for (const { readId } of outcome.refused) {
      await history.acceptShrink({
        readId,
        actor: 'system',
        reason: `Results of ${id} follow the data of revision ${judgedAt}`,
      });
    }
    return { judgedAt, revision: outcome.revision, counts, gaps };
  }

  async #completeness({ check }: RegisteredCheck) {
    const { history, connections } = this.#options;
    const gaps: Gap[] = [];
    const readable: string[] = [];
    for (const connection of connections()) {
      const found = await completenessOf(history, connection, check.requires);
      if (found.anyRead) {
        readable.push(connection);
        gaps.push(...found.gaps);
      } else {
        gaps.push({ connection, reason: 'never-read' });
      }
    }
    return { gaps, readable };
  }
}

/** One connection's results on their way into the history. */
interface StagedRead {
  id: string;
  waiting: Array<{ key: string; payload: ResultPayload }>;
}

/** Throws when another run of the check has taken over. */
type Fence = NonNullable<PublishOptions['fence']>;

/** Collects results by connection and stages them in batches. */
class ResultStaging {
  readonly counts: CheckCounts = {
    pass: 0,
    fail: 0,
    warning: 0,
    unknown: 0,
    'not-applicable': 0,
  };
  readonly #history: History;
  readonly #registered: RegisteredCheck;
  readonly #runId: string;
  readonly #gaps: Gap[];
  readonly #fence: Fence;
  readonly #reads = new Map<string, StagedRead>();

  constructor(
    history: History,
    registered: RegisteredCheck,
    runId: string,
    gaps: Gap[],
    fence: Fence,
  ) {
    this.#fence = fence;
    this.#history = history;
    this.#registered = registered;
    this.#runId = runId;
    this.#gaps = gaps;
  }

  async begin(connections: string[]): Promise<void> {
    for (const source of connections) {
      const { id } = await this.#history.beginRead({
        runId: this.#runId,
        source,
        dataset: 'results',
        key: this.#registered.check.id,
        mode: 'full',
        scope: SCOPE,
      });
      this.#reads.set(source, { id, waiting: [] });
    }
  }

  async add(result: CheckResult): Promise<void> {
    const read = this.#reads.get(result.connection);
    if (!read) {
      throw new InputError(
        `The check gave a result for the connection '${result.connection}', which it was not asked about`,
      );
    }
    const { id: checkId, subjectKind } = this.#registered.check;
    const { verdict, reason } = this.#decide(result);
    const { subjectId, facts } = result;
    this.counts[verdict] += 1;
    read.waiting.push({
      key: `${checkId}|${subjectKind}|${subjectId}`,
      payload: { checkId, subjectKind, subjectId, verdict, reason, facts },
    });
    if (read.waiting.length >= BATCH) {
      await this.#stage(read);
    }
  }

  async finish(): Promise<void> {
    for (const read of this.#reads.values()) {
      await this.#stage(read);
      await this.#history.finishRead(read.id, { outcome: 'complete' });
    }
  }

  async #stage({ id, waiting }: StagedRead): Promise<void> {
    await this.#history.stage(id, waiting.splice(0), { fence: this.#fence });
  }

  /** A pass over incomplete data is none; whatever else was seen stands. */
  #decide({ connection, verdict, reason }: CheckResult): {
    verdict: Verdict;
    reason: string;
  } {
    const parsed = verdictSchema.safeParse(verdict);
    if (!parsed.success || !reason) {
      throw new InputError(
        `The check gave the verdict '${verdict}' with the reason '${reason}': the verdict must be a known one and the reason a code`,
      );
    }
    const gap = this.#gaps.find(known => known.connection === connection);
    return verdict === 'pass' && gap
      ? { verdict: 'unknown', reason: gap.reason }
      : { verdict, reason };
  }
}
