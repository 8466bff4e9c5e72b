// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceSpace,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import type { FinishRead } from '../../history';
import { confirmMissing } from '../guards/disappearances';
import { reasonText } from '../reasons';
import { type Progress, readContainer, type ReadSession } from '../ReadSession';
import type { RunContext } from '../RunContext';
import { walk } from '../walk';

function rowOf(space: ConfluenceSpace) {
  return {
    key: space.id,
    payload: {
      key: space.key,
      name: space.name,
      type: space.type ?? '',
      status: space.status ?? '',
    },
  };
}

const workOf = (spaces: ConfluenceSpace[]) => ({
  kind: 'space' as const,
  items: spaces.map(({ id }) => ({ key: id, data: undefined })),
});

/**
 * All spaces the credential can see, archived ones too. A space that is not
 * found is hidden or gone, nobody can tell: it stays open, and the read says so.
 */
export async function readSpaces(context: RunContext): Promise<void> {
  const client = context.parts.clientFor('policy');
  const { signal } = context.parts;
  await context.setTotal('spaces', 1);
  const list = (session: ReadSession<'spaces'>) =>
    walk(session, {
      fetch: place => client.spaces(place),
      take: ({ items }) => ({ rows: items.map(rowOf), work: workOf(items) }),
    });
  await readContainer<'spaces', Progress>(
    context,
    { dataset: 'spaces', key: 'site', mode: 'full', purpose: 'policy' },
    async session => {
      await list(session);
      const finish = await confirmMissing(session, {
        again: async () => void (await list(session)),
        look: async spaceId => {
          try {
            const space = await client.space(spaceId, { signal });
            return { row: rowOf(space), work: workOf([space]) };
          } catch (error) {
            if (error instanceof NotVisibleError) {
              return 'gone';
            }
            throw error;
          }
        },
      });
      return (await hidden(session)) ?? finish;
    },
  );
}

async function hidden(
  session: ReadSession<'spaces'>,
): Promise<FinishRead | undefined> {
  const { keys, total } = await session.missing(5);
  if (total === 0) {
    return undefined;
  }
  const named = `${keys.join(', ')}${total > keys.length ? ', …' : ''}`;
  return {
    outcome: 'partial',
    reason: reasonText(
      'not-visible',
      `Hidden or deleted, which cannot be told apart: ${total} (${named})`,
    ),
  };
}

/** Spaces of this run: those it has seen, and known ones it has not. */
export async function spacesOf(context: RunContext): Promise<Set<string>> {
  const { work, runId } = context.parts;
  const spaces = await work.keys(runId, 'space');
  if (!context.allComplete('spaces', ['site'])) {
    (await context.openKeys('spaces')).forEach(key => spaces.add(key));
  }
  return spaces;
}
