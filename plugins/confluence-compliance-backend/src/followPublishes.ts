// SPDX-License-Identifier: Apache-2.0
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ComplianceConfig } from './config';
import type { History, Revision } from './history';
import type { People } from './people';

const TASK = 'link-accounts';

/**
 * Links accounts to people whenever something was published. The task looks often and mostly finds
 * that nothing was, so that a crash between a publish and its links heals by itself.
 *
 * @returns asks for the links now
 */
export async function followPublishes({
  config,
  history,
  people,
  scheduler,
  logger,
}: {
  config: Pick<ComplianceConfig, 'schedule'>;
  history: History;
  people: People;
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<() => Promise<void>> {
  let linked: Revision | undefined;
  await scheduler.scheduleTask({
    id: TASK,
    scope: 'global',
    frequency: config.schedule.every,
    timeout: { minutes: 10 },
    fn: async signal => {
      const head = await history.head();
      if (head !== linked) {
        await people.link(signal);
        linked = head;
      }
    },
  });
  return async () => {
    try {
      await scheduler.triggerTask(TASK);
    } catch (error) {
      // It runs already; its next turn sees that the history went on.
      logger.debug(`Links follow a little later: ${toError(error).message}`);
    }
  };
}
