// SPDX-License-Identifier: Apache-2.0
import type {
  CheckPolicy,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';
import { documentOf, eachPolicy } from './policyPages';

const MONTHS = 12;

const parameters = z
  .strictObject({
    /** For how many months an acknowledgement counts. */
    months: z.number().int().min(1).max(120).default(MONTHS),
  })
  .prefault({});

/** What the parameter says; the default where it says nothing that holds, which the check refuses. */
export function acknowledgedMonths(
  given: Record<string, Record<string, unknown>>,
): number {
  const { data } = parameters.safeParse(given['policy.acknowledged'] ?? {});
  return data?.months ?? MONTHS;
}

export function judge(policy: CheckPolicy): Judgement {
  const { acknowledged: told } = policy;
  if (!told) {
    return {
      verdict: 'not-applicable',
      reason: 'no-target-group',
      facts: {},
      requires: [],
    };
  }
  const found = documentOf(policy);
  if ('judgement' in found) {
    return found.judgement;
  }
  const { id, approval, gap: ownGap } = found.page;
  const gap = policy.gap ?? ownGap;
  const { people, acknowledged, unreadGroups } = told;
  const own = {
    about: { resource: `page:${id}` },
    requires: policy.requires,
    ...(gap && { gap }),
    facts: {
      people,
      acknowledged,
      ...(approval && { approvedVersion: approval.version }),
    },
  };
  if (!approval) {
    return { verdict: 'not-applicable', reason: 'never-approved', ...own };
  }
  // One who is known not to have is enough, whoever else there may be.
  if (told.missing > 0) {
    return { verdict: 'fail', reason: 'not-acknowledged', ...own };
  }
  if (unreadGroups > 0) {
    return { verdict: 'unknown', reason: 'target-group-unread', ...own };
  }
  if (people === 0) {
    return { verdict: 'unknown', reason: 'target-group-empty', ...own };
  }
  return { verdict: 'pass', reason: 'acknowledged', ...own };
}

/** Whom a policy concerns has read it. */
export const acknowledged: ConfluenceCheck<typeof parameters> = {
  id: 'policy.acknowledged',
  title: 'People have acknowledged the policies that concern them',
  description:
    'Everybody in the groups that acknowledgedBy of a required policy names, or that were chosen with its page in the portal, groups within them included, has acknowledged its newest approved version in the portal, no longer ago than the parameter months says. A minor edit need not be acknowledged again. Policies without such groups, without one current page or without an approved version are not judged here.',
  severity: 'medium',
  subjectKind: 'policy',
  where: 'policies',
  requires: ['spaces', 'pages', 'labels'],
  improves: [],
  parameters,
  controls: controlsOf('policy.acknowledged'),
  howToFix: [
    'Open the policy under Policies: the panel Acknowledged lists who has not.',
    'Press Remind: each of them gets a notification with a link to the page on which they acknowledge it.',
    'Where a group is not known, see that the catalog has it and that acknowledgedBy in confluenceCompliance.policies.required, or Whom it concerns in the portal, names it rightly.',
  ],
  state: 'ready',
  evaluate: eachPolicy(judge),
};
