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
import { sha256 } from '../ledger';
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
/** A site that was restored can have another text under the same number. */
const AGAIN_MS = 24 * 60 * 60_000;

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
 * Reads the text of each policy once for each version that a sync has seen, and once a day again, keeps
 * what was found in it and its hash, and lets go of the text.
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
    let asked = 0;
    let isNews = false;
    for (const policy of required) {
      signal?.throwIfAborted();
      const news = await this.#readOne(policy, signal);
      asked += news === undefined ? 0 : 1;
      isNews ||= news === true;
      if (asked === MOST_READ) {
        break;
      }
    }
    if (isNews) {
      await onRead();
    }
  }

  /** Whether something new was found; the same again is no news. Undefined where nothing was asked. */
  async #readOne(
    policy: PolicyState,
    signal: AbortSignal | undefined,
  ): Promise<boolean | undefined> {
    const { policies, rows } = this.#options;
    const current = currentPage(policy);
    const version = current?.payload?.version;
    if (!current || version === undefined) {
      return undefined;
    }
    const page = {
      policy: policy.id,
      connection: policy.connection,
      pageId: current.id,
    };
    const rule = policies.ruleOf(policy);
    const known = await rows.get(page, rule);
    if (known && known.version >= version && !this.#isDue(known)) {
      return undefined;
    }
    const read = { version, ...(await this.#ask(page, rule, signal)) };
    await rows.put(page, rule, read);
    return !(
      known?.version === read.version &&
      known.failed === read.failed &&
      known.contentHash === read.contentHash
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
        contentHash: sha256(storage),
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

  #isDue({ failed, contentHash, readAt }: FoundStructure): boolean {
    const since = this.#now().getTime() - Date.parse(readAt);
    if (failed !== undefined) {
      return since >= RETRY_MS;
    }
    // What an earlier version of the plugin has read has none.
    return contentHash === undefined || since >= AGAIN_MS;
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}
