// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

const sentences: Record<string, string> = {
  'still-active': 'The person has left, and the account can still be used.',
  'still-member':
    'Nobody can use the account, but it is still in groups: turned on again, it has their access.',
  'still-named':
    'Nobody can use the account, but permissions of spaces still name it: turned on again, it has them.',
  'still-token':
    'Nobody can use the account, but it still has an API token: turned on again, it may be used with that.',
  'within-sla':
    'The person has left, and the agreed time to remove the access is not over yet.',
  'only-suspended':
    'The person has left, and the account is only suspended, which is reversible.',
  'person-missing':
    'The person is gone from the personnel source, and nobody said whether they left.',
  'no-person': 'Nobody known is linked to this account.',
  'person-not-covered':
    'The account is linked to somebody whom no source of people covers any more.',
  deleted:
    'The account was deleted, and is in no group and has no token. What still names it lets nobody in.',
  'status-unknown': 'Atlassian does not say whether this account is active.',
  employed: 'The person is employed.',
  removed:
    'Nobody can use the account, and it is in no group and named by no permission of a shared space.',
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
  'document-not-named':
    'The chosen frameworks ask for this document, and nobody has said which page it is.',
  'document-not-current':
    'The page of this policy is not published: it is archived, in the trash or a draft.',
  'several-documents': 'Several current pages are found, and one is right.',
  'nobody-judged': 'Nobody is known to reach it, so nobody was judged.',
  'site-admins-not-read': 'Who administers the site is not read.',
  'account-not-active':
    'The account is deactivated, suspended or closed, so nobody can use it.',
  'no-license': 'The account has no seat on this site.',
  'not-in-directory':
    'The directory of the organization does not list this account.',
  'site-unknown':
    'It is not known yet which product of the organization this site is.',
  'mfa-enabled': 'Two-step verification is on.',
  'mfa-disabled': 'Two-step verification is off.',
  'mfa-not-said': 'Atlassian does not say whether two-step verification is on.',
  'not-managed':
    'The organization does not manage this account, so Atlassian does not say how it signs in.',
  'roles-not-said':
    'Atlassian does not say which roles some accounts have in the organization.',
  'no-admin-seen':
    'No administrator was seen, and there must be one: nobody knows who it is.',
  'approved-admins-not-told':
    'It is not told who may be an administrator: name them in the parameter approved.',
  'approved-admin': 'The account is on the list of administrators.',
  'admin-not-approved':
    'The account is an administrator, and is not on the list of those who may be.',
  'too-many-admins': 'There are more administrators than there may be.',
  'few-admins': 'There are no more administrators than there may be.',
  inactive: 'The account was not active for too long.',
  'recently-active': 'The account was active not long ago.',
  'activity-not-said':
    'Atlassian reports no activity of this account: whether it was never used nobody can tell.',
  provisioned: 'The account comes from the identity provider.',
  'made-by-hand': 'The account does not come from the identity provider.',
  'source-not-said': 'Atlassian does not say where this account comes from.',
  'guest-by-invitation':
    'Guests are invited one by one; another check judges them.',
  'shared-not-external':
    'The account is shared, and not somebody from outside.',
  staff: 'The account belongs to a known person.',
  'managed-account': 'The organization manages this account.',
  'managed-not-said':
    'Nobody known is linked to this account, and nobody says whether the organization manages it.',
  'approvals-not-told':
    'It is not told who from outside is approved: name them in the parameter approved.',
  'external-not-approved':
    'The account is from outside, and nobody has approved it.',
  'approval-over': 'The account is from outside, and its last day is over.',
  'external-approved':
    'The account is from outside, and approved until a day to come.',
  'sponsor-not-known': 'Whoever approved the account is nobody known.',
  'sponsor-left': 'Whoever approved the account has left, or is missing.',
  'shared-account': 'Several people use this account.',
  'generic-email':
    'The email of this account is one of nobody in particular, so several people may use it.',
  'personal-email': 'The email of this account looks like one of a person.',
  'personal-space': 'The space is personal: it belongs to one person.',
  'not-anonymous': 'Only people who have signed in have access.',
  'direct-grants': 'The permissions name single accounts.',
  'groups-only': 'The permissions name groups only.',
  'owners-not-told':
    'It is not told who owns this space: name them in the parameter owners.',
  'approved-owner': 'It is an owner of the space.',
  'admin-not-owner':
    'It administers the space, and is not among the owners of it.',
  'owner-active': 'Somebody who is employed administers the space.',
  'owner-not-linked':
    'Somebody administers the space, and nobody known is linked to the account.',
  'owned-by-class':
    'Only a whole class of users administers the space, and nobody can say who is in it.',
  'owners-gone':
    'Whoever administers the space has left, or cannot sign in any more.',
  'no-admin': 'Nobody administers the space.',
  'app-reads-only': 'The app may do nothing but read.',
  'approved-apps-not-told':
    'The app can change what stands in spaces, and it is not told which apps may: name them in the parameter approved.',
  'approved-app': 'The app is on the list of those that may write.',
  'app-not-approved':
    'The app can change what stands in spaces, and is not on the list of those that may.',
  'token-over': 'The token has ended, or is blocked.',
  'token-in-order': 'The token ends, is used and belongs to somebody active.',
  'token-of-leaver': 'The token belongs to somebody who has left.',
  'token-of-inactive': 'The token belongs to an account that is not active.',
  'token-lives-too-long': 'The token was made for too long a time.',
  'token-unused': 'The token was not used for too long.',
  'token-dates-not-said':
    'Atlassian does not say when the token was made or when it ends.',
  'token-use-not-said': 'Atlassian does not say when the token was last used.',
  'service-owners-not-told':
    'Nobody known is linked to this service account, and it is not told who answers for it: name them in the parameter owners.',
  'owner-employed': 'Whoever answers for it is employed.',
  'owned-by-team': 'A team answers for it.',
  'owner-left': 'Whoever answered for it has left.',
  'owner-not-known': 'Whoever is named as its owner is nobody known.',
  'owner-not-active': 'The account of its owner is not active.',
  'nothing-recorded': 'The audit log has recorded nothing.',
  'audit-quiet':
    'The audit log had recorded nothing for long when it was read.',
  'audit-active': 'The audit log can be read and is written.',
  'read-whole': 'All of it was read not long ago.',
  'credential-stored': 'The credential is there, and does not end soon.',
  'credential-expiring': 'The credential ends within 14 days.',
  'credential-expired': 'The credential has ended: nothing is read with it.',
  'credential-missing':
    'The credential is missing or not accepted any more: nothing is read with it.',
  'no-document': 'No page is published for this policy; another check says so.',
  'page-not-read': 'The page itself was not read, only its label.',
  'no-page-owner': 'The page has no owner.',
  reviewed: 'The policy was reviewed in time.',
  'review-overdue': 'The last review of the policy was too long ago.',
  'review-not-told':
    'It is not told when the policy was reviewed: name the day in the parameter reviewed.',
  'not-touched':
    'No review is told, and nobody touched the page for longer than a review may take.',
  'no-target-group': 'The policy names nobody who is to acknowledge it.',
  'target-group-unread':
    'The members of a group whom the policy concerns are not known: the catalog was not read, or has no such group.',
  'target-group-empty': 'Nobody is in the groups whom the policy concerns.',
  'not-acknowledged':
    'Not everybody whom the policy concerns has acknowledged the approved version.',
  acknowledged:
    'Everybody whom the policy concerns has acknowledged the approved version.',
  'never-approved': 'No version of the page was approved.',
  'edited-since-approval':
    'The page was edited after the version that was approved.',
  'approved-version': 'The published version is the approved one.',
  'other-text-than-approved':
    'The published version has the number of the approved one, and another text.',
  'approved-since-read':
    'A newer version was approved than the last sync has seen.',
  'structure-complete': 'The policy has its headings and no placeholder text.',
  'document-empty': 'Nothing is written on the page.',
  'placeholder-text': 'The page has text of a template that nobody replaced.',
  'headings-missing':
    'A required heading is missing, or nothing stands below it.',
  'text-not-read': 'What the page says was not read yet, or could not be.',
  'page-not-shown': 'Confluence does not show the page to the connection.',
  'text-of-other-version':
    'What the page says was read of another version than the last sync has seen.',
  'text-too-long': 'The page is longer than is looked at.',
  'few-edit-all-read': 'Everybody can read the policy, and few can edit it.',
  'reading-narrowed':
    'The page, or one above it, narrows who may read it; for whom is not kept.',
  'staff-cannot-read': 'Somebody of the company cannot read the space.',
  'restriction-not-read':
    'Whether the page narrows who may read it was not read: that is read of pages with a label.',
  'editors-not-read':
    'Many may edit by the permissions of the space, and whom the page itself names is not known whole.',
  'class-edits': 'A class of accounts may edit, and nobody knows who is in it.',
  'many-edit': 'More may edit the policy than the parameter most allows.',
  'page-editors-not-read':
    'Whom the page itself lets edit was not read yet, or not for two days.',
  'page-editors-hidden':
    'The page names somebody whom the credentials of the connection cannot see.',
  'no-critical-systems':
    'There is no critical system: mark one under Spaces, or name one in confluenceCompliance.criticalSystems.',
  'kept-in-review': 'The last access review that decided on it keeps it.',
  'not-kept-in-review':
    'The account has access that no access review that is signed off keeps.',
  'membership-not-reviewed':
    'A review keeps the access of a group, and none has decided who is in it.',
  'system-not-reviewed':
    'No access review over all of this system was signed off yet.',
  'reviewed-on-cadence': 'Its access was reviewed in time.',
  'first-review-ahead':
    'Its access was never reviewed; the first review is not due yet.',
  'access-review-overdue': 'The last review of its access was too long ago.',
  'never-reviewed':
    'Its access was never reviewed, and the first review was due.',
  'reviewed-with-gaps':
    'The last review of its access left out what was not whole when it began.',
  'system-never-seen': 'Nothing of it was read yet, so no review of it is due.',
  'no-revocations': 'No access review has revoked anything yet.',
  'revoked-and-gone': 'A read after the decision shows that it is gone.',
  'revoked-and-back': 'It was gone after the decision, and came back.',
  'revoked-and-there': 'It was revoked, and a read after that still shows it.',
  'revoked-lately': 'It was revoked, and the agreed time is not over yet.',
  'revoked-not-read':
    'It was revoked, and no whole read has begun since: whether it is gone is not known.',
  'revoked-unprovable':
    'It was revoked, and nothing can prove that it is gone.',
  'no-policies':
    'No policy is required: name them in confluenceCompliance.policies.required, or give a connection the purpose policy and choose the pages of documents in the portal.',
  'never-read': 'Nothing has been read from this site yet.',
  'never-run': 'This check has not run yet.',
  'connection-not-judged':
    'A connection came after the last run of this check, which has not judged it yet.',
  'some-unknown': 'Some of what it judges is unknown; see its findings.',
  'no-connections': 'No site is connected yet.',
  'nothing-applies': 'It applies to nothing that was found.',
  'check-failed': 'The last run of this check failed.',
  'needs-organization-key': 'This check needs an organization key.',
  'open-to-class':
    'It is open to an access class, and nobody can say who is in it.',
  'principal-unknown':
    'Its permissions name somebody of a kind that is not known here.',
  'no-organization-key':
    'Only the organization says so, and the connection has no organization key.',
  'waits-for-moves':
    'This check is not available yet: it needs to know who changed team or role, and what personnel sources say of teams and roles is not read yet.',
  'waits-for-tickets':
    'This check is not available yet: it needs the tickets of a tracker, which are not read, and the single records of the audit log, which are not kept.',
  attestation: 'This check needs somebody to attest it.',
  'attested-met': 'Somebody attested that it is so.',
  'attested-not-met':
    'Somebody attested that it is not so: it stands until somebody attests otherwise.',
  'attestation-expired':
    'What somebody attested has expired: somebody must look and attest it again.',
  later: 'This check is not available yet.',
};

const gaps: Array<[suffix: string, words: string]> = [
  ['-never-read', 'have not been read yet'],
  ['-not-visible', 'cannot be seen with the present credentials any more'],
  ['-failed', 'could not be read'],
  ['-incomplete', 'could not be read completely'],
  [
    '-beyond-search',
    'that no group has and the user search does not give could not be read',
  ],
  ['-stale', 'have not been read completely for too long'],
];

const datasetWords: Record<string, string> = {
  people: 'People of the personnel source',
  credentials: 'API tokens and service accounts',
  directory: 'Accounts of the organization',
  audit: 'Records of the audit log',
};

/**
 * What a reason code means, in words: those of the check that gave it, else ours; an unknown code stands
 * for itself.
 */
export function toReason(
  code: string,
  own: Record<string, string> = {},
): Reason {
  if (Object.hasOwn(own, code)) {
    return { code, text: own[code] };
  }
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
