// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { inTime } from './inTime';
import type { MadeReview, MadeReviews } from './reviews';

const TASK = 'tell-recurring-reviews';
const LINK = '/confluence-compliance/reviews';

export interface MadeReviewNoticesOptions {
  made: Pick<MadeReviews, 'untold' | 'take' | 'giveBack'>;
  notifications: Pick<NotificationService, 'send'>;
  scheduler: SchedulerService;
  logger: LoggerService;
}

/** Tells owners of the reviews that templates made for them. */
export class MadeReviewNotices {
  readonly #options: MadeReviewNoticesOptions;

  constructor(options: MadeReviewNoticesOptions) {
    this.#options = options;
  }

  /** Looks every ten minutes, on one replica at a time. Nothing else waits for it. */
  async start(): Promise<void> {
    await this.#options.scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: { minutes: 10 },
      timeout: { minutes: 10 },
      initialDelay: { minutes: 1 },
      fn: signal => this.send(signal),
    });
  }

  /** Of each review once, and again after the notification service has failed. */
  async send(signal?: AbortSignal): Promise<void> {
    const { made, notifications, logger } = this.#options;
    for (const one of await made.untold()) {
      if (signal?.aborted) {
        return;
      }
      if (await made.take(one)) {
        try {
          await inTime(notifications.send(noticeOf(one)));
        } catch (error) {
          await made.giveBack(one);
          logger.warn(
            `${one.owner} could not be told of the review ${one.reviewId}`,
            error instanceof Error ? error : undefined,
          );
        }
      }
    }
  }
}

function noticeOf(made: MadeReview) {
  const { reviewId, title, owner, state } = made;
  return {
    recipients: { type: 'entity' as const, entityRef: owner },
    payload: {
      title: `Review of access: ${title}`,
      description: whatOf(made),
      severity:
        state === 'not-started' ? ('high' as const) : ('normal' as const),
      link: `${LINK}/${reviewId}`,
      topic: 'confluence-compliance.review',
      scope: `confluence-compliance:review-made:${reviewId}`,
    },
  };
}

function whatOf({ state, notStarted, dueAt }: MadeReview): string {
  const due = dueAt ? ` It is due on ${dueAt.slice(0, 10)}.` : '';
  switch (state) {
    case 'started':
      return `It has started.${due}`;
    case 'not-started':
      return `It could not be started: ${
        notStarted?.text ?? 'nobody knows why'
      }`;
    default:
      return `It is a draft that you can start.${due}`;
  }
}
