// SPDX-License-Identifier: Apache-2.0
import {
  listPages,
  type SpacePermission,
} from '@confluence-compliance/atlassian-client';
import type { GrantPayload, ObservedRow } from '../../history';
import { confirmMissing, type Look } from '../guards/disappearances';
import {
  type Progress,
  readContainer,
  type ReadSession,
  walk,
} from '../ReadSession';
import { pool, type RunContext } from '../RunContext';
import { spacesOf } from './spaces';

type GrantRow = ObservedRow<GrantPayload>;
type Session = ReadSession<'grants'>;

/** Our word for Atlassian's `user`; every other word stays. */
const principalTypes: Record<string, string | undefined> = { user: 'account' };

function rowOf(
  spaceId: string,
  { principal, operation: { key, targetType } }: SpacePermission,
): GrantRow {
  const principalType = principalTypes[principal.type] ?? principal.type;
  return {
    key: [spaceId, principalType, principal.id, key, targetType].join('/'),
    payload: {
      spaceId,
      principalType,
      principalId: principal.id,
      operation: key,
      target: targetType,
    },
  };
}

/** Who may do what in each space of this run, several spaces at a time. */
export async function readGrants(context: RunContext): Promise<void> {
  const spaces = await spacesOf(context);
  await context.setTotal('grants', spaces.size);
  await pool(context.parts.concurrency, spaces, spaceId =>
    readContainer<'grants', Progress>(
      context,
      {
        dataset: 'grants',
        key: spaceId,
        mode: 'full',
        purpose: 'access-review',
      },
      async session => {
        await list(session, spaceId);
        return confirmMissing(session, {
          again: () => list(session, spaceId),
          look: lookAtGrants(session, spaceId),
        });
      },
    ),
  );
}

async function list(session: Session, spaceId: string): Promise<undefined> {
  const { clientFor, signal } = session.context.parts;
  const client = clientFor('access-review');
  await walk(session, {
    fetch: cursor => client.spacePermissions(spaceId, { cursor, signal }),
    take: ({ items }) => ({ rows: items.map(item => rowOf(spaceId, item)) }),
  });
}

/**
 * One grant cannot be asked for. What the list no longer has is looked for
 * among the permissions that the space itself shows, and where it shows only
 * the first of them, in a second reading of the list.
 */
function lookAtGrants(session: Session, spaceId: string) {
  const { clientFor, signal } = session.context.parts;
  const client = clientFor('access-review');
  const rows = new Map<string, GrantRow>();
  const note = (items: SpacePermission[]) => {
    for (const item of items) {
      const row = rowOf(spaceId, item);
      rows.set(row.key, row);
    }
  };
  let shown: Promise<void> | undefined;
  const show = async () => {
    const space = await client.spaceWithPermissions(spaceId, { signal });
    note(space.permissions);
    if (space.permissionsComplete || session.progress.pass === 2) {
      return;
    }
    const pages = listPages(cursor =>
      client.spacePermissions(spaceId, { cursor, signal }),
    );
    for await (const { items, malformed } of pages) {
      session.context.checkpoint();
      note(items);
      // What cannot be read could be what is looked for.
      await session.stage([], session.progress, {
        malformed: malformed.length || undefined,
      });
    }
  };
  return async (key: string): Promise<Look<'grants'>> => {
    shown ??= show();
    await shown;
    const row = rows.get(key);
    return row ? { row } : 'gone';
  };
}
