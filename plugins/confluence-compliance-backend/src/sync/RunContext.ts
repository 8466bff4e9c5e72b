// SPDX-License-Identifier: Apache-2.0
import { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ConfluenceClient,
  OrganizationClient,
} from '@confluence-compliance/atlassian-client';
import type { Purpose } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { AuditState } from '../connections';
import type { DatasetName, History, Read, Revision } from '../history';
import type { Plan } from './plan';
import type { Work, WorkStore } from './WorkStore';

/** The time of this slice is up: what is left is done by the next one. */
export class SliceOverError extends Error {
  name = 'SliceOverError' as const;
}

/** An organization that a run reads for all connections that have it. */
export interface Organization {
  /** Its source in the history. */
  source: string;
  /** Absent when its key is not stored. */
  client?: OrganizationClient;
}

export interface RunContextParts {
  runId: string;
  connection: string;
  plan: Plan;
  /** Stores what the run has learnt about its plan. */
  savePlan(plan: Plan): Promise<void>;
  history: History;
  work: WorkStore;
  logger: LoggerService;
  /** Newest revision when the slice began. */
  head: Revision;
  /** Newest page change that is published. */
  pagesWatermark?: string;
  /** What is published of the audit log. */
  audit?: AuditState;
  signal: AbortSignal;
  /** Whether the time of the slice is up. */
  isOver(): boolean;
  /** Throws when another slice has taken over. */
  fence(tx: Knex.Transaction): Promise<void>;
  clientFor(purpose: Purpose): ConfluenceClient;
  scopeOf(purpose?: Purpose): Promise<string>;
  /** The organization whose directory this run reads, if it does. */
  organization?: Organization;
  /** Containers read at the same time. */
  concurrency: number;
}

/** What readers need of the run they work for. */
export class RunContext {
  readonly parts: RunContextParts;
  /** Reads this run has finished, by container. */
  readonly #ended = new Map<string, Read>();
  /** Keys of the work that this slice has stored, by kind. */
  readonly #stored = new Map<string, Set<string>>();

  constructor(parts: RunContextParts) {
    this.parts = parts;
  }

  /** Throws when the slice must stop. Called between any two requests. */
  checkpoint(): void {
    this.parts.signal.throwIfAborted();
    if (this.parts.isOver()) {
      throw new SliceOverError('The time of this slice is up');
    }
  }

  /** Loads which containers this run has finished already. */
  async loadFinished(): Promise<void> {
    this.#ended.clear();
    for (const read of await this.parts.history.readsOf(this.parts.runId)) {
      this.noteFinished(read);
    }
  }

  noteFinished(read: Read): void {
    if (read.finishedAt) {
      this.#ended.set(nameOf(read.dataset, read.key), read);
    }
  }

  finished(dataset: DatasetName, key: string): Read | undefined {
    return this.#ended.get(nameOf(dataset, key));
  }

  /** Whether this run has read all containers of a dataset completely. */
  allComplete(dataset: DatasetName, keys: Iterable<string>): boolean {
    return [...keys].every(
      key => this.finished(dataset, key)?.outcome === 'complete',
    );
  }

  /** The work that this slice has not stored yet: the same accounts turn up in many groups. */
  newWork(work: Work): Work {
    const stored = this.#stored.get(work.kind);
    return stored
      ? { ...work, items: work.items.filter(({ key }) => !stored.has(key)) }
      : work;
  }

  noteStored({ kind, items }: Work): void {
    const stored = this.#stored.get(kind) ?? new Set();
    this.#stored.set(kind, stored);
    items.forEach(({ key }) => stored.add(key));
  }

  /** Keeps how many containers a dataset has, for people who watch. */
  async setTotal(dataset: DatasetName, total: number): Promise<void> {
    const { plan, savePlan } = this.parts;
    if (plan.totals[dataset] !== total) {
      plan.totals[dataset] = total;
      await savePlan(plan);
    }
  }

  /** Keys of the rows of a dataset that stood open when the slice began. */
  async openKeys(dataset: DatasetName): Promise<Set<string>> {
    const { history, connection, head } = this.parts;
    const keys = new Set<string>();
    const filter = { source: connection, asOf: head };
    for await (const rows of history.rows(dataset, filter)) {
      rows.forEach(row => keys.add(row.key));
    }
    return keys;
  }
}

function nameOf(dataset: string, key: string): string {
  return JSON.stringify([dataset, key]);
}

/**
 * Does all tasks, at most `size` at a time. After a failure no further task is
 * begun; those under way are waited for, so that nothing goes on unseen.
 */
export async function pool<T>(
  size: number,
  items: Iterable<T>,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items].reverse();
  const failures: unknown[] = [];
  const worker = async () => {
    while (failures.length === 0 && queue.length > 0) {
      try {
        await task(queue.pop() as T);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: size }, worker));
  if (failures.length > 0) {
    throw failures[0];
  }
}

/** Waits for all, then throws the first failure. */
export async function together(tasks: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(tasks);
  const failed = results.find(result => result.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
}
