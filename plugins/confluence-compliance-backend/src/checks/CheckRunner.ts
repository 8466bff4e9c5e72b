// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { CustomErrorBase } from '@backstage/errors';
import type { CheckCounts } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History, Revision } from '../history';
import type { RegisteredCheck } from './CheckRegistry';
import { connectionsOf, Subjects } from './CheckScope';
import type { CheckRunStore } from './CheckRunStore';
import { completenessOf, Gap } from './completeness';
import { CheckDataOptions, HistoryCheckData } from './HistoryCheckData';
import { NO_ORGANIZATION, Organizations } from './places';
import { Fence, ResultStaging } from './ResultStaging';
import { SubjectGaps } from './SubjectGaps';

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
  subjects: Subjects;
  organizations: () => Promise<Organizations>;
  connectionState: CheckDataOptions['connectionState'];
  timeOf: CheckDataOptions['timeOf'];
  userGroup: CheckDataOptions['userGroup'];
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
        // Whoever may see checks sees this: words of ours, never of a database or a library.
        const reason =
          error instanceof CustomErrorBase ? error.message : 'See the log.';
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
    const organizations = await this.#options.organizations();
    const known = await this.#completeness(registered, organizations);
    const { readable } = known;
    const subjectGaps = await SubjectGaps.read(
      history,
      readable,
      organizations,
    );
    const judgedAt = await history.head();
    const fence: Fence = tx => store.fence(tx, id, runId);
    const staging = new ResultStaging(
      history,
      registered,
      runId,
      known.gaps,
      fence,
    );
    await staging.begin([...readable, ...(await this.#left(registered))]);
    if (readable.length > 0) {
      const results = registered.check.evaluate({
        revision: judgedAt,
        connections: readable,
        parameters: registered.parameters,
        now: now(),
        signal,
        data: new HistoryCheckData({
          ...this.#options,
          asOf: judgedAt,
          gaps: subjectGaps,
          organizations,
        }),
      });
      for await (const result of results) {
        await staging.add(result);
        signal.throwIfAborted();
      }
    }
    await staging.finish();
    signal.throwIfAborted();
    const { counts } = staging;
    const gaps = [...staging.gaps, ...known.missing];
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

  async #completeness(
    { check }: RegisteredCheck,
    organizations: Organizations,
  ) {
    const { history, connections, subjects } = this.#options;
    const of = (connection: string, datasets: typeof check.requires) =>
      completenessOf(history, connection, datasets, organizations);
    const gaps: Gap[] = [];
    const missing: Gap[] = [];
    const readable: string[] = [];
    for (const connection of connectionsOf(check, subjects, connections())) {
      const found = await of(connection, check.requires);
      if (found.anyRead) {
        readable.push(connection);
        gaps.push(...found.gaps);
        const better = await of(connection, check.improves);
        missing.push(
          ...better.gaps.map(gap => ({ ...gap, improves: true } as const)),
        );
      } else {
        const noKey = found.gaps.some(gap => gap.reason === NO_ORGANIZATION);
        const reason = noKey ? NO_ORGANIZATION : 'never-read';
        gaps.push({ connection, reason });
      }
    }
    return { gaps, missing, readable };
  }

  /** Connections with results that the check does not judge any more: these results go. */
  async #left({ check }: RegisteredCheck): Promise<string[]> {
    const { history, connections, subjects } = this.#options;
    const judged = connectionsOf(check, subjects, connections());
    const left: string[] = [];
    for (const source of connections()) {
      if (!judged.includes(source)) {
        const before = await history.containers({ source, dataset: 'results' });
        left.push(...(before.some(c => c.key === check.id) ? [source] : []));
      }
    }
    return left;
  }
}
