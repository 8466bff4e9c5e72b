// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { inTime } from './inTime';
import type { Reminder, Reminders } from './reviews';

const TASK = 'remind-reviewers';
const LINK = '/confluence-compliance/reviews';

export interface ReviewNoticesOptions {
  reminders: Pick<Reminders, 'due' | 'take' | 'giveBack' | 'prune'>;
  notifications: Pick<NotificationService, 'send'>;
  scheduler: SchedulerService;
  logger: LoggerService;
  now?: () => Date;
}

/** Reminds reviewers of decisions that are open. */
export class ReviewNotices {
  readonly #options: ReviewNoticesOptions;

  constructor(options: ReviewNoticesOptions) {
    this.#options = options;
  }

  /** Looks every hour, on one replica at a time. Nothing else waits for it. */
  async start(): Promise<void> {
    await this.#options.scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: { hours: 1 },
      timeout: { minutes: 10 },
      initialDelay: { minutes: 1 },
      fn: signal => this.send(signal),
    });
  }

  /** Each reviewer once a day and review, and again after the notification service has failed. */
  async send(signal?: AbortSignal): Promise<void> {
    const { reminders, notifications, logger } = this.#options;
    const now = this.#options.now?.() ?? new Date();
    await reminders.prune(now);
    for (const reminder of await reminders.due(now)) {
      if (signal?.aborted) {
        return;
      }
      if (await reminders.take(reminder)) {
        try {
          await inTime(notifications.send(noticeOf(reminder)));
        } catch (error) {
          await reminders.giveBack(reminder);
          logger.warn(
            `${reminder.reviewer} could not be reminded of the review ${reminder.reviewId}`,
            error instanceof Error ? error : undefined,
          );
        }
      }
    }
  }
}

function noticeOf(reminder: Reminder) {
  const { reviewId, title, reviewer, open, kind, escalated } = reminder;
  const late = escalated ? 'overdue' : 'open';
  return {
    recipients: { type: 'entity' as const, entityRef: reviewer },
    payload: {
      title: `${open} ${open === 1 ? 'decision is' : 'decisions are'} ${late}`,
      description: `${title}: ${whenOf(reminder)}${thenOf(reminder)}`,
      severity:
        kind === 'overdue' || kind === 'today'
          ? ('high' as const)
          : ('normal' as const),
      link: escalated ? `${LINK}/${reviewId}` : `${LINK}/${reviewId}/decide`,
      topic: 'confluence-compliance.review',
      // A newer reminder takes the place of the one before.
      scope: `confluence-compliance:review:${reviewId}`,
    },
  };
}

function whenOf({ kind, dueOn }: Reminder): string {
  switch (kind) {
    case 'overdue':
      return `they were due on ${dueOn}.`;
    case 'today':
      return 'they are due today.';
    case 'tomorrow':
      return 'they are due tomorrow.';
    default:
      return dueOn ? `they are due on ${dueOn}.` : 'they have no due date.';
  }
}

/** What becomes of what is undecided then. */
function thenOf({ kind, rule, escalated }: Reminder): string {
  if (escalated) {
    return ' Nobody decided them in time.';
  }
  if (rule === 'keep-open' || kind === 'overdue') {
    return '';
  }
  return ` What is undecided then is ${
    rule === 'revoke' ? 'revoked' : 'deferred'
  }.`;
}
