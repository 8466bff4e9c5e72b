// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckCriticalSystem,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';

const parameters = z
  .strictObject({
    /** How many days later than its cadence a review may end. */
    graceDays: z.number().int().min(0).max(365).default(0),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** Only a review over all of it counts; one with gaps leaves open what it did not see. */
export function judge(
  { missing, review }: CheckCriticalSystem,
  { now, parameters: { graceDays } }: CheckContext<Parameters>,
): Pick<Judgement, 'verdict' | 'reason'> & { facts: CheckResult['facts'] } {
  const { every, lastAt, gapsAt, dueAt } = review;
  const facts = {
    every,
    ...(lastAt && { reviewedAt: lastAt }),
    ...(dueAt && { dueAt }),
  };
  if (missing) {
    return { verdict: 'unknown', reason: missing, facts };
  }
  if (!dueAt) {
    return { verdict: 'unknown', reason: 'system-never-seen', facts };
  }
  const isOver = (due: DateTime) =>
    DateTime.fromJSDate(now) > due.plus({ days: graceDays });
  const utc = (time: string) => DateTime.fromISO(time, { zone: 'utc' });
  if (!isOver(utc(dueAt))) {
    return lastAt
      ? { verdict: 'pass', reason: 'reviewed-on-cadence', facts }
      : { verdict: 'warning', reason: 'first-review-ahead', facts };
  }
  if (gapsAt && !isOver(utc(gapsAt).plus(Duration.fromISO(every)))) {
    return { verdict: 'unknown', reason: 'reviewed-with-gaps', facts };
  }
  const reason = lastAt ? 'access-review-overdue' : 'never-reviewed';
  return { verdict: 'fail', reason, facts };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  for (const connection of context.connections) {
    for (const system of await context.data.criticalSystems(connection)) {
      yield {
        connection,
        subjectId: `${system.ref}|review`,
        about: { resource: system.ref },
        // What stands in Confluence changes nothing of when it was reviewed.
        requires: [],
        ...judge(system, context),
      };
    }
  }
}

/** The access to each critical system is reviewed in time. */
export const reviewOnCadence: ConfluenceCheck<typeof parameters> = {
  id: 'review.on-cadence',
  title: 'Access to critical systems is reviewed in time',
  description:
    'The last access review over all of each critical system was signed off no longer ago than its cadence says, with the days of the parameter graceDays on top. Before the first review it warns until one period after the system was first seen, and then fails. A review that left out what was not whole does not pass it, nor does one of a single group.',
  severity: 'high',
  subjectKind: 'access',
  where: 'critical-systems',
  requires: ['accounts'],
  improves: [],
  parameters,
  controls: controlsOf('review.on-cadence'),
  howToFix: [
    'Start an access review over the system under Reviews, and have everything in it decided.',
    'Remove in Confluence what was revoked, press Sync now, and sign the review off once nothing of it waits.',
    'When the cadence itself is wrong, change it under Spaces, Critical systems, or in confluenceCompliance.criticalSystems.',
  ],
  state: 'ready',
  evaluate,
};
