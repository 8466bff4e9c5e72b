// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceUser } from '@confluence-compliance/atlassian-client';
import type { AccountPayload, ObservedRow } from '../../history';

/** An account that a run is to look up. */
export interface AccountWork {
  /** In a group or in the user search, with what was said there. */
  user?: ConfluenceUser;
  /** Its last payload, for one that was only known before. */
  known?: AccountPayload;
}

/** Accounts as work of the run. */
export function accountWork(users: readonly ConfluenceUser[]) {
  return {
    kind: 'account' as const,
    items: users.map(user => ({
      key: user.accountId,
      data: { user: slim(user) } satisfies AccountWork,
    })),
  };
}

function slim(user: ConfluenceUser): ConfluenceUser {
  const { accountId, accountType, accountStatus, email } = user;
  const { displayName, publicName, isGuest, isExternalCollaborator } = user;
  return {
    accountId,
    accountType,
    accountStatus,
    email,
    displayName,
    publicName,
    isGuest,
    isExternalCollaborator,
  };
}

/**
 * What an account is. Portal customers (`customer`) have no seat; one that
 * turns up here came in through a group or the search, from outside: a guest.
 * That does not change when it is not listed any more. A service account is
 * known by its email, also by one that is hidden or was forgotten since.
 *
 * @param email - as said now, or else as last known
 * @param known - what it was called last
 */
function classOf(
  user: ConfluenceUser,
  email: string | undefined,
  known: AccountPayload['class'] | undefined,
): AccountPayload['class'] {
  if (user.accountType === 'app') {
    return 'app';
  }
  if (
    user.isGuest ||
    user.isExternalCollaborator ||
    user.accountType === 'customer'
  ) {
    return 'guest';
  }
  const isService =
    email === undefined
      ? known === 'service'
      : /@serviceaccount\.atlassian\.com$/i.test(email);
  return isService ? 'service' : 'person';
}

/**
 * The row of an account.
 *
 * @param told - what groups or the user search said
 * @param looked - what the look-up by id said, which has the better status
 * @param known - the last email and class, for an email that is hidden now
 */
export function accountRow(
  told: ConfluenceUser | undefined,
  looked: ConfluenceUser | undefined,
  listed: boolean,
  known: { email?: string; class?: AccountPayload['class'] } = {},
): ObservedRow<AccountPayload> {
  const user = {
    ...defined(told),
    ...defined(looked),
    isGuest: told?.isGuest || looked?.isGuest,
  } as ConfluenceUser;
  return {
    key: user.accountId,
    payload: {
      accountType: user.accountType ?? 'unknown',
      accountStatus: user.accountStatus ?? 'unknown',
      class: classOf(user, user.email ?? known.email, known.class),
      listed,
    },
    profile: {
      kind: 'account',
      id: user.accountId,
      name: user.displayName,
      publicName: user.publicName,
      email: user.email,
    },
  };
}

function defined(user: ConfluenceUser | undefined): Partial<ConfluenceUser> {
  return Object.fromEntries(
    Object.entries(user ?? {}).filter(([, value]) => value !== undefined),
  );
}
