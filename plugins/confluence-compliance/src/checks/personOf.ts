// SPDX-License-Identifier: Apache-2.0
import type {
  Check,
  Finding,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What belongs to nobody. */
const things = [
  'dataset',
  'document',
  'group',
  'page',
  'policy',
  'site',
  'space',
];

/** A space or a policy belongs to nobody, and that is no lack. */
export function isOfAccount({ account, subject }: Finding): boolean {
  return account !== undefined || subject.kind === 'account';
}

/** Whether the findings of a check are of people; some of things name the account that owns them. */
export function mayHavePerson(
  { subjectKind }: Check,
  findings: Finding[],
): boolean {
  return !things.includes(subjectKind) || findings.some(isOfAccount);
}
