// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  type OrganizationClient,
  type OrganizationProductAccess,
  type OrganizationUser,
  RepeatedCursorError,
} from '@confluence-compliance/atlassian-client';
import { organizationProblem } from '../../connections';
import type { DirectoryPayload, FinishRead, ObservedRow } from '../../history';
import { confirmMissing, type Look } from '../guards/disappearances';
import { ContradictedListError, reasonOf, reasonText } from '../reasons';
import {
  type Progress,
  readContainer,
  type ReadSession,
  walk,
} from '../ReadSession';
import type { Organization, RunContext } from '../RunContext';
import { readLostAgain, type Roles, ROLES } from './directoryRoles';

interface DirectoryProgress extends Progress {
  step?: 'users' | 'roles';
  /** Products of sites that somebody may use. */
  resources?: string[];
  /** More than plain use, by account id: `<ARI> <role>`. */
  roles?: Roles;
  /** Somebody with a role could not be read. */
  unreadable?: boolean;
  /** How many products the roles were read of. */
  done?: number;
}

type Session = ReadSession<'directory', DirectoryProgress>;

/** Everybody of the organization, with email, MFA, roles and when they were last active. */
export async function readDirectory(
  context: RunContext,
  organization: Organization,
): Promise<void> {
  await context.setTotal('directory', 1);
  await readContainer<'directory', DirectoryProgress>(
    context,
    {
      dataset: 'directory',
      key: 'all',
      mode: 'full',
      source: organization.source,
      scope: organization.source,
    },
    session => readAll(session, organization),
  );
}

/**
 * A key that is refused ends this read and no other. What stops before the roles are read has failed:
 * a part of it would say that administrators are none.
 */
async function readAll(
  session: Session,
  { client, source }: Organization,
): Promise<FinishRead> {
  if (!client) {
    return failed('no-credential', 'The key of the organization is not stored');
  }
  try {
    if (session.progress.step !== 'roles') {
      await readUsers(session, client);
    }
    await readRoles(session, client);
    if (!session.progress.unreadable) {
      await confirmRoles(session, client, source);
    }
  } catch (error) {
    if (error instanceof CredentialRefusedError) {
      const { code, text } = organizationProblem(error, { now: new Date() });
      return failed(code, text);
    }
    if (error instanceof RepeatedCursorError) {
      const { code, text } = reasonOf(error);
      return failed(code, text);
    }
    throw error;
  }
  return session.progress.unreadable
    ? failed('malformed', 'Some of those with a role could not be read')
    : confirmMissing(session, {
        again: () => listAgain(session, client),
        look: accountId => lookAtUser(session, client, accountId),
      });
}

/**
 * Makes sure that who is no longer named with a role has lost it: two readings must agree.
 *
 * @throws ContradictedListError when the second one still names somebody; that is staged
 */
async function confirmRoles(
  session: Session,
  client: OrganizationClient,
  source: string,
): Promise<void> {
  const { context, progress } = session;
  const again = await readLostAgain(context, client, {
    source,
    roles: progress.roles ?? {},
  });
  const { found, lost, roles, users } = again;
  if (found > 0 || again.unreadable) {
    await session.stage(
      users.map(user => rowOf(user, roles[user.accountId])),
      {
        ...progress,
        roles,
        unreadable: progress.unreadable || again.unreadable,
      },
    );
  }
  if (found > 0) {
    throw new ContradictedListError(found, lost);
  }
}

/** Lists everybody a second time, with the roles that are known by now. */
async function listAgain(
  session: Session,
  client: OrganizationClient,
): Promise<undefined> {
  const { signal } = session.context.parts;
  const { roles = {} } = session.progress;
  await walk(session, {
    fetch: cursor => client.users({ cursor, signal }),
    take: ({ items }) => ({
      rows: items.map(user => rowOf(user, roles[user.accountId])),
    }),
  });
}

/** Asks for one user by id. Whom the organization knows outside its directories only is none of it. */
async function lookAtUser(
  { context, progress }: Session,
  client: OrganizationClient,
  accountId: string,
): Promise<Look<'directory'>> {
  const { signal } = context.parts;
  const page = await client.users({ accountIds: [accountId], signal });
  const user = page.items.find(item => item.accountId === accountId);
  if (user && user.membershipStatus !== 'no_membership') {
    return { row: rowOf(user, progress.roles?.[accountId]) };
  }
  return page.malformed.length > 0
    ? { unclear: 'A user of the organization could not be read' }
    : 'gone';
}

function failed(code: string, text: string): FinishRead {
  return { outcome: 'failed', reason: reasonText(code, text) };
}

async function readUsers(
  session: Session,
  client: OrganizationClient,
): Promise<void> {
  const { signal } = session.context.parts;
  const resources = new Set(session.progress.resources);
  await walk(session, {
    fetch: cursor => client.users({ cursor, signal }),
    take: ({ items }) => {
      for (const { productAccess = [] } of items) {
        productsOf(productAccess).forEach(product => resources.add(product));
      }
      return {
        rows: items.map(user => rowOf(user)),
        progress: { resources: [...resources].sort() },
      };
    },
  });
  const { attempt } = session.progress;
  await session.stage([], {
    attempt,
    step: 'roles',
    resources: [...resources].sort(),
  });
}

async function readRoles(
  session: Session,
  client: OrganizationClient,
): Promise<void> {
  const { signal } = session.context.parts;
  const { resources = [] } = session.progress;
  const asked = resources.flatMap(resource =>
    ROLES.map(role => ({ resource, role })),
  );
  for (let done = session.progress.done ?? 0; done < asked.length; done += 1) {
    const { resource, role } = asked[done];
    await walk(session, {
      fetch: cursor =>
        client.usersWithRole({
          resourceIds: [resource],
          roleIds: [role],
          cursor,
          signal,
        }),
      take: ({ items, malformed }) => {
        const roles = { ...session.progress.roles };
        for (const { accountId } of items) {
          const known = roles[accountId] ?? [];
          roles[accountId] = distinct([...known, `${resource} ${role}`]);
        }
        return {
          rows: items.map(user => rowOf(user, roles[user.accountId])),
          progress: {
            roles,
            unreadable: session.progress.unreadable || malformed.length > 0,
          },
        };
      },
    });
    await session.stage([], {
      ...session.progress,
      cursor: undefined,
      listed: false,
      done: done + 1,
    });
  }
}

function distinct(words: string[]): string[] {
  return [...new Set(words)].sort();
}

function productsOf(access: OrganizationProductAccess[]): string[] {
  return distinct(access.map(({ resourceId }) => resourceId));
}

/** Whether two-step verification is on, which Atlassian says of managed accounts only. */
function mfaOf(user: OrganizationUser): DirectoryPayload['mfa'] {
  if (user.claimStatus !== 'managed' || user.mfaEnabled === undefined) {
    return 'unknown';
  }
  return user.mfaEnabled ? 'enabled' : 'disabled';
}

function rowOf(
  user: OrganizationUser,
  roles: string[] = [],
): ObservedRow<DirectoryPayload> {
  const { accountId, productAccess } = user;
  return {
    key: accountId,
    payload: {
      claimStatus: user.claimStatus ?? null,
      accountStatus: user.accountStatus ?? null,
      membershipStatus: user.membershipStatus ?? null,
      mfa: mfaOf(user),
      managementSource: user.managementSource ?? null,
      platformRoles: user.platformRoles ? distinct(user.platformRoles) : null,
      products: productAccess ? productsOf(productAccess) : null,
      roles,
    },
    profile: {
      kind: 'account',
      id: accountId,
      name: user.name,
      email: user.email,
      emailFrom: 'organization',
    },
    activity: productAccess?.flatMap(({ resourceId: resource, lastActiveAt }) =>
      lastActiveAt ? [{ resource, lastActiveAt }] : [],
    ),
  };
}
