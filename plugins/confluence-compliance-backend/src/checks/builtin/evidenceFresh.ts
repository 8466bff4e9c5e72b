// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckEvidence,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';

const parameters = z
  .strictObject({
    /** How old the last whole read may be. */
    maxAgeHours: z.number().min(1).default(48),
    /** The same of pages, which are read whole once a week. */
    pagesMaxAgeHours: z
      .number()
      .min(1)
      .default(8 * 24),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

function judgeDataset(
  { dataset, wholeSince, gap }: CheckEvidence['datasets'][number],
  { maxAgeHours, pagesMaxAgeHours }: Parameters,
  now: DateTime,
): Judgement {
  const facts = { dataset };
  if (gap?.endsWith('-never-read')) {
    return { verdict: 'unknown', reason: gap, facts };
  }
  if (gap) {
    return { verdict: 'fail', reason: gap, facts };
  }
  const hours = dataset === 'pages' ? pagesMaxAgeHours : maxAgeHours;
  // Where there is nothing to read there is nothing that grows old.
  if (wholeSince && now > DateTime.fromISO(wholeSince).plus({ hours })) {
    return { verdict: 'fail', reason: `${dataset}-stale`, facts };
  }
  return { verdict: 'pass', reason: 'read-whole', facts };
}

function judgeCredential({
  state,
}: CheckEvidence['credentials'][number]): Pick<
  Judgement,
  'verdict' | 'reason'
> {
  switch (state) {
    case 'stored':
      return { verdict: 'pass', reason: 'credential-stored' };
    case 'expiring':
      return { verdict: 'warning', reason: 'credential-expiring' };
    case 'expired':
      return { verdict: 'fail', reason: 'credential-expired' };
    default:
      return { verdict: 'fail', reason: 'credential-missing' };
  }
}

async function* evaluate({
  connections,
  data,
  now,
  parameters: chosen,
}: CheckContext<Parameters>): AsyncIterable<CheckResult> {
  for (const connection of connections) {
    const resource = `site:${connection}`;
    const { datasets, credentials } = await data.evidence(connection);
    const on = (what: string) => ({
      connection,
      subjectId: `${resource}|${what}`,
      about: { resource },
      // Each rests on itself alone.
      requires: [],
    });
    for (const known of datasets) {
      yield {
        ...on(known.dataset),
        ...judgeDataset(known, chosen, DateTime.fromJSDate(now)),
      };
    }
    for (const { name, state } of credentials) {
      yield {
        ...on(`credential:${name}`),
        ...judgeCredential({ name, state }),
        facts: { credential: name },
      };
    }
  }
}

/** What all other checks rest on is whole and new. */
export const evidenceFresh: ConfluenceCheck<typeof parameters> = {
  id: 'integration.evidence-fresh',
  title: 'What the checks rest on is whole and recent',
  description:
    'Everything that the purposes of a connection are read for was read whole, no longer ago than the parameters say, and its credentials do not end within 14 days, as far as the day is known.',
  severity: 'high',
  subjectKind: 'dataset',
  requires: ['accounts', 'groups', 'memberships', 'spaces', 'pages'],
  improves: [],
  parameters,
  controls: controlsOf('integration.evidence-fresh'),
  howToFix: [
    'Open Connections and choose the connection: it says of every dataset what is missing and why.',
    'When a credential ends, make a new one at Atlassian and press Replace there.',
    'When a scope is missing, add it to the credential, and press Test.',
    'When it is merely old, press Sync now and see in the run what stops it.',
  ],
  state: 'ready',
  evaluate,
};
