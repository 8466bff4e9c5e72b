// SPDX-License-Identifier: Apache-2.0
import {
  listPages,
  type LabelledPage,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import { confirmMissing, type Look } from '../guards/disappearances';
import {
  type Progress,
  readContainers,
  type ReadSession,
} from '../ReadSession';
import type { RunContext } from '../RunContext';
import { walk } from '../walk';
import { lookAtLostPage } from './lostPages';

/** A labelled page as work of the run: what decides who may read it. */
export interface LabelledWork {
  /** Ids of its ancestors, the top first; absent when nobody told. */
  ancestors?: string[];
  /** Whether it is restricted itself; absent when nobody told. */
  restricted?: boolean;
}

type Session = ReadSession<'labels'>;

function rowOf(label: string, pageId: string) {
  return { key: `${label}/${pageId}`, payload: { pageId, label } };
}

/** The search index lags: it can still name pages that are in the trash. */
function isCurrent({ status }: LabelledPage): boolean {
  return status === undefined || status === 'current';
}

/** The current pages of each configured label. */
export async function readLabels(context: RunContext): Promise<void> {
  const { labels } = context.parts.plan;
  await context.setTotal('labels', labels.length);
  await readContainers<'labels', Progress>(
    context,
    labels.map(key => ({
      dataset: 'labels',
      key,
      mode: 'full',
      purpose: 'policy',
    })),
    async session => {
      const label = session.read.key;
      await list(session, label);
      return confirmMissing(session, {
        again: async () => void (await list(session, label)),
        look: key => lookAtLabel(context, label, key.slice(label.length + 1)),
      });
    },
  );
}

async function list(session: Session, label: string): Promise<void> {
  const { clientFor } = session.context.parts;
  const client = clientFor('policy');
  await walk(session, {
    fetch: place => client.contentByLabel(label, place),
    take: ({ items }) => {
      const pages = items.filter(isCurrent);
      return {
        rows: pages.map(({ id }) => rowOf(label, id)),
        work: {
          kind: 'labelled',
          items: pages.map(({ id, ancestorIds, readRestriction }) => ({
            key: id,
            data: {
              ancestors: ancestorIds,
              restricted: readRestriction?.restricted,
            } satisfies LabelledWork,
          })),
        },
      };
    },
  });
}

/** The search is no proof, so the page is asked for its labels, then for its state. */
async function lookAtLabel(
  context: RunContext,
  label: string,
  pageId: string,
): Promise<Look<'labels'>> {
  const { clientFor, signal } = context.parts;
  const client = clientFor('policy');
  try {
    let stands = false;
    for await (const page of listPages(cursor =>
      client.pageLabels(pageId, { cursor, signal }),
    )) {
      stands ||= page.items.some(({ name }) => name === label);
      if (!stands && page.malformed.length > 0) {
        return { unclear: 'The labels of a page could not be read' };
      }
    }
    if (
      !stands ||
      (await client.page(pageId, { signal })).status !== 'current'
    ) {
      return 'gone';
    }
    return {
      row: rowOf(label, pageId),
      work: {
        kind: 'labelled',
        items: [{ key: pageId, data: {} satisfies LabelledWork }],
      },
    };
  } catch (error) {
    if (error instanceof NotVisibleError) {
      return lookAtSpace(context, pageId);
    }
    throw error;
  }
}

/** What became of a page that is not found; where its space cannot be seen, nobody knows. */
async function lookAtSpace(
  context: RunContext,
  pageId: string,
): Promise<Look<'labels'>> {
  const { clientFor, history, connection, head, signal } = context.parts;
  const page = await history.row('pages', connection, pageId, head);
  if (!page) {
    return {
      unclear: 'A labelled page is not visible, nor is its space known',
    };
  }
  try {
    await clientFor('policy').space(page.payload.spaceId, { signal });
    return await lookAtLostPage(context, pageId);
  } catch (error) {
    if (error instanceof NotVisibleError) {
      return { unclear: 'The space of a labelled page is not visible' };
    }
    throw error;
  }
}
