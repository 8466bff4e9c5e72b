// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
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

const parameters = z.strictObject({}).prefault({});

const SYNCED = 'synced';

function judge({ account, entry }: KnownAccount): Judgement {
  const out = noPersons(account) ?? unused({ account, entry });
  if (out) {
    return out;
  }
  if (account.class === 'guest') {
    return {
      verdict: 'not-applicable',
      reason: 'guest-by-invitation',
      facts: { 'accounts.class': account.class },
    };
  }
  if (!entry) {
    return notInDirectory;
  }
  const { managementSource } = entry;
  const requires: Judgement['requires'] = ['directory'];
  const facts = { 'directory.managementSource': managementSource };
  if (managementSource === null) {
    return {
      verdict: 'unknown',
      reason: 'source-not-said',
      facts,
      restsOnAbsence: true,
      requires,
    };
  }
  return managementSource.toLowerCase() === SYNCED
    ? { verdict: 'pass', reason: 'provisioned', facts, requires }
    : { verdict: 'fail', reason: 'made-by-hand', facts, requires };
}

async function* evaluate(context: CheckContext): AsyncIterable<CheckResult> {
  for (const connection of context.connections) {
    for await (const page of knownAccounts(context, connection)) {
      for (const known of page) {
        yield { connection, subjectId: known.accountId, ...judge(known) };
      }
    }
  }
}

/** Accounts come and go with the identity provider. */
export const centrallyProvisioned: ConfluenceCheck<typeof parameters> = {
  id: 'access.centrally-provisioned',
  title: 'Accounts of staff come from the identity provider',
  description:
    'The organization synchronizes every account of a person from its identity provider, so that whoever leaves there leaves here. Guests are invited one by one, and are judged by access.external-approved. Members who were added by hand to a group of the identity provider cannot be told apart and are not judged.',
  severity: 'medium',
  subjectKind: 'account',
  requires: ['accounts', 'directory'],
  improves: [],
  parameters,
  controls: controlsOf('access.centrally-provisioned'),
  howToFix: [
    'Open admin.atlassian.com and choose the organization, then Security, then Identity providers, and see that user provisioning is connected.',
    'Assign the person to the Atlassian application in the identity provider: the next synchronization takes the account over.',
    'When the person does not belong to the company, remove the account under Directory, then Users.',
    'Press Sync now: the finding ends with the next complete read of the directory.',
  ],
  state: 'needs-organization-key',
  evaluate,
};
