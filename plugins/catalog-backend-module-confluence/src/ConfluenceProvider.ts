// SPDX-License-Identifier: Apache-2.0
import { SchedulerService } from '@backstage/backend-plugin-api';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { CatalogOptions } from './config';
import { FeedFollower } from './FeedFollower';

/** Keeps the catalog equal to what Confluence Compliance knows. */
export class ConfluenceProvider implements EntityProvider {
  readonly #follower: FeedFollower;
  readonly #scheduler: SchedulerService;
  readonly #options: CatalogOptions;

  constructor(options: {
    follower: FeedFollower;
    scheduler: SchedulerService;
    options: CatalogOptions;
  }) {
    this.#follower = options.follower;
    this.#scheduler = options.scheduler;
    this.#options = options.options;
  }

  getProviderName(): string {
    return 'ConfluenceProvider';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const { schedule, reconcile } = this.#options;
    await this.#scheduler.scheduleTask({
      ...schedule,
      id: 'confluence-follow-changes',
      fn: signal => this.#follower.run(connection, signal),
    });
    await this.#scheduler.scheduleTask({
      id: 'confluence-request-reconciliation',
      frequency: reconcile,
      initialDelay: { minutes: 1 },
      timeout: { minutes: 1 },
      fn: signal => this.#follower.requestPass(signal),
    });
  }
}
