// SPDX-License-Identifier: Apache-2.0
import type {
  AccountFact,
  AccountFacts,
  FactSource,
  Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { AccountPayload, DirectoryPayload } from '../datasets';
import type { Profile } from '../types';
import type { DirectoryEntry } from './directory';

/** Why something is not known, in the words of every screen. */
const REASONS = {
  email: reason('email-hidden', 'This person hides the email address.'),
  appEmail: reason('app-no-email', 'Apps have no email address.'),
  erased: reason('erased', 'The name and email were erased on request.'),
  closed: reason(
    'account-closed',
    'The name and email of an account that is closed are not kept.',
  ),
  names: reason(
    'names-not-apart',
    'No source gives first and last name apart, and a display name is not split.',
  ),
  unmanaged: reason(
    'not-managed',
    'This account is not managed by your organization, so Atlassian does not say.',
  ),
  app: reason('app-account', 'Atlassian does not report this of apps.'),
  appActivity: reason(
    'app-activity',
    'Atlassian does not report activity of apps.',
  ),
  notListed: reason(
    'not-in-directory',
    'The directory of the organization does not list this account.',
  ),
  notSaid: reason('not-said', 'Atlassian does not say.'),
  site: reason(
    'site-unknown',
    'It is not known yet which product of the organization this site is.',
  ),
} satisfies Record<string, Reason>;

const NAMES: Record<string, string> = {
  'atlassian/admin': 'admin',
  'atlassian/user-access-admin': 'user-access-admin',
};

/** What is known of an account, from what site and organization said. */
export function accountFactsOf(
  account: AccountPayload,
  profile: Profile | undefined,
  entry: DirectoryEntry,
  connectionTitle: string,
): AccountFacts {
  const { resource } = entry;
  const why = whyUnknown(account, entry, connectionTitle);
  const organization = (read: (payload: DirectoryPayload) => AccountFact) =>
    entry.payload ? read(entry.payload) : unknown(why);
  const facts: AccountFacts = {
    email: profile?.email
      ? known(profile.email, profile.emailFrom ?? 'confluence')
      : unknown(whyNoEmail(account, profile)),
    firstName: unknown(REASONS.names),
    lastName: unknown(REASONS.names),
    status: statusOf(account, entry),
    license: organization(payload => licenseOf(account, payload, resource)),
    role: organization(payload => roleOf(account, payload, resource)),
    mfa: organization(({ mfa, claimStatus }) => {
      if (mfa !== 'unknown') {
        return known(mfa, 'organization');
      }
      return unknown(
        claimStatus === 'managed' ? REASONS.notSaid : REASONS.unmanaged,
      );
    }),
    lastActive: organization(() => lastActiveOf(account, entry)),
    managed: organization(({ claimStatus }) =>
      claimStatus === null
        ? unknown(REASONS.notSaid)
        : known(claimStatus, 'organization'),
    ),
  };
  return entry.notWhole
    ? markStale(facts, account, entry.notWhole, entry)
    : facts;
}

/** What a directory said that could not be read since may be over; and who is active may be suspended. */
function markStale(
  facts: AccountFacts,
  account: AccountPayload,
  why: Reason,
  { wholeAt }: DirectoryEntry,
): AccountFacts {
  const stale = { ...(wholeAt && { readAt: wholeAt }), reason: why };
  const isDoubtful = (name: string, { source, value }: AccountFact) =>
    source === 'organization' ||
    (name === 'status' && value === 'active' && account.class !== 'app');
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      isDoubtful(name, fact) ? { ...fact, stale } : fact,
    ]),
  ) as AccountFacts;
}

function whyNoEmail(
  account: AccountPayload,
  profile: Profile | undefined,
): Reason {
  if (profile?.erasedAt) {
    return REASONS.erased;
  }
  if (account.accountStatus === 'closed') {
    return REASONS.closed;
  }
  return account.class === 'app' ? REASONS.appEmail : REASONS.email;
}

function whyUnknown(
  account: AccountPayload,
  { organization, notWhole }: DirectoryEntry,
  connectionTitle: string,
): Reason {
  if (account.class === 'app') {
    return REASONS.app;
  }
  if (!organization) {
    return reason(
      'no-organization-key',
      `Needs an organization key. ${connectionTitle} has none.`,
    );
  }
  return notWhole ?? REASONS.notListed;
}

/** Suspended is reversible and only the organization says it; it is never mixed with the others. */
function statusOf(
  account: AccountPayload,
  { payload }: DirectoryEntry,
): AccountFact {
  if (account.accountStatus === 'closed') {
    return known('closed', 'confluence');
  }
  if (payload?.membershipStatus === 'suspended') {
    return known('suspended', 'organization');
  }
  if (payload?.accountStatus === 'inactive') {
    return known('deactivated', 'organization');
  }
  if (payload?.membershipStatus === 'no_membership') {
    return known('removed', 'organization');
  }
  if (account.accountStatus === 'unknown') {
    return unknown(REASONS.notSaid);
  }
  return known(
    account.accountStatus === 'inactive'
      ? 'deactivated'
      : account.accountStatus,
    'confluence',
  );
}

function licenseOf(
  account: AccountPayload,
  { products }: DirectoryPayload,
  resource: string | undefined,
): AccountFact {
  if (!resource) {
    return unknown(REASONS.site);
  }
  if (!products) {
    return unknown(REASONS.notSaid);
  }
  if (!products.includes(resource)) {
    return known('none', 'organization');
  }
  return known(
    account.class === 'guest' ? 'guest' : 'licensed',
    'organization',
  );
}

function roleOf(
  account: AccountPayload,
  { platformRoles, products, roles }: DirectoryPayload,
  resource: string | undefined,
): AccountFact {
  if (platformRoles?.includes('atlassian/org-admin')) {
    return known('org-admin', 'organization');
  }
  if (!resource) {
    return unknown(REASONS.site);
  }
  if (!platformRoles || !products) {
    return unknown(REASONS.notSaid);
  }
  const [special] = roles
    .filter(role => role.startsWith(`${resource} `))
    .map(role => role.slice(resource.length + 1))
    .sort();
  if (special) {
    return known(NAMES[special] ?? special, 'organization');
  }
  if (!products.includes(resource)) {
    return known('none', 'organization');
  }
  return known(account.class === 'guest' ? 'guest' : 'user', 'organization');
}

function lastActiveOf(
  account: AccountPayload,
  { lastActiveAt, resource }: DirectoryEntry,
): AccountFact {
  if (lastActiveAt) {
    return known(lastActiveAt, 'organization');
  }
  if (account.class === 'app') {
    return unknown(REASONS.appActivity);
  }
  return unknown(resource ? REASONS.notSaid : REASONS.site);
}

function known(value: string, source: FactSource): AccountFact {
  return { value, source };
}

function unknown(why: Reason): AccountFact {
  return { reason: why };
}

function reason(code: string, text: string): Reason {
  return { code, text };
}
