// SPDX-License-Identifier: Apache-2.0
import type { MadeReview, MadeReviews } from '../reviews';
import {
  type Notice,
  type NoticesOptions,
  ScheduledNotices,
} from './ScheduledNotices';

const LINK = '/confluence-compliance/reviews';

export interface MadeReviewNoticesOptions extends NoticesOptions {
  made: Pick<MadeReviews, 'untold' | 'take' | 'giveBack'>;
}

/** Tells owners of the reviews that templates made for them. */
export class MadeReviewNotices extends ScheduledNotices<MadeReview> {
  constructor({ made, ...options }: MadeReviewNoticesOptions) {
    super(
      {
        task: 'tell-recurring-reviews',
        every: { minutes: 10 },
        due: () => made.untold(),
        take: one => made.take(one),
        giveBack: one => made.giveBack(one),
        noticeOf,
        about: ({ reviewId }) => reviewId,
        failed: ({ owner, reviewId }) =>
          `${owner} could not be told of the review ${reviewId}`,
      },
      options,
    );
  }
}

function noticeOf(made: MadeReview): Notice {
  const { reviewId, title, owner, state } = made;
  return {
    recipients: { type: 'entity', entityRef: owner },
    payload: {
      title: `Review of access: ${title}`,
      description: whatOf(made),
      severity: state === 'not-started' ? 'high' : 'normal',
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
