// SPDX-License-Identifier: Apache-2.0
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import type { ComplianceConfig } from './config';
import {
  type ConnectionDefinition,
  type Connections,
  organizationSource,
} from './connections';
import type { History } from './history';
import type { ConnectionNotices } from './notices';
import type { Sync } from './sync';

const UPKEEP = 'connection-upkeep';
const UPKEEP_EVERY = { minutes: 10 };

export interface ConnectionUpkeepOptions {
  config: Pick<ComplianceConfig, 'schedule'>;
  connections: Connections;
  history: History;
  sync: Sync;
  notices: ConnectionNotices;
  /** Called when everything that was seen of a connection is deleted. */
  onForget?: (connection: string) => Promise<void>;
  scheduler: SchedulerService;
  logger: LoggerService;
}

/**
 * What must happen around connections besides their syncs: each replica learns of those that another
 * one made, and one of them seals with the newest key, says what expires and clears up what ended.
 */
export class ConnectionUpkeep {
  readonly #options: ConnectionUpkeepOptions;
  /** Credentials that no key opens, as they were last reported. */
  #reported = '';

  constructor(options: ConnectionUpkeepOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { config, connections, scheduler } = this.#options;
    await scheduler.scheduleTask({
      id: 'connection-reload',
      scope: 'local',
      frequency: config.schedule.every,
      timeout: config.schedule.timeout,
      fn: () => connections.reload(),
    });
    await scheduler.scheduleTask({
      id: UPKEEP,
      scope: 'global',
      frequency: UPKEEP_EVERY,
      timeout: { minutes: 60 },
      fn: signal => this.run(signal),
    });
  }

  /** One turn of the upkeep; each part on its own, so that one that fails stops no other. */
  async run(signal?: AbortSignal): Promise<void> {
    const { connections, notices, logger } = this.#options;
    await connections.reload();
    const parts: Array<[string, () => Promise<void>]> = [
      ['Sealing with the newest key', () => this.#reseal(signal)],
      ['Telling of credentials', () => notices.send()],
      ...connections
        .all()
        .filter(({ ended }) => ended)
        .map((connection): [string, () => Promise<void>] => [
          `Clearing up connection '${connection.id}'`,
          () => this.clearUp(connection, signal),
        ]),
    ];
    for (const [what, part] of parts) {
      signal?.throwIfAborted();
      await part().catch(error => {
        signal?.throwIfAborted();
        logger.error(`${what} failed`, error);
      });
    }
  }

  /** Ends the runs of a connection that is over, and takes away what was asked for. */
  async clearUp(
    connection: ConnectionDefinition,
    signal?: AbortSignal,
  ): Promise<void> {
    const { connections, history, sync } = this.#options;
    const { id, ended } = connection;
    if (!ended) {
      return;
    }
    const forget = ended.history === 'delete';
    await sync.stop(id, forget);
    if (ended.entities === 'remove') {
      await history.endSubjects(id);
    }
    if (forget) {
      await history.forget(id, signal);
      await this.#options.onForget?.(id);
      await this.#forgetOrganization(connection, signal);
      await connections.knex.transaction(async tx => {
        await connections.rows.remove(tx, connection);
        await connections.states.remove(tx, id);
        await connections.readScopes.remove(tx, id);
      });
      await connections.reload();
    }
  }

  /** What an organization said goes with the last connection that has it. */
  async #forgetOrganization(
    { id, organization }: ConnectionDefinition,
    signal?: AbortSignal,
  ): Promise<void> {
    const { connections, history } = this.#options;
    if (!organization) {
      return;
    }
    const isShared = connections
      .all()
      .some(
        other => other.id !== id && other.organization?.id === organization.id,
      );
    if (!isShared) {
      await history.forget(organizationSource(organization.id), signal);
    }
  }

  /** Stops a connection that is over at once; what takes longer follows by itself. */
  async endNow(id: string): Promise<void> {
    const { connections, history, sync } = this.#options;
    const found = connections.all().find(connection => connection.id === id);
    if (!found?.ended) {
      return;
    }
    await sync.stop(id, false);
    if (found.ended.entities === 'remove') {
      await history.endSubjects(id);
    }
    if (found.ended.history === 'delete') {
      await this.#request();
    }
  }

  async #request(): Promise<void> {
    await this.#options.scheduler.triggerTask(UPKEEP).catch(error => {
      // It runs already; what is left is found in its next turn.
      this.#options.logger.debug(`Upkeep follows a little later: ${error}`);
    });
  }

  async #reseal(signal?: AbortSignal): Promise<void> {
    const { connections, logger } = this.#options;
    await this.#reportLost();
    const count = await connections.credentials.reseal(signal);
    if (count > 0) {
      logger.info(
        `Sealed ${count} credentials with the key '${connections.keyring.current}'`,
      );
    }
  }

  /** Says once which credentials no key opens. */
  async #reportLost(): Promise<void> {
    const { connections, logger } = this.#options;
    const lost = (await connections.credentials.list())
      .filter(({ isLost }) => isLost)
      .map(({ connection, name, keyId }) => `${connection}/${name} (${keyId})`)
      .sort();
    const text = lost.join(', ');
    if (text && text !== this.#reported) {
      logger.error(
        `Credentials are sealed with keys that confluenceCompliance.secrets.keys does not have: ${text}. Add the keys again, or enter the credentials anew`,
      );
    }
    this.#reported = text;
  }
}
