// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotVisibleError } from '@confluence-compliance/atlassian-client';
import type { ComplianceConfig, StructureRule } from '../config';
import type { Connections } from '../connections';
import type { History } from '../history';
import type { ApprovedPage } from './ApprovalRows';
import { blocksOf } from './blocks';
import { currentPage } from './currentPages';
import type { Policies, PolicyState } from './Policies';
import { structureOf } from './structure';
import type { FoundStructure, StructureRows } from './StructureRows';

const TASK = 'read-policies';
/** Pages of one turn; the next one reads on. */
const MOST_READ = 50;
/** How long after a page could not be read it is tried again. */
const RETRY_MS = 15 * 60_000;

export interface StructureReaderOptions {
  config: Pick<ComplianceConfig, 'schedule'>;
  history: History;
  policies: Policies;
  connections: Pick<Connections, 'prepare' | 'clientFor'>;
  rows: StructureRows;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Called after a turn that has read anything. */
  onRead: () => Promise<void>;
  now?: () => Date;
}

/**
 * Reads the text of each policy once for each version that a sync has seen, keeps what was found in
 * it, and lets go of the text.
 */
export class StructureReader {
  readonly #options: StructureReaderOptions;

  constructor(options: StructureReaderOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { config, scheduler } = this.#options;
    await scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: config.schedule.every,
      timeout: { minutes: 10 },
      fn: signal => this.run(signal),
    });
  }

  /** One turn: at most fifty pages. */
  async run(signal?: AbortSignal): Promise<void> {
    const { history, policies, rows, onRead } = this.#options;
    const revision = await history.head();
    const required = await policies.list({ revision });
    await rows.keepOnly(required);
    let read = 0;
    for (const policy of required) {
      signal?.throwIfAborted();
      read += (await this.#readOne(policy, signal)) ? 1 : 0;
      if (read === MOST_READ) {
        break;
      }
    }
    if (read > 0) {
      await onRead();
    }
  }

  /** Whether something new was found; the same failure again is no news. */
  async #readOne(
    policy: PolicyState,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const { policies, rows } = this.#options;
    const current = currentPage(policy);
    const version = current?.payload?.version;
    if (!current || version === undefined) {
      return false;
    }
    const page = {
      policy: policy.id,
      connection: policy.connection,
      pageId: current.id,
    };
    const rule = policies.ruleOf(policy);
    const known = await rows.get(page, rule);
    if (known && known.version >= version && !this.#isDue(known)) {
      return false;
    }
    const read = await this.#ask(page, rule, signal);
    await rows.put(page, rule, { version, ...read });
    return !(
      read.failed &&
      known?.version === version &&
      known.failed === read.failed
    );
  }

  /** What was found; without a version where it could not be read. */
  async #ask(
    { policy, connection, pageId }: ApprovedPage,
    rule: StructureRule,
    signal: AbortSignal | undefined,
  ): Promise<Omit<FoundStructure, 'version'> & { version?: number }> {
    const { connections, logger } = this.#options;
    const readAt = this.#now().toISOString();
    try {
      await connections.prepare(connection);
      const client = connections.clientFor(connection, 'policy');
      const { page, storage } = await client.pageText(pageId, { signal });
      return {
        version: page.version.number,
        found: structureOf(blocksOf(storage), rule),
        readAt,
      };
    } catch (error) {
      signal?.throwIfAborted();
      const { message } = toError(error);
      logger.warn(`The policy ${policy} could not be read: ${message}`);
      const failed =
        error instanceof NotVisibleError ? 'page-not-shown' : 'text-not-read';
      return { failed, readAt };
    }
  }

  #isDue({ failed, readAt }: FoundStructure): boolean {
    const since = this.#now().getTime() - Date.parse(readAt);
    return failed !== undefined && since >= RETRY_MS;
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}
