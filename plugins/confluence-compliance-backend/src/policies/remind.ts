// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { inTime } from '../notices/inTime';
import type { AcknowledgementRows } from './AcknowledgementRows';
import type { Acknowledgements } from './Acknowledgements';
import type { PolicyState } from './Policies';

const LINK = '/confluence-compliance/policies';
/** People of one notification. */
const BATCH = 200;

export interface RemindOptions {
  acknowledgements: Pick<Acknowledgements, 'progress'>;
  rows: Pick<AcknowledgementRows, 'takeReminder' | 'giveBackReminder'>;
  notifications: Pick<NotificationService, 'send'>;
  logger: LoggerService;
  now?: () => Date;
}

/**
 * Reminds those who have not acknowledged a policy, once a day; how many were told. A notification
 * service that fails is logged, and the day is given back where nobody was reached. Throws a
 * ConflictError on the same day, and where nothing can be acknowledged.
 */
export async function remind(
  options: RemindOptions,
  policy: PolicyState,
): Promise<number> {
  const { acknowledgements, rows, notifications, logger } = options;
  const day = (options.now?.() ?? new Date()).toISOString().slice(0, 10);
  let page = await acknowledgements.progress(policy, { limit: BATCH });
  const { target } = page;
  if (!target) {
    throw new ConflictError(
      `No version of the policy '${policy.id}' is approved: nobody can acknowledge it yet`,
    );
  }
  if (page.missing.length === 0) {
    return 0;
  }
  if (!(await rows.takeReminder(policy.id, day))) {
    throw new ConflictError(
      `People were reminded of the policy '${policy.id}' today: do it again tomorrow`,
    );
  }
  let told = 0;
  try {
    for (;;) {
      await inTime(
        notifications.send({
          recipients: { type: 'entity', entityRef: page.missing },
          payload: {
            title: `Please read: ${policy.title}`,
            description: `Read version ${target.version} and say that you have.`,
            link: `${LINK}/${policy.id}/acknowledge`,
            severity: 'normal',
            topic: 'confluence-compliance.policy',
            scope: `confluence-compliance:policy:${policy.id}`,
          },
        }),
      );
      told += page.missing.length;
      const { nextCursor: cursor } = page.pageInfo;
      if (cursor === undefined) {
        return told;
      }
      page = await acknowledgements.progress(policy, { cursor, limit: BATCH });
    }
  } catch (error) {
    if (told === 0) {
      await rows.giveBackReminder(policy.id, day);
    }
    logger.warn(
      `Not everybody could be reminded of the policy ${policy.id}`,
      error instanceof Error ? error : undefined,
    );
    return told;
  }
}
