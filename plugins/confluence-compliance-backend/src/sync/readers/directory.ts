// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  NotVisibleError,
  type OrganizationClient,
  type OrganizationUser,
  RepeatedCursorError,
} from '@confluence-compliance/atlassian-client';
import { organizationProblem } from '../../connections';
import type { FinishRead } from '../../history';
import { confirmMissing, type Look } from '../guards/disappearances';
import { ContradictedListError, reasonOf, reasonText } from '../reasons';
import { type Progress, readContainer, type ReadSession } from '../ReadSession';
import type { Organization, RunContext } from '../RunContext';
import { walk } from '../walk';
import { distinct, productsOf, rowOf } from './directoryRows';
import {
  readLostAgain,
  type Roles,
  ROLES,
  stillHaveRoles,
} from './directoryRoles';

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
    if (
      !session.progress.unreadable &&
      !(await confirmRoles(session, client, source))
    ) {
      return failed(
        'unconfirmed',
        'Somebody still has a role with which no list names them',
      );
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
 * Makes sure that who is no longer named with a role has lost it: two readings must agree, and so
 * must what is said of the user alone.
 *
 * @returns false when that says another thing than the lists
 * @throws ContradictedListError when the second one still names somebody; that is staged
 */
async function confirmRoles(
  session: Session,
  client: OrganizationClient,
  source: string,
): Promise<boolean> {
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
  return !(await stillHaveRoles(context, client, again.unnamed));
}

/** Lists everybody a second time, with the roles that are known by now. */
async function listAgain(
  session: Session,
  client: OrganizationClient,
): Promise<undefined> {
  const { roles = {} } = session.progress;
  await walk(session, {
    fetch: place => client.users(place),
    take: ({ items }) => ({
      rows: items.map(user => rowOf(user, roles[user.accountId])),
    }),
  });
}

/**
 * Asks for one user by id: the search first, which says as much as the list, and then another place,
 * since a search that is cut proves nothing about itself.
 */
async function lookAtUser(
  { context, progress }: Session,
  client: OrganizationClient,
  accountId: string,
): Promise<Look<'directory'>> {
  const { signal } = context.parts;
  const page = await client.users({ accountIds: [accountId], signal });
  const found = page.items.find(item => item.accountId === accountId);
  if (found && !isOutside(found)) {
    return { row: rowOf(found, progress.roles?.[accountId]) };
  }
  if (page.malformed.length > 0) {
    return { unclear: 'A user of the organization could not be read' };
  }
  try {
    const user = await client.user(accountId, { signal });
    return isOutside(user)
      ? 'gone'
      : { unclear: 'A user whom no list names is still in the organization' };
  } catch (error) {
    if (error instanceof NotVisibleError) {
      return 'gone';
    }
    throw error;
  }
}

/**
 * Whether the organization knows an account that is in none of its directories. Accounts that are
 * deactivated have no membership either, and stay listed.
 */
function isOutside({
  accountStatus,
  membershipStatus,
}: OrganizationUser): boolean {
  return (
    accountStatus === 'closed' ||
    (accountStatus === 'active' && membershipStatus === 'no_membership')
  );
}

function failed(code: string, text: string): FinishRead {
  return { outcome: 'failed', reason: reasonText(code, text) };
}

async function readUsers(
  session: Session,
  client: OrganizationClient,
): Promise<void> {
  const resources = new Set(session.progress.resources);
  await walk(session, {
    fetch: place => client.users(place),
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
  const { resources = [] } = session.progress;
  const asked = resources.flatMap(resource =>
    ROLES.map(role => ({ resource, role })),
  );
  for (let done = session.progress.done ?? 0; done < asked.length; done += 1) {
    const { resource, role } = asked[done];
    await walk(session, {
      fetch: place =>
        client.usersWithRole({
          resourceIds: [resource],
          roleIds: [role],
          ...place,
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
