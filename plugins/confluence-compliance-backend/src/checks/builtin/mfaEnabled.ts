// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import { knownAccounts, noPersons, unused } from './judgement';
import { judgeMfa } from './mfa';

const parameters = z.strictObject({}).prefault({});

async function* evaluate(context: CheckContext): AsyncIterable<CheckResult> {
  for (const connection of context.connections) {
    for await (const known of knownAccounts(context, connection)) {
      for (const { accountId, account, entry } of known) {
        yield {
          connection,
          subjectId: accountId,
          ...(noPersons(account) ??
            unused({ account, entry }) ??
            judgeMfa(entry)),
        };
      }
    }
  }
}

/** Everybody proves in two steps who they are. */
export const mfaEnabled: ConfluenceCheck<typeof parameters> = {
  id: 'auth.mfa-enabled',
  title: 'Everybody signs in with two-step verification',
  description:
    'Every account that a person can use has two-step verification. Atlassian says so of managed accounts only: of every other account it is unknown, never a pass. Whether single sign-on enforces a second step is not read.',
  severity: 'high',
  subjectKind: 'account',
  requires: ['accounts', 'directory'],
  improves: [],
  parameters,
  controls: controlsOf('auth.mfa-enabled'),
  howToFix: [
    'Open admin.atlassian.com and choose the organization.',
    'For everybody at once, open Security, then Authentication policies, and in the policy of these accounts require two-step verification or enforce single sign-on.',
    'For one person, ask them to open id.atlassian.com, choose Security and set up two-step verification.',
    'Where the account is not managed, verify its domain under Settings, then Domains, and claim the account.',
    'Press Sync now: the finding ends with the next complete read of the directory.',
  ],
  state: 'needs-organization-key',
  evaluate,
};
