// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { NotVisibleError } from '@confluence-compliance/atlassian-client';
import type { ComplianceConfig } from '../config';
import type { Connections } from '../connections';
import type { History } from '../history';
import type { ApprovedPage } from './ApprovalRows';
import { currentPage } from './currentPages';
import type { EditorRows, KnownEditors, PageRestriction } from './EditorRows';
import type { Policies, PolicyState } from './Policies';

const TASK = 'read-policy-editors';
/** Pages of one turn; the next one reads on. */
const MOST_READ = 50;
/** A restriction makes no new version, so it is asked for again. */
const EVERY_MS = 60 * 60_000;
const RETRY_MS = 15 * 60_000;

export interface EditorReaderOptions {
  config: Pick<ComplianceConfig, 'schedule'>;
  history: Pick<History, 'head' | 'containers'>;
  policies: Pick<Policies, 'list'>;
  connections: Pick<Connections, 'prepare' | 'clientFor'>;
  rows: EditorRows;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Called after a turn that has changed anything. */
  onRead: () => Promise<void>;
  now?: () => Date;
}

/** Reads whom the page of each policy lets edit: every hour, and after each sync of restrictions. */
export class EditorReader {
  readonly #options: EditorReaderOptions;

  constructor(options: EditorReaderOptions) {
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
    let changed = false;
    for (const policy of required) {
      signal?.throwIfAborted();
      const page = pageOf(policy);
      const known = page && (await rows.get(page));
      if (page && (await this.#isDue(page, known))) {
        const found = await this.#ask(page, signal);
        await rows.put(page, found);
        changed ||=
          found.failed !== known?.failed ||
          (found.said !== undefined &&
            JSON.stringify(found.said) !== JSON.stringify(known?.said));
        read += 1;
      }
      if (read === MOST_READ) {
        break;
      }
    }
    if (changed) {
      await onRead();
    }
  }

  async #isDue(
    { connection: source }: ApprovedPage,
    known: KnownEditors | undefined,
  ): Promise<boolean> {
    if (!known) {
      return true;
    }
    const age = this.#now().getTime() - Date.parse(known.triedAt);
    if (age >= (known.failed ? RETRY_MS : EVERY_MS)) {
      return true;
    }
    const [restrictions] = await this.#options.history.containers({
      source,
      dataset: 'restrictions',
    });
    return restrictions !== undefined && restrictions.readAt > known.triedAt;
  }

  async #ask(
    { policy, connection, pageId }: ApprovedPage,
    signal: AbortSignal | undefined,
  ): Promise<{ said?: PageRestriction; failed?: string; at: string }> {
    const { connections, logger } = this.#options;
    const at = this.#now().toISOString();
    try {
      await connections.prepare(connection);
      const client = connections.clientFor(connection, 'policy');
      const said = await client.contentRestriction(pageId, {
        operation: 'update',
        signal,
      });
      return { said, at };
    } catch (error) {
      signal?.throwIfAborted();
      const { message } = toError(error);
      logger.warn(`Who may edit the policy ${policy} is not read: ${message}`);
      const failed =
        error instanceof NotVisibleError
          ? 'page-not-shown'
          : 'page-editors-not-read';
      return { failed, at };
    }
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

function pageOf(policy: PolicyState): ApprovedPage | undefined {
  const page = currentPage(policy);
  const { id, connection } = policy;
  return page && { policy: id, connection, pageId: page.id };
}
