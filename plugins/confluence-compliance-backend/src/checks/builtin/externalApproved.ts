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
  unused,
} from './judgement';
import { statusByPerson } from './linkedPeople';

const parameters = z
  .strictObject({
    /** Who answers for an account from outside, and until which day, by account id. */
    approved: z
      .record(
        z.string(),
        z.strictObject({
          /** Entity ref of a person. */
          sponsor: z.string().min(1),
          /** The last day, such as `2027-06-30`. */
          until: z.iso.date(),
        }),
      )
      .optional(),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

/** What is known of those who may approve, and of those who need none. */
interface Staff {
  isLinked(accountId: string): boolean;
  statusOf(personRef: string): string | undefined;
}

/** Why an account is not from outside; undefined where it is. */
function notExternal(
  { accountId, account, entry }: KnownAccount,
  staff: Staff,
  directoryGap: string | undefined,
): Judgement | undefined {
  if (account.class === 'guest') {
    return undefined;
  }
  const none = (reason: string, more: Partial<Judgement> = {}): Judgement => ({
    verdict: 'not-applicable',
    reason,
    facts: { 'accounts.class': account.class },
    ...more,
  });
  if (account.class === 'shared') {
    return none('shared-not-external');
  }
  if (staff.isLinked(accountId)) {
    return none('staff', { restsOnAbsence: true, requires: ['people'] });
  }
  switch (entry?.claimStatus) {
    case 'managed':
      return none('managed-account', {
        restsOnAbsence: true,
        requires: [],
        gap: directoryGap,
      });
    case 'unmanaged':
      return undefined;
    default:
      return {
        ...none(directoryGap ?? 'managed-not-said'),
        verdict: 'unknown',
      };
  }
}

function judgeApproval(
  { accountId, account, entry }: KnownAccount,
  approved: Parameters['approved'],
  staff: Staff,
  today: string,
): Judgement {
  const facts = {
    'accounts.class': account.class,
    ...(entry && { 'directory.managed': entry.claimStatus }),
  };
  if (!approved) {
    return { verdict: 'unknown', reason: 'approvals-not-told', facts };
  }
  const approval = approved[accountId];
  if (!approval) {
    return { verdict: 'fail', reason: 'external-not-approved', facts };
  }
  const { sponsor, until } = approval;
  if (until < today) {
    const over = { ...facts, until };
    return { verdict: 'fail', reason: 'approval-over', facts: over };
  }
  const status = staff.statusOf(sponsor.toLowerCase());
  const requires: Judgement['requires'] = ['people'];
  if (status === 'employed') {
    return {
      verdict: 'pass',
      reason: 'external-approved',
      facts: { ...facts, until },
      requires,
    };
  }
  return status === undefined
    ? {
        verdict: 'fail',
        reason: 'sponsor-not-known',
        facts,
        restsOnAbsence: true,
        requires,
      }
    : { verdict: 'fail', reason: 'sponsor-left', facts };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { data } = context;
  const { approved } = context.parameters;
  const linked = await data.peopleByAccount();
  const statuses = await statusByPerson(data);
  const staff: Staff = {
    isLinked: accountId => linked.has(accountId),
    statusOf: person => statuses.get(person),
  };
  const today = DateTime.fromJSDate(context.now, { zone: 'utc' }).toISODate();
  for (const connection of context.connections) {
    const directoryGap = data.gap(connection, 'directory');
    for await (const page of knownAccounts(context, connection)) {
      for (const known of page) {
        yield {
          connection,
          subjectId: known.accountId,
          ...(noPersons(known.account) ??
            unused({ ...known, ...(directoryGap && { entry: undefined }) }) ??
            notExternal(known, staff, directoryGap) ??
            judgeApproval(known, approved, staff, today ?? '')),
        };
      }
    }
  }
}

/** Somebody answers for everybody from outside, and for a limited time. */
export const externalApproved: ConfluenceCheck<typeof parameters> = {
  id: 'access.external-approved',
  title: 'Everybody from outside has a sponsor and a last day',
  description:
    'Every guest, and every account of nobody known that the organization does not manage, stands in the parameter approved with a sponsor who is employed and a last day that is not over. Until the parameter is told, they are unknown. So is an account of nobody known of which no directory says whether it is managed.',
  severity: 'high',
  subjectKind: 'account',
  requires: ['accounts', 'people'],
  improves: ['directory'],
  parameters,
  controls: controlsOf('access.external-approved'),
  howToFix: [
    'When the account is still needed, write its account id with sponsor and until into approved under confluenceCompliance.checks.access.external-approved in the configuration.',
    'When it belongs to somebody of yours, link it to the person: see the finding of access.user-identified.',
    'When it is not needed any more, open admin.atlassian.com and choose the organization, then Directory, then Users, and press Remove user. For a guest, open Confluence settings, then Guests, and press Remove.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
