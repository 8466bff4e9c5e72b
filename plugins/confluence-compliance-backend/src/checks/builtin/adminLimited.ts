// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { Admins, adminsOf, onAdmin, onUnsaid, whyNotAll } from './admins';
import { controlsOf } from './controls';
import type { Judgement } from './judgement';

const parameters = z
  .strictObject({
    /** Account ids of those who may be administrators. */
    approved: z.array(z.string().min(1)).optional(),
    /** How many there may be. */
    most: z.number().int().min(1).default(5),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

function judgeApproval(
  approved: string[] | undefined,
  accountId: string,
): Pick<Judgement, 'verdict' | 'reason'> {
  if (!approved) {
    return { verdict: 'unknown', reason: 'approved-admins-not-told' };
  }
  return approved.includes(accountId)
    ? { verdict: 'pass', reason: 'approved-admin' }
    : { verdict: 'fail', reason: 'admin-not-approved' };
}

/** More than there may be are too many, whoever else was not seen. */
function judgeCount(found: Admins, most: number): Judgement {
  const facts = { 'directory.admins': found.admins.length, most };
  if (found.admins.length > most) {
    return { verdict: 'fail', reason: 'too-many-admins', facts };
  }
  const why = whyNotAll(found);
  return why
    ? { ...why, facts }
    : {
        verdict: 'pass',
        reason: 'few-admins',
        facts,
        requires: ['directory'],
      };
}

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  const { approved, most } = context.parameters;
  for (const connection of context.connections) {
    const found = await adminsOf(context, connection);
    for (const { accountId, roles } of found.admins) {
      yield {
        ...onAdmin(connection, accountId),
        ...judgeApproval(approved, accountId),
        facts: { 'directory.roles': roles },
        requires: ['directory'],
      };
    }
    yield* onUnsaid(connection, found);
    const resource = `site:${connection}`;
    yield {
      connection,
      subjectId: `${resource}|count`,
      about: { resource },
      ...judgeCount(found, most),
    };
  }
}

/** Few administer the site, and all of them are meant to. */
export const adminLimited: ConfluenceCheck<typeof parameters> = {
  id: 'priv.admin-limited',
  title: 'Only approved people administer the site, and few of them',
  description:
    'Everybody who administers the organization, the site or Confluence is on the list of the parameter approved, by account id, and there are at most as many as the parameter most says. Until the list is told, each of them is unknown. Through which group somebody became one is not judged.',
  severity: 'high',
  subjectKind: 'access',
  requires: ['accounts', 'directory'],
  listedBy: ['directory'],
  improves: [],
  parameters,
  controls: controlsOf('priv.admin-limited'),
  howToFix: [
    'When they are meant to be administrators, add the account id to approved under confluenceCompliance.checks.priv.admin-limited in the configuration.',
    'When they are not, open admin.atlassian.com, choose the organization, then Directory, then Users, open the account and take away the role of organization, site or product administrator.',
    'When the role comes through a group, open Directory, then Groups, and remove the account from the group, or the role from the group.',
    'Press Sync now: the finding ends with the next complete read of the directory.',
  ],
  state: 'needs-organization-key',
  evaluate,
};
