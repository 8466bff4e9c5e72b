// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { CustomErrorBase } from '@backstage/errors';
import type { CheckCounts } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { CheckResult } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { History, Revision } from '../history';
import type { RegisteredCheck } from './CheckRegistry';
import type { AttestationRow } from './attestations/AttestationRows';
import { attestedResults } from './attestations/results';
import { connectionsOf, Subjects } from './CheckScope';
import type { CheckRunStore } from './CheckRunStore';
import type { Gap } from './completeness';
import { CheckDataOptions, HistoryCheckData } from './HistoryCheckData';
import { NO_ORGANIZATION, Organizations } from './places';
import { Progress } from './Progress';
import { Fence, ResultStaging } from './ResultStaging';
import { Snapshot } from './Snapshot';
import { LIMIT_MS, within } from './timeLimit';

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
  /** The newest attestation of each connection, by id of the check. */
  attested: () => Promise<Map<string, AttestationRow[]>>;
  connectionState: CheckDataOptions['connectionState'];
  timeOf: CheckDataOptions['timeOf'];
  userGroup: CheckDataOptions['userGroup'];
  now: () => Date;
}

/** What checks share that run one after the other; the newest snapshot that one of them took. */
export interface Pass {
  snapshot?: Snapshot;
}

/** Evaluates one check and publishes its results. */
export class CheckRunner {
  readonly #options: CheckRunnerOptions;

  constructor(options: CheckRunnerOptions) {
    this.#options = options;
  }

  /**
   * Throws when the evaluation does; then nothing is published and the reason is stored. The checks of
   * one pass share what they read.
   */
  async run(
    registered: RegisteredCheck,
    signal: AbortSignal,
    pass: Pass = {},
  ): Promise<CheckOutcome> {
    const { history, store, now } = this.#options;
    const { id } = registered.check;
    const runId = randomUUID();
    const begun = await store.begin(id, runId, now());
    const { abandoned, requestedAt } = begun;
    if (abandoned) {
      await history.discardRun(abandoned);
    }
    try {
      const snapshot = await this.#snapshot(pass, id, requestedAt);
      return await this.#publish(registered, runId, signal, snapshot);
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

  async #snapshot(
    pass: Pass,
    checkId: string,
    requestedAt: string | undefined,
  ): Promise<Snapshot> {
    if (await pass.snapshot?.holds(checkId, requestedAt)) {
      return pass.snapshot as Snapshot;
    }
    // The old one goes before the new one comes: they need not fit into memory together.
    pass.snapshot = undefined;
    const snapshot = await Snapshot.take(this.#options);
    pass.snapshot = snapshot;
    return snapshot;
  }

  async #publish(
    registered: RegisteredCheck,
    runId: string,
    signal: AbortSignal,
    snapshot: Snapshot,
  ): Promise<CheckOutcome> {
    const { history, store, now } = this.#options;
    const { id } = registered.check;
    const known = await this.#completeness(registered, snapshot);
    const { readable } = known;
    const subjectGaps = await snapshot.subjectGaps(readable);
    const judgedAt = snapshot.revision;
    const fence: Fence = tx => store.fence(tx, id, runId);
    const staging = new ResultStaging(
      history,
      registered,
      runId,
      known.gaps,
      fence,
    );
    // Results of connections that are not judged go; those of which nothing can be read are open.
    const left = await this.#withResults(
      id,
      snapshot,
      this.#options.connections().filter(one => !readable.includes(one)),
    );
    await staging.begin([...readable, ...left]);
    const expected = await this.#expected(id, snapshot);
    const progress = new Progress(judged =>
      store.progress(id, runId, { judged, expected }),
    );
    await progress.begin();
    if (readable.length > 0) {
      await within(LIMIT_MS, signal, async ends => {
        const results =
          registered.check.state === 'attestation'
            ? attestedResults(
                (await this.#options.attested()).get(id) ?? [],
                readable,
                now(),
              )
            : registered.check.evaluate({
                revision: judgedAt,
                connections: readable,
                parameters: registered.parameters,
                now: now(),
                signal: ends,
                data: new HistoryCheckData({
                  ...this.#options,
                  snapshot,
                  gaps: subjectGaps,
                }),
              });
        await takeAll(results, { staging, progress, signal: ends });
      });
    }
    await progress.end();
    await staging.finish();
    signal.throwIfAborted();
    const { counts } = staging;
    const gaps = [...staging.gaps, ...known.missing];
    const outcome = await history.publish({
      runId,
      fence,
      record: (tx, { revision: published }) =>
        store.published(tx, id, {
          runId,
          revision: judgedAt,
          gaps,
          connections: known.judged,
          passedOver: known.passedOver,
          published,
          now: now(),
        }),
      entry: ({ opened, changed, removed }) => ({
        kind: 'check.published',
        actor: 'system',
        subject: id,
        payload: { judgedAt, counts, opened, changed, removed },
      }),
    });
    snapshot.published(outcome.revision);
    // Results follow their data: whoever let the data shrink let them shrink, too.
    for (const { readId } of outcome.refused) {
      const accepted = await history.acceptShrink({
        readId,
        actor: 'system',
        reason: `Results of ${id} follow the data of revision ${judgedAt}`,
      });
      snapshot.published(accepted.revision);
    }
    return { judgedAt, revision: outcome.revision, counts, gaps };
  }

  async #completeness({ check }: RegisteredCheck, snapshot: Snapshot) {
    const { connections, subjects } = this.#options;
    const gaps: Gap[] = [];
    const missing: Gap[] = [];
    const readable: string[] = [];
    const there = connections();
    const judged = await connectionsOf(check, subjects, there);
    const passedOver = there.filter(id => !judged.includes(id));
    if (check.state === 'attestation') {
      return { gaps, missing, readable: judged, judged, passedOver };
    }
    for (const connection of judged) {
      const found = await snapshot.completeness(connection, check.requires);
      if (found.anyRead) {
        readable.push(connection);
        gaps.push(...found.gaps);
        const better = await snapshot.completeness(connection, check.improves);
        missing.push(
          ...better.gaps.map(gap => ({ ...gap, improves: true } as const)),
        );
      } else {
        const noKey = found.gaps.some(gap => gap.reason === NO_ORGANIZATION);
        const reason = noKey ? NO_ORGANIZATION : 'never-read';
        gaps.push({ connection, reason });
      }
    }
    return { gaps, missing, readable, judged, passedOver };
  }

  /** How many subjects have results of a check; undefined where it never had any. */
  async #expected(
    checkId: string,
    snapshot: Snapshot,
  ): Promise<number | undefined> {
    let expected: number | undefined;
    for (const source of this.#options.connections()) {
      const before = await snapshot.containers({ source, dataset: 'results' });
      const own = before.find(({ key }) => key === checkId);
      expected = own ? (expected ?? 0) + own.rows : expected;
    }
    return expected;
  }

  /** Those of the connections that have results of a check. */
  async #withResults(
    checkId: string,
    snapshot: Snapshot,
    connections: string[],
  ): Promise<string[]> {
    const found: string[] = [];
    for (const source of connections) {
      const before = await snapshot.containers({ source, dataset: 'results' });
      found.push(...(before.some(c => c.key === checkId) ? [source] : []));
    }
    return found;
  }
}

/** Stages results as they come. */
async function takeAll(
  results: AsyncIterable<CheckResult> | Iterable<CheckResult>,
  to: { staging: ResultStaging; progress: Progress; signal: AbortSignal },
): Promise<void> {
  const { staging, progress, signal } = to;
  for await (const result of results) {
    signal.throwIfAborted();
    // There can be a million: waiting for nothing, each time, would be felt.
    const staged = staging.add(result);
    if (staged) {
      await staged;
    }
    const told = progress.add();
    if (told) {
      await told;
    }
  }
}
