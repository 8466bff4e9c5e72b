// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  CheckRevocation,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';

const parameters = z
  .strictObject({
    /** How many days after the decision a read must show that the access is gone. */
    days: z.number().int().min(0).max(365).default(7),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** What was seen to stand fails once the time is over; what was not looked at is unknown. */
export function judge(
  { decidedAt, state, why }: CheckRevocation,
  { now, parameters: { days } }: CheckContext<Parameters>,
): Pick<Judgement, 'verdict' | 'reason'> & { facts: CheckResult['facts'] } {
  const facts = { revokedAt: decidedAt, state, ...(why && { why }) };
  const due = DateTime.fromISO(decidedAt, { zone: 'utc' }).plus({ days });
  const late = !due.isValid || DateTime.fromJSDate(now) > due;
  switch (state) {
    case 'removed':
      return { verdict: 'pass', reason: 'revoked-and-gone', facts };
    case 'reappeared':
      return { verdict: 'fail', reason: 'revoked-and-back', facts };
    case 'still-present':
      return late
        ? { verdict: 'fail', reason: 'revoked-and-there', facts }
        : { verdict: 'warning', reason: 'revoked-lately', facts };
    case 'waiting':
      return late
        ? { verdict: 'unknown', reason: 'revoked-not-read', facts }
        : { verdict: 'warning', reason: 'revoked-lately', facts };
    default:
      return { verdict: 'unknown', reason: 'revoked-unprovable', facts };
  }
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { connections, data, signal } = context;
  for (const connection of connections) {
    for await (const rows of data.revocations(connection)) {
      signal.throwIfAborted();
      for (const { key, payload } of rows) {
        const { dataset, container, principalType, principalId } = payload;
        yield {
          connection,
          subjectId: key,
          about: {
            ...(principalType === 'account' && { account: principalId }),
            ...(dataset === 'grants' && { resource: `space:${container}` }),
          },
          // Which read proves it is settled already: that of its own group or space.
          requires: [],
          ...judge(payload, context),
        };
      }
    }
  }
}

/** What was revoked is gone, and was seen to be. */
export const revocationsVerified: ConfluenceCheck<typeof parameters> = {
  id: 'review.revocations-verified',
  title: 'What a review revoked is gone',
  description:
    'A whole read that began after the decision shows within the days of the parameter days that each membership and grant that an access review revoked is gone. What comes back fails at once. What nothing can prove, such as the access of a suspended account, is unknown. A review that is signed off counts as it was sealed.',
  severity: 'critical',
  subjectKind: 'access',
  where: 'revocations',
  requires: ['accounts', 'groups', 'memberships'],
  improves: ['grants'],
  parameters,
  controls: controlsOf('review.revocations-verified'),
  howToFix: [
    'Open the remediation of the review: it says for each row what is still there.',
    'Of a membership, open admin.atlassian.com and choose the organization, then Directory, then Groups; open the group and remove the account from it.',
    'Of a grant, open the space, choose Space settings, and remove it under Space permissions.',
    'Press Sync now: only a whole read that began after the decision proves it.',
  ],
  state: 'ready',
  evaluate,
};
