// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { controlsOf } from './controls';
import {
  Judgement,
  KnownAccount,
  knownAccounts,
  noPersons,
  notInDirectory,
  unused,
} from './judgement';

const days = (standard: number) => z.number().int().min(1).default(standard);

const parameters = z
  .strictObject({
    /** Days after which inactivity is a warning, as CIS asks. */
    warnAfterDays: days(45),
    /** Days after which it fails, as PCI DSS asks. */
    failAfterDays: days(90),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

function judge(
  { account, entry }: KnownAccount,
  { warnAfterDays, failAfterDays }: Parameters,
  now: DateTime,
): Judgement {
  const out = noPersons(account) ?? unused({ account, entry });
  if (out) {
    return out;
  }
  if (!entry) {
    return notInDirectory;
  }
  const { lastActiveAt, licensed } = entry;
  // Whoever was not seen may have been active since the directory was read.
  const unseen = (
    verdict: Judgement['verdict'],
    reason: string,
    facts: Judgement['facts'],
  ): Judgement => ({
    verdict,
    reason,
    facts,
    restsOnAbsence: true,
    requires: ['directory'],
  });
  if (!lastActiveAt) {
    const reason = licensed === null ? 'site-unknown' : 'activity-not-said';
    return unseen('unknown', reason, {});
  }
  const since = DateTime.fromISO(lastActiveAt);
  const facts = { 'directory.lastActiveOn': since.toUTC().toISODate() };
  if (now > since.plus({ days: failAfterDays })) {
    return unseen('fail', 'inactive', facts);
  }
  if (now > since.plus({ days: warnAfterDays })) {
    return unseen('warning', 'inactive', facts);
  }
  return {
    verdict: 'pass',
    reason: 'recently-active',
    // When exactly changes every day, and is no fact that holds.
    facts: {},
    requires: ['directory'],
  };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const now = DateTime.fromJSDate(context.now);
  for (const connection of context.connections) {
    for await (const page of knownAccounts(context, connection)) {
      for (const known of page) {
        yield {
          connection,
          subjectId: known.accountId,
          ...judge(known, context.parameters, now),
        };
      }
    }
  }
}

/** Whoever does not use Confluence has no seat in it. */
export const inactiveAccount: ConfluenceCheck<typeof parameters> = {
  id: 'access.inactive-account',
  title: 'Accounts that are not used have no access',
  description:
    'Everybody with a seat was active in Confluence within the days of the parameters: 45 before a warning, 90 before it fails. Of whom Atlassian reports no activity at all it is unknown: nobody can tell a seat that was never used from activity that is not reported.',
  severity: 'medium',
  subjectKind: 'account',
  requires: ['accounts', 'directory'],
  improves: [],
  parameters,
  controls: controlsOf('access.inactive-account'),
  howToFix: [
    'Ask the person, or whoever they report to, whether they still need Confluence.',
    'When not, open admin.atlassian.com and choose the organization, then Directory, then Users, and open the account.',
    'Remove its access to Confluence there, or the account from the group that gives it, or press Suspend access.',
    'Press Sync now: the finding ends with the next complete read of the directory.',
  ],
  state: 'needs-organization-key',
  evaluate,
};
