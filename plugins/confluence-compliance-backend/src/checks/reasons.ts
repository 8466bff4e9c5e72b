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
  identified: 'The account belongs to a known person.',
  'outside-user-group':
    'The account is not in the user group of this site, so it does not count among its people.',
  'account-closed': 'The account is closed and in no group.',
  'account-not-read':
    'A group or permission names this account, but the account itself could not be read.',
  'email-hidden':
    'Confluence hides the email of this account, so nobody could be found for it.',
  'email-of-nobody':
    'The email of this account belongs to nobody known, or to several people.',
  'guest-of-nobody':
    'The account is a guest, and nobody known stands behind it.',
  'no-owner':
    'Nobody is recorded as the owner of this service or shared account.',
  departed: 'The person has left, and the account still has access.',
  'not-staff': 'The account has access, and nobody known stands behind it.',
  'still-granted':
    'The account may not have access. It is deactivated, but whoever turns it on again has it.',
  'in-allowed-group': 'The account is in a group that the rule names.',
  'not-in-allowed-group':
    'The account has access, but is in none of the groups that the rule names.',
  'rule-group-missing': 'The rule names a group that the site does not have.',
  'anonymous-access': 'Anybody on the internet has access.',
  'class-access':
    'Access is given to a whole class of users, whom nobody chose one by one.',
  'space-not-found':
    'The site has no space of this key, or the present credentials cannot see it.',
  'space-gone': 'The space is not among the spaces of the site any more.',
  'space-not-visible':
    'The space cannot be seen with the present credentials any more.',
  'document-current': 'The policy has its document.',
  'document-missing': 'No page is found for this policy.',
  'document-not-current':
    'The page of this policy is not published: it is archived, in the trash or a draft.',
  'several-documents': 'Several current pages are found, and one is right.',
  'nobody-judged': 'Nobody is known to reach it, so nobody was judged.',
  'site-admins-not-read': 'Who administers the site is not read.',
  'no-critical-systems':
    'No critical system is configured: name one in confluenceCompliance.criticalSystems.',
  'no-policies':
    'No policy is required: name them in confluenceCompliance.policies.required.',
  'never-read': 'Nothing has been read from this site yet.',
  'never-run': 'This check has not run yet.',
  'some-unknown': 'Some of what it judges is unknown; see its findings.',
  'no-connections': 'No site is connected yet.',
  'check-failed': 'The last run of this check failed.',
  'needs-organization-key': 'This check needs an organization key.',
  'open-to-class':
    'It is open to an access class, and nobody can say who is in it.',
  'principal-unknown':
    'Its permissions name somebody of a kind that is not known here.',
  'no-organization-key':
    'Only the organization says so, and the connection has no organization key.',
  'waits-for-reviews':
    'This check is not available yet: it needs access reviews, which are not built yet.',
  'waits-for-tickets':
    'This check is not available yet: it needs the tickets of a tracker, which are not read yet.',
  'waits-for-approvals':
    'This check is not available yet: it needs approvals of policies, which are not kept yet.',
  'waits-for-acknowledgements':
    'This check is not available yet: it needs acknowledgements of policies, which are not kept yet.',
  'waits-for-editors':
    'This check is not available yet: it needs to know who may edit a page, which is not read yet.',
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
  audit: 'Records of the audit log',
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
