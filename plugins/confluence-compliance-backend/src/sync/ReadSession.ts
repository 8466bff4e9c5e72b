// SPDX-License-Identifier: Apache-2.0
import { CursorRefusedError } from '@confluence-compliance/atlassian-client';
import type { Purpose } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  DatasetName,
  DatasetPayloads,
  FinishRead,
  ObservedRow,
  Read,
  ReadMode,
  StageOptions,
} from '../history';
import {
  ContradictedListError,
  finishOf,
  isFatal,
  isThrottle,
} from './reasons';
import { pool, type RunContext } from './RunContext';
import type { Work } from './WorkStore';

/** How often a list that contradicts itself is read again. */
export const ATTEMPTS = 3;

/** Where a reader stands, stored with each batch. */
export interface Progress {
  /** Where the list goes on. */
  cursor?: string;
  /** The list was read to its end. */
  listed?: boolean;
  /** 2 while the list is read whole a second time. */
  pass?: 1 | 2;
  /** How often the list was begun anew because it contradicted itself. */
  attempt?: number;
  /** Missing rows a direct look has found to be gone. */
  gone?: string[];
  /** The credential may not look at missing rows: a second whole read must do. */
  looksRefused?: boolean;
  /** How many rows the list missed before it was read a second time. */
  missedOnce?: number;
  /** How often reading was told to wait at this cursor, without a quota being used up. */
  stuck?: { cursor?: string; times: number };
}

export interface StageExtras {
  malformed?: number;
  work?: Work;
  /** How the read ends with this batch, where what it has seen by then shows it. */
  finish?: StageOptions['finish'];
}

export interface ContainerSpec<D extends DatasetName> {
  dataset: D;
  key: string;
  mode: ReadMode;
  /** Which method reads it: its scope is that of the rows. */
  purpose?: Purpose;
  /** Another source than the connection, such as its organization; with a scope of its own. */
  source?: string;
  scope?: string;
}

/** One read of one container by one slice; it continues what an earlier slice began. */
export class ReadSession<D extends DatasetName, P extends Progress = Progress> {
  readonly context: RunContext;
  read: Read;
  progress: P;

  static async begin<D extends DatasetName, P extends Progress>(
    context: RunContext,
    spec: ContainerSpec<D>,
  ): Promise<ReadSession<D, P>> {
    const { history, runId, connection, fence } = context.parts;
    const begin = {
      runId,
      source: spec.source ?? connection,
      dataset: spec.dataset,
      key: spec.key,
      mode: spec.mode,
      scope: spec.scope ?? (await context.parts.scopeOf(spec.purpose)),
    };
    const read = await history.beginRead(begin, fence);
    return new ReadSession<D, P>(context, read);
  }

  private constructor(context: RunContext, read: Read) {
    this.context = context;
    this.read = read;
    this.progress = (read.progress ?? {}) as P;
  }

  get id(): string {
    return this.read.id;
  }

  /** Stores a batch, where the list goes on, and what it adds to the work. */
  async stage(
    rows: ObservedRow<DatasetPayloads[D]>[],
    progress: P,
    { malformed, work, finish }: StageExtras = {},
  ): Promise<void> {
    const { context } = this;
    const { parts } = context;
    const added = work && context.newWork(work);
    const { finished, ...counted } = await parts.history.stage(this.id, rows, {
      progress,
      malformed,
      finish,
      fence: parts.fence,
      also:
        added &&
        (tx => parts.work.add(tx, parts.runId, added.kind, added.items)),
    });
    if (added) {
      context.noteStored(added);
    }
    this.progress = progress;
    Object.assign(this.read, counted);
    if (finished) {
      this.#end(finished);
    }
  }

  /** Forgets what was seen; the attempt is counted. */
  async startAgain(): Promise<void> {
    const attempt = (this.progress.attempt ?? 1) + 1;
    const { history, fence } = this.context.parts;
    this.read = await history.restartRead(this.id, fence);
    await this.stage([], { attempt } as P);
  }

  /** Keys of what stood and was not seen, at most `limit`, and how many there are. */
  async missing(limit: number): Promise<{ keys: string[]; total: number }> {
    return this.read.stood
      ? this.context.parts.history.missing(this.id, limit)
      : { keys: [], total: 0 };
  }

  async finish(finish: FinishRead): Promise<void> {
    const { history, fence } = this.context.parts;
    this.#end(await history.finishRead(this.id, finish, fence));
  }

  #end(read: Read): void {
    this.read = read;
    this.context.noteFinished(read);
  }
}

/** Reads containers, several at a time; see {@link readContainer}. */
export async function readContainers<D extends DatasetName, P extends Progress>(
  context: RunContext,
  specs: ContainerSpec<D>[],
  reader: Reader<D, P>,
): Promise<void> {
  await pool(context.parts.concurrency, specs, spec =>
    readContainer(context, spec, reader),
  );
}

/** Gives how the read ends, or nothing when it is not to end yet; the end that came with a batch stays. */
type Reader<D extends DatasetName, P extends Progress> = (
  session: ReadSession<D, P>,
) => Promise<FinishRead | undefined>;

/**
 * Reads a container to its end, or to the end of the slice. What stops only
 * this container becomes its outcome; everything else is thrown.
 */
export async function readContainer<D extends DatasetName, P extends Progress>(
  context: RunContext,
  spec: ContainerSpec<D>,
  reader: Reader<D, P>,
): Promise<void> {
  if (context.finished(spec.dataset, spec.key)) {
    return;
  }
  const session = await ReadSession.begin<D, P>(context, spec);
  if (session.read.finishedAt) {
    context.noteFinished(session.read);
    return;
  }
  for (;;) {
    try {
      const finish = await reader(session);
      if (finish && !session.read.finishedAt) {
        await session.finish(finish);
      }
      return;
    } catch (error) {
      if (isThrottle(error) && (await isStuck(session))) {
        await session.finish(finishOf(error));
        return;
      }
      if (isFatal(error) || session.read.finishedAt) {
        throw error;
      }
      if ((session.progress.attempt ?? 1) >= attemptsAfter(error)) {
        const { connection, logger } = context.parts;
        logger.warn(
          `Reading ${spec.dataset} (${spec.key}) of connection '${connection}' stopped: ${error}`,
        );
        await session.finish(finishOf(error));
        return;
      }
      await session.startAgain();
    }
  }
}

/** How often a container is begun that ended with this error. */
function attemptsAfter(error: unknown): number {
  if (error instanceof ContradictedListError) {
    return 2;
  }
  return error instanceof CursorRefusedError ? ATTEMPTS : 1;
}

/**
 * A place that answers "wait" again and again must not hold up the whole run
 * for ever. A used up quota does not count: it ends by itself.
 */
async function isStuck<D extends DatasetName, P extends Progress>(
  session: ReadSession<D, P>,
): Promise<boolean> {
  const { cursor, stuck } = session.progress;
  const times = stuck && stuck.cursor === cursor ? stuck.times + 1 : 1;
  await session.stage([], { ...session.progress, stuck: { cursor, times } });
  return times >= ATTEMPTS;
}
