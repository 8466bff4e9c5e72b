// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAudit,
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';

const parameters = z
  .strictObject({
    /** How long nothing may be recorded before that is a warning. */
    quietHours: z.number().min(1).default(24),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

function judge(
  audit: CheckAudit | undefined,
  { quietHours }: Parameters,
): Judgement {
  if (!audit) {
    return {
      verdict: 'unknown',
      reason: 'audit-never-read',
      facts: {},
      restsOnAbsence: true,
    };
  }
  const { readTo, newestAt, reachesTo } = audit;
  const facts = { 'audit.reachesTo': reachesTo };
  if (!newestAt) {
    return { verdict: 'fail', reason: 'nothing-recorded', facts };
  }
  const isQuiet =
    DateTime.fromISO(readTo) >
    DateTime.fromISO(newestAt).plus({ hours: quietHours });
  return isQuiet
    ? {
        verdict: 'warning',
        reason: 'audit-quiet',
        facts: { ...facts, 'audit.newestAt': newestAt },
      }
    : { verdict: 'pass', reason: 'audit-active', facts };
}

async function* evaluate({
  connections,
  data,
  parameters: chosen,
}: CheckContext<Parameters>): AsyncIterable<CheckResult> {
  for (const connection of connections) {
    const resource = `site:${connection}`;
    yield {
      connection,
      subjectId: connection,
      about: { resource },
      ...judge(await data.audit(connection), chosen),
    };
  }
}

/** Confluence records who changes what. */
export const auditLogActive: ConfluenceCheck<typeof parameters> = {
  id: 'audit.log-active',
  title: 'The audit log can be read and is written',
  description:
    'The audit log of the site was read, and its newest record was no older then than the hours of the parameter quietHours. A log that cannot be read is unknown. Whether it is exported before Confluence deletes it is not judged.',
  severity: 'medium',
  subjectKind: 'site',
  requires: ['audit'],
  improves: [],
  parameters,
  controls: controlsOf('audit.log-active'),
  howToFix: [
    'When it cannot be read, give the account of the connection the role of a Confluence administrator, and the scope that the test of the connection names.',
    'When nothing is recorded, open Confluence settings, then Audit log, and see whether it is there and how long it is kept under Settings.',
    'When the site is merely quiet, raise quietHours under confluenceCompliance.checks.audit.log-active in the configuration.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
