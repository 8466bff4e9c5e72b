// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceGroup,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import { confirmMissing } from '../guards/disappearances';
import { isShrink } from '../../history';
import { type Progress, readContainer, type ReadSession } from '../ReadSession';
import type { RunContext } from '../RunContext';
import { walk } from '../walk';

function rowOf(group: ConfluenceGroup) {
  return {
    key: group.id,
    payload: {
      name: group.name,
      managedBy: group.managedBy ?? '',
      usageType: group.usageType ?? '',
    },
  };
}

const workOf = (groups: ConfluenceGroup[]) => ({
  kind: 'group' as const,
  items: groups.map(({ id }) => ({ key: id, data: undefined })),
});

/** All groups of the site. A group that is not listed any more is asked for by its id. */
export async function readGroups(context: RunContext): Promise<void> {
  const client = context.parts.clientFor('access-review');
  const { signal } = context.parts;
  await context.setTotal('groups', 1);
  const list = (session: ReadSession<'groups'>) =>
    walk(session, {
      fetch: place => client.groups(place),
      take: ({ items }) => ({ rows: items.map(rowOf), work: workOf(items) }),
    });
  await readContainer<'groups', Progress>(
    context,
    { dataset: 'groups', key: 'site', mode: 'full', purpose: 'access-review' },
    async session => {
      await list(session);
      return confirmMissing(session, {
        again: async () => void (await list(session)),
        look: async groupId => {
          try {
            const group = await client.groupById(groupId, { signal });
            return { row: rowOf(group), work: workOf([group]) };
          } catch (error) {
            // By its id an existing group is always found: this is evidence.
            if (error instanceof NotVisibleError) {
              return 'gone';
            }
            throw error;
          }
        },
      });
    },
  );
}

/** Groups of this run: those it has seen, and known ones while the list is not complete. */
export async function groupsOf(context: RunContext): Promise<Set<string>> {
  const { work, runId } = context.parts;
  const groups = await work.keys(runId, 'group');
  if (!context.allComplete('groups', ['site'])) {
    (await context.openKeys('groups')).forEach(key => groups.add(key));
  }
  return groups;
}

/** Groups that a complete read did not see any more; `doubtful` when they are too many. */
export async function goneGroups(
  context: RunContext,
): Promise<{ keys: string[]; doubtful: boolean }> {
  const read = context.finished('groups', 'site');
  if (read?.outcome !== 'complete') {
    return { keys: [], doubtful: false };
  }
  const { keys, total } = await context.parts.history.missing(read.id, 1000);
  const known = (await context.openKeys('groups')).size;
  return { keys, doubtful: isShrink(total, known) };
}
