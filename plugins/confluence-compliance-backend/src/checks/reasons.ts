// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

const sentences: Record<string, string> = {
  'still-active': 'The person has left, and the account can still be used.',
  'still-member':
    'The account is deactivated, but it is still in groups: whoever turns it on again has their access.',
  'within-sla':
    'The person has left, and the agreed time to remove the access is not over yet.',
  'only-suspended':
    'The person has left, and the account is only suspended, which is reversible.',
  'person-missing':
    'The person is gone from the personnel source, and nobody said whether they left.',
  'no-person': 'Nobody known is linked to this account.',
  'status-unknown': 'Atlassian does not say whether this account is active.',
  employed: 'The person is employed.',
  removed: 'The account is deactivated and in no group.',
  'no-access-here':
    'The account is active at Atlassian, but it is in no group of this site and not among its users.',
  'no-access':
    'The account is not active and not among the users of this site.',
  'machine-account': 'This check judges people, not service accounts and apps.',
  'never-read': 'Nothing has been read from this site yet.',
  'never-run': 'This check has not run yet.',
  'some-unknown': 'Some of what it judges is unknown; see its findings.',
  'no-connections': 'No site is connected yet.',
  'check-failed': 'The last run of this check failed.',
  'needs-organization-key': 'This check needs an organization key.',
  attestation: 'This check needs somebody to attest it.',
  later: 'This check is not available yet.',
};

const gaps: Array<[suffix: string, words: string]> = [
  ['-never-read', 'have not been read yet'],
  ['-not-visible', 'cannot be seen with the present credentials any more'],
  ['-failed', 'could not be read'],
  ['-incomplete', 'could not be read completely'],
  ['-stale', 'have not been read completely for too long'],
];

const datasetWords: Record<string, string> = {
  people: 'People of the personnel source',
  credentials: 'API tokens and service accounts',
  directory: 'Accounts of the organization',
};

/** What a reason code means, in words; an unknown code stands for itself. */
export function toReason(code: string): Reason {
  if (Object.hasOwn(sentences, code)) {
    return { code, text: sentences[code] };
  }
  for (const [suffix, words] of gaps) {
    if (code.endsWith(suffix)) {
      const dataset = code.slice(0, -suffix.length);
      const subject = Object.hasOwn(datasetWords, dataset)
        ? datasetWords[dataset]
        : dataset.charAt(0).toUpperCase() + dataset.slice(1);
      return { code, text: `${subject} ${words}.` };
    }
  }
  return { code, text: code };
}
