// SPDX-License-Identifier: Apache-2.0
import { listPages } from '@confluence-compliance/atlassian-client';
import type { FinishRead } from '../../history';
import { confirmMissing, type Look } from '../guards/disappearances';
import type { SpaceGrants } from '../plan';
import {
  type Progress,
  readContainers,
  type ReadSession,
} from '../ReadSession';
import { reasonText } from '../reasons';
import type { RunContext } from '../RunContext';
import { walk } from '../walk';
import { grantPages, type GrantsPage } from './grantPages';
import { type GrantRow, rowOfPermission } from './grantRows';
import { TO_FOLLOW } from './order';
import { PERMISSIONS, spaceGrantsOf } from './spaceRoles';
import { spacesOf } from './spaces';

type GrantsProgress = Progress & Pick<GrantsPage, 'standIn' | 'roleUnknown'>;
type Session = ReadSession<'grants', GrantsProgress>;

/**
 * Permissions that stand in for roles need not name all that roles give: nobody
 * knows whether this is all, and nothing is gone because it is not among them.
 */
const ROLES_UNREAD: FinishRead = {
  outcome: 'partial',
  reason: reasonText(
    'roles-unread',
    'The roles of this space could not be read, only its permissions',
  ),
};

/** Who may do what in each space of this run, several spaces at a time. */
export async function readGrants(context: RunContext): Promise<void> {
  const spaces = await spacesOf(context);
  await context.setTotal('grants', spaces.size);
  let asked: Promise<SpaceGrants> | undefined;
  /** Many spaces ask at the same time, and once is enough; who only waited for a failure asks anew. */
  const ask = async (): Promise<SpaceGrants> => {
    if (asked) {
      return asked.catch(ask);
    }
    asked = spaceGrantsOf(context);
    return asked.catch(error => {
      asked = undefined;
      throw error;
    });
  };
  await readContainers<'grants', GrantsProgress>(
    context,
    [...spaces].map(key => ({
      dataset: 'grants',
      key,
      mode: 'full',
      purpose: 'access-review',
    })),
    async session => readSpace(session, session.read.key, await ask()),
  );
}

async function readSpace(
  session: Session,
  spaceId: string,
  grants: SpaceGrants,
): Promise<FinishRead> {
  const read = async () => {
    await list(session, spaceId, grants);
    return session.progress.standIn ? ROLES_UNREAD : undefined;
  };
  const unread = await read();
  if (unread) {
    return unread;
  }
  const finish = await confirmMissing(session, {
    again: read,
    look: lookAtGrants(session, spaceId, grants),
  });
  if (session.progress.standIn) {
    return ROLES_UNREAD;
  }
  return session.progress.roleUnknown && finish.outcome === 'complete'
    ? {
        outcome: 'partial',
        reason: reasonText(
          'role-unknown',
          'Somebody has a role in this space that the site does not list',
        ),
      }
    : finish;
}

async function list(
  session: Session,
  spaceId: string,
  grants: SpaceGrants,
): Promise<void> {
  const pageAt = grantPages(session.context, spaceId, grants);
  let whole = !session.progress.standIn && !session.progress.roleUnknown;
  await walk(session, {
    fetch: place =>
      pageAt({ ...place, toFollow: place.toFollow + TO_FOLLOW.access }),
    take: page => {
      whole &&= !page.standIn && !page.roleUnknown;
      return { rows: page.items, progress: notesOf(page) };
    },
    ends: () => (whole ? { outcome: 'complete' } : undefined),
  });
}

function notesOf({
  standIn,
  roleUnknown,
}: Pick<GrantsPage, 'standIn' | 'roleUnknown'>) {
  return { ...(standIn && { standIn }), ...(roleUnknown && { roleUnknown }) };
}

/**
 * One grant cannot be asked for. What the list no longer has is looked for
 * among the permissions that the space itself shows, and where it shows only
 * the first of them, in another reading of the list. What roles gave is looked
 * for in another reading, too; as long as the permissions of the space still
 * name it, it is not known to be gone.
 */
function lookAtGrants(session: Session, spaceId: string, grants: SpaceGrants) {
  const { clientFor, signal } = session.context.parts;
  const rows = new Map<string, GrantRow>();
  const named = new Set<string>();
  const note = (found: GrantRow[]) =>
    found.forEach(row => rows.set(row.key, row));
  const show = async () => {
    if (grants.from.includes('roles') && !session.progress.standIn) {
      await readAgain(session, spaceId, grants, note);
      await readAgain(session, spaceId, PERMISSIONS, found =>
        found.forEach(({ key }) => named.add(key)),
      );
      return;
    }
    const client = clientFor('access-review');
    const space = await client.spaceWithPermissions(spaceId, { signal });
    note(space.permissions.map(item => rowOfPermission(spaceId, item)));
    if (!space.permissionsComplete && session.progress.pass !== 2) {
      await readAgain(session, spaceId, grants, note);
    }
  };
  let shown: Promise<void> | undefined;
  return async (key: string): Promise<Look<'grants'>> => {
    shown ??= show();
    await shown;
    const row = rows.get(key);
    if (row) {
      return { row };
    }
    return named.has(key)
      ? {
          unclear: 'A role is gone that the permissions of the space still say',
        }
      : 'gone';
  };
}

async function readAgain(
  session: Session,
  spaceId: string,
  grants: SpaceGrants,
  take: (rows: GrantRow[]) => void,
): Promise<void> {
  const { signal } = session.context.parts;
  const fetch = grantPages(session.context, spaceId, grants);
  let notes = {};
  const pages = listPages(async cursor => {
    const page = await fetch({ cursor, toFollow: TO_FOLLOW.access, signal });
    notes = { ...notes, ...notesOf(page) };
    return page;
  });
  for await (const page of pages) {
    session.context.checkpoint();
    take(page.items);
    // What cannot be read could be what is looked for.
    await session.stage(
      [],
      { ...session.progress, ...notes },
      { malformed: page.malformed.length || undefined },
    );
  }
}
