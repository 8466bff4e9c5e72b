// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckPolicy,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';
import { documentOf, eachPolicy } from './policyPages';

const parameters = z
  .strictObject({
    /** How long ago the last review may be, of a policy without `reviewEvery`. */
    months: z.number().int().min(1).default(12),
    /** The day of the last review, such as `2027-06-30`, by id of the policy. */
    reviewed: z.record(z.string(), z.iso.date()).default({}),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** A version is no review, but a page that nobody touched for longer was not updated by one either. */
function judge(
  policy: CheckPolicy,
  context: CheckContext<Parameters>,
): Judgement {
  const { months, reviewed } = context.parameters;
  const { reviewEvery } = policy;
  const every = reviewEvery ? Duration.fromISO(reviewEvery) : { months };
  const now = DateTime.fromJSDate(context.now);
  const found = documentOf(policy);
  if ('judgement' in found) {
    return found.judgement;
  }
  const { id, versionAt, reviewedAt } = found.page;
  const gap = policy.gap ?? found.page.gap;
  // An approval is a review: its day goes with the one that is told, and the later counts.
  const told = [reviewed[policy.id], reviewedAt?.slice(0, 10)]
    .filter(day => day !== undefined)
    .sort()
    .pop();
  const own = {
    about: { resource: `page:${id}` },
    requires: policy.requires,
    ...(gap && { gap }),
    facts: {
      ...(reviewEvery && { every: reviewEvery }),
      ...(told && { reviewedOn: told }),
      ...(versionAt && { 'pages.versionAt': versionAt }),
    },
  };
  const isRecent = (day: string) =>
    now <= DateTime.fromISO(day, { zone: 'utc' }).endOf('day').plus(every);
  if (told) {
    return isRecent(told)
      ? { verdict: 'pass', reason: 'reviewed', ...own }
      : { verdict: 'fail', reason: 'review-overdue', ...own };
  }
  if (!versionAt) {
    return { verdict: 'unknown', reason: 'page-not-read', ...own };
  }
  return isRecent(versionAt)
    ? { verdict: 'unknown', reason: 'review-not-told', ...own }
    : { verdict: 'fail', reason: 'not-touched', restsOnAbsence: true, ...own };
}

/** Every policy is looked at once in a while. */
export const reviewedOnTime: ConfluenceCheck<typeof parameters> = {
  id: 'policy.reviewed-on-time',
  title: 'Every policy was reviewed in time',
  description:
    'The last review of each required policy, which an approval in the portal is, or the parameter reviewed tells by the id of the policy, is no longer ago than reviewEvery of the policy says, or else the parameter months. An edit is no review: without a told review, a page of which a newer version was published is unknown, and one that nobody touched for that long fails.',
  severity: 'medium',
  subjectKind: 'policy',
  where: 'policies',
  requires: ['spaces', 'pages', 'labels'],
  improves: [],
  parameters,
  controls: controlsOf('policy.reviewed-on-time'),
  howToFix: [
    'Let the owner of the policy read it, correct the page in Confluence and press Publish.',
    'Approve the version in the portal, under Policies: that is a review. Or write the day of the review into reviewed under confluenceCompliance.checks.policy.reviewed-on-time in the configuration.',
    'Press Sync now: the finding ends with the next run of the checks.',
  ],
  state: 'ready',
  evaluate: eachPolicy(judge),
};
