// SPDX-License-Identifier: Apache-2.0
import type { Reminder, Reminders } from '../reviews';
import {
  type Notice,
  type NoticesOptions,
  ScheduledNotices,
} from './ScheduledNotices';

const LINK = '/confluence-compliance/reviews';

export interface ReviewNoticesOptions extends NoticesOptions {
  reminders: Pick<Reminders, 'due' | 'take' | 'giveBack' | 'prune'>;
}

/** Reminds reviewers of decisions that are open: each once a day and review. */
export class ReviewNotices extends ScheduledNotices<Reminder> {
  constructor({ reminders, ...options }: ReviewNoticesOptions) {
    super(
      {
        task: 'remind-reviewers',
        every: { hours: 1 },
        due: async now => {
          await reminders.prune(now);
          return reminders.due(now);
        },
        take: one => reminders.take(one),
        giveBack: one => reminders.giveBack(one),
        noticeOf,
        about: ({ reviewId }) => reviewId,
        failed: ({ reviewer, reviewId }) =>
          `${reviewer} could not be reminded of the review ${reviewId}`,
      },
      options,
    );
  }
}

function noticeOf(reminder: Reminder): Notice {
  const { reviewId, title, reviewer, open, kind, escalated } = reminder;
  const late = escalated ? 'overdue' : 'open';
  return {
    recipients: { type: 'entity', entityRef: reviewer },
    payload: {
      title: `${open} ${open === 1 ? 'decision is' : 'decisions are'} ${late}`,
      description: `${title}: ${whenOf(reminder)}${thenOf(reminder)}`,
      severity: kind === 'overdue' || kind === 'today' ? 'high' : 'normal',
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
