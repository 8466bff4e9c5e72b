// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { verdictSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CheckCounts,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CheckDataset,
  CheckResult,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type {
  History,
  PublishOptions,
  ResultPayload,
  Standing,
} from '../history';
import type { RegisteredCheck } from './CheckRegistry';
import type { Gap } from './completeness';
import { decide } from './decide';
import { leftOpen } from './leftOpen';

const BATCH = 500;

const verdicts: ReadonlySet<unknown> = new Set(verdictSchema.options);

/** Results always follow from the same data in the same way; there is one scope. */
const SCOPE = 'derived';

/** One connection's results on their way into the history. */
interface StagedRead {
  id: string;
  /** What stands of them; only what differs is staged. */
  standing: Standing;
  /** How many there are. */
  found: number;
  waiting: Array<{ key: string; payload: ResultPayload }>;
  /** By key: what replaces a result that stands, and says nothing where none does. */
  onlyIfJudged: Map<string, ResultPayload>;
  /** What the verdicts so far rest on; undefined before the first one. */
  needs?: Set<CheckDataset>;
}

/** Throws when another run of the check has taken over. */
export type Fence = NonNullable<PublishOptions['fence']>;

/** Collects results by connection and stages those that differ from what stands, in batches. */
export class ResultStaging {
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
        mode: 'difference',
        scope: SCOPE,
      });
      const standing = await this.#history.standing(id);
      this.#reads.set(source, {
        id,
        standing,
        found: 0,
        waiting: [],
        onlyIfJudged: new Map(),
      });
    }
  }

  /** The gaps that matter: of the data that verdicts rest on, or would if there were any. */
  get gaps(): Gap[] {
    const { listedBy = [] } = this.#registered.check;
    return this.#gaps.filter(({ connection, dataset }) => {
      const needs = connection && this.#reads.get(connection)?.needs;
      return (
        !dataset || !needs || needs.has(dataset) || listedBy.includes(dataset)
      );
    });
  }

  /** Takes a result. There is something to wait for now and then only. */
  add(result: CheckResult): Promise<void> | undefined {
    const read = this.#reads.get(result.connection);
    if (!read) {
      throw new InputError(
        `The check gave a result for the connection '${result.connection}', which it was not asked about`,
      );
    }
    const { id: checkId, subjectKind } = this.#registered.check;
    const requires = result.requires ?? this.#registered.check.requires;
    read.needs ??= new Set();
    requires.forEach(dataset => read.needs?.add(dataset));
    const { verdict, reason } = this.#decide(result);
    const { subjectId, facts, about } = result;
    const subject = subjectKind === 'account' ? subjectId : null;
    const row = {
      key: `${checkId}|${subjectKind}|${subjectId}`,
      // In the order in which it is written quickest.
      payload: {
        accountId: about?.account ?? subject,
        checkId,
        facts,
        reason,
        resource: about?.resource ?? null,
        subjectId,
        subjectKind,
        verdict,
      },
    };
    if (result.onlyIfJudgedBefore) {
      read.onlyIfJudged.set(row.key, row.payload);
      return undefined;
    }
    this.#count(read, verdict);
    const differs = read.standing.differs(row);
    return typeof differs === 'boolean'
      ? this.#take(read, row, differs)
      : differs.then(known => this.#take(read, row, known));
  }

  #take(
    read: StagedRead,
    row: StagedRead['waiting'][number],
    differs: boolean,
  ): Promise<void> | undefined {
    if (differs) {
      read.waiting.push(row);
    }
    return read.waiting.length >= BATCH ? this.#stage(read) : undefined;
  }

  async finish(): Promise<void> {
    for (const [connection, read] of this.#reads) {
      await this.#stage(read, await this.#endLeft(connection, read));
      await this.#history.finishRead(read.id, {
        outcome: 'complete',
        expected: read.found,
      });
    }
  }

  /** Takes what becomes of results that were not found again; gives the keys of those that go. */
  async #endLeft(connection: string, read: StagedRead): Promise<string[]> {
    const left = await read.standing.left();
    const { listedBy = [], id } = this.#registered.check;
    const stays = leftOpen(connection, listedBy, this.#gaps);
    if (left.length === 0 || (!stays && read.onlyIfJudged.size === 0)) {
      return left;
    }
    const kept = new Set<string>();
    const pages = this.#history.rows('results', {
      source: connection,
      container: id,
      keys: left,
      asOf: await this.#history.head(),
    });
    for await (const rows of pages) {
      for (const { key, payload: before } of rows) {
        const payload = read.onlyIfJudged.get(key) ?? stays?.(before);
        if (payload) {
          kept.add(key);
          this.#count(read, payload.verdict);
          read.waiting.push({ key, payload });
        }
      }
      await this.#stage(read);
    }
    return left.filter(key => !kept.has(key));
  }

  #count(read: StagedRead, verdict: Verdict): void {
    this.counts[verdict] += 1;
    read.found += 1;
  }

  async #stage(
    { id, waiting }: StagedRead,
    gone: string[] = [],
  ): Promise<void> {
    const rows = waiting.splice(0);
    if (rows.length > 0 || gone.length > 0) {
      await this.#history.stage(id, rows, { fence: this.#fence, gone });
    }
  }

  #decide(result: CheckResult) {
    const { verdict, reason } = result;
    if (!verdicts.has(verdict) || !reason) {
      throw new InputError(
        `The check gave the verdict '${verdict}' with the reason '${reason}': the verdict must be a known one and the reason a code`,
      );
    }
    return decide(result, this.#registered.check.requires, this.#gaps);
  }
}
