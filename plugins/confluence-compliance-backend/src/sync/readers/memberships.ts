// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceUser,
  listPages,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import type { Counted, FinishRead } from '../../history';
import { confirmMissing, type Look } from '../guards/disappearances';
import { reasonText } from '../reasons';
import {
  ATTEMPTS,
  type Progress,
  readContainers,
  ReadSession,
} from '../ReadSession';
import type { RunContext } from '../RunContext';
import { walk } from '../walk';
import { accountWork } from './accountRows';
import { groupsOf } from './groups';
import { TO_FOLLOW } from './order';

interface MembersProgress extends Progress {
  /** Members the first page spoke of. */
  first?: number;
  /** Members the newest page spoke of. */
  last?: number;
  /** Records of this pass, malformed ones included. */
  seen?: number;
}

type Session = ReadSession<'memberships', MembersProgress>;

function rowOf(groupId: string, { accountId }: ConfluenceUser) {
  return {
    key: `${groupId}/${accountId}`,
    // In the order in which it is written quickest.
    payload: { accountId, groupId },
  };
}

/** Members of all groups of this run, several groups at a time. */
export async function readMemberships(context: RunContext): Promise<void> {
  const groups = await groupsOf(context);
  await context.setTotal('memberships', groups.size);
  await readContainers<'memberships', MembersProgress>(
    context,
    [...groups].map(key => ({
      dataset: 'memberships',
      key,
      mode: 'full',
      purpose: 'access-review',
    })),
    readMembers,
  );
}

async function readMembers(session: Session): Promise<FinishRead> {
  const { context } = session;
  const groupId = session.read.key;
  const client = context.parts.clientFor('access-review');
  const { signal } = context.parts;
  const stopped = await listStable(session, groupId);
  if (stopped) {
    return stopped;
  }
  const { rows } = session.read;
  if (rows === 0 && (await session.missing(1)).total > 0) {
    // An unknown group answers an empty page too, so the group is asked for.
    try {
      await client.groupById(groupId, { signal });
    } catch (error) {
      if (error instanceof NotVisibleError) {
        return { outcome: 'complete', expected: 0 };
      }
      throw error;
    }
  }
  const finish = await confirmMissing(session, {
    again: () => listStable(session, groupId),
    look: key => lookAtMember(context, groupId, key),
  });
  return { ...finish, expected: session.progress.first };
}

/**
 * Lists the members until the list agrees with itself: what it says there are
 * on its first and last page, and how many there were.
 *
 * @returns how the read ends when it never does
 */
async function listStable(
  session: Session,
  groupId: string,
): Promise<FinishRead | undefined> {
  for (;;) {
    await listMembers(session, groupId);
    const { first, last, attempt = 1 } = session.progress;
    const got = gotBy(session.progress, session.read);
    if (agrees(session.progress, got)) {
      return undefined;
    }
    if (attempt >= ATTEMPTS) {
      return {
        outcome: 'partial',
        expected: first,
        reason: reasonText(
          'unstable-list',
          `The member list said ${first} members, then ${
            last ?? 'nothing'
          }, and gave ${got}, in ${ATTEMPTS} attempts`,
        ),
      };
    }
    await session.startAgain();
  }
}

/** How many members a list gave; a second pass adds to the rows of the first, so its records are counted. */
function gotBy(
  { pass, seen }: MembersProgress,
  { rows, malformed }: Counted,
): number | undefined {
  return pass === 2 ? seen : rows + malformed;
}

function agrees({ first, last }: MembersProgress, got?: number): boolean {
  return first === undefined || (first === last && got === first);
}

async function listMembers(session: Session, groupId: string): Promise<void> {
  const { parts } = session.context;
  const client = parts.clientFor('access-review');
  let { first, last, seen = 0 } = session.progress;
  if (session.progress.cursor === undefined) {
    first = undefined;
    seen = 0;
  }
  let begun = session.progress.cursor !== undefined;
  await walk(session, {
    fetch: place =>
      client.groupMembers(groupId, {
        ...place,
        toFollow: place.toFollow + TO_FOLLOW.access,
        // Counting is expensive for Confluence: only the ends are asked, and where a later slice goes on.
        total:
          place.cursor === undefined ||
          (first !== undefined && place.toFollow === 0),
      }),
    take: ({ items, malformed, total }) => {
      first = begun ? first : total;
      begun = true;
      last = total;
      seen += items.length + malformed.length;
      return {
        rows: items.map(member => rowOf(groupId, member)),
        work: accountWork(items),
        progress: { first, last, seen },
        left: (first ?? 0) - seen,
      };
    },
    ends: counted =>
      agrees({ first, last }, gotBy({ seen }, counted))
        ? { outcome: 'complete', expected: first }
        : undefined,
  });
}

/** Asks the account itself for its groups. */
async function lookAtMember(
  context: RunContext,
  groupId: string,
  key: string,
): Promise<Look<'memberships'>> {
  const client = context.parts.clientFor('access-review');
  const { signal } = context.parts;
  const accountId = key.slice(groupId.length + 1);
  try {
    for await (const page of listPages(cursor =>
      client.memberOf(accountId, { cursor, signal }),
    )) {
      if (page.items.some(group => group.id === groupId)) {
        return {
          row: rowOf(groupId, { accountId }),
          work: accountWork([{ accountId }]),
        };
      }
      if (page.malformed.length > 0) {
        return { unclear: 'The groups of an account could not be read' };
      }
    }
    return 'gone';
  } catch (error) {
    if (error instanceof NotVisibleError) {
      return 'gone';
    }
    throw error;
  }
}
