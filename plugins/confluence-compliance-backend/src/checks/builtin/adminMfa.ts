// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { adminsOf, onAdmin, onUnsaid, whyNotAll } from './admins';
import { controlsOf } from './controls';
import { judgeMfa } from './mfa';

const parameters = z.strictObject({}).prefault({});

async function* evaluate(context: CheckContext): AsyncIterable<CheckResult> {
  for (const connection of context.connections) {
    const found = await adminsOf(context, connection);
    for (const { accountId, entry, roles } of found.admins) {
      const judgement = judgeMfa(entry);
      yield {
        ...onAdmin(connection, accountId),
        ...judgement,
        facts: { ...judgement.facts, 'directory.roles': roles },
      };
    }
    yield* onUnsaid(connection, found);
    const why = whyNotAll(found);
    if (why) {
      const resource = `site:${connection}`;
      yield {
        connection,
        subjectId: `${resource}|admins`,
        about: { resource },
        ...why,
      };
    }
  }
}

/** Whoever may change everything proves in two steps who they are. */
export const adminMfa: ConfluenceCheck<typeof parameters> = {
  id: 'auth.admin-mfa',
  title: 'Every administrator signs in with two-step verification',
  description:
    'Every administrator of the organization, the site and Confluence has two-step verification, also one who does not use Confluence. Atlassian says so of managed accounts only; of every other administrator it is unknown, which is critical, too. So is a site of which nobody says who administers it.',
  severity: 'critical',
  subjectKind: 'access',
  requires: ['accounts', 'directory'],
  listedBy: ['directory'],
  improves: [],
  parameters,
  controls: controlsOf('auth.admin-mfa'),
  howToFix: [
    'Open admin.atlassian.com and choose the organization.',
    'Open Security, then Authentication policies, put administrators into a policy of their own, and require two-step verification or enforce single sign-on there.',
    'Where an administrator has an account that is not managed, verify its domain under Settings, then Domains, and claim the account, or give the role to a managed account instead.',
    'Press Sync now: the finding ends with the next complete read of the directory.',
  ],
  state: 'needs-organization-key',
  evaluate,
};
