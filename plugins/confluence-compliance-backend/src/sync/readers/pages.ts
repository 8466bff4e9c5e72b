// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluencePage,
  NotVisibleError,
  type PageStatus,
} from '@confluence-compliance/atlassian-client';
import type { ObservedRow, PagePayload } from '../../history';
import { confirmMissing, type Look } from '../guards/disappearances';
import {
  type ContainerSpec,
  type Progress,
  readContainers,
  type ReadSession,
} from '../ReadSession';
import type { RunContext } from '../RunContext';
import { walk } from '../walk';
import { lookAtLostPage } from './lostPages';
import { spacesOf } from './spaces';

export interface PagesProgress extends Progress {
  /** Newest change seen, ISO 8601. */
  newest?: string;
}

export const PAGE_STATES: readonly PageStatus[] = [
  'current',
  'archived',
  'trashed',
];

type Session = ReadSession<'pages', PagesProgress>;

export function pageRow(page: ConfluencePage): ObservedRow<PagePayload> {
  const { version } = page;
  return {
    key: page.id,
    // In the order in which it is written quickest.
    payload: {
      ownerId: page.ownerId ?? null,
      parentId: page.parentId ?? null,
      spaceId: page.spaceId,
      status: page.status,
      title: page.title,
      version: version.number,
      versionAt: version.createdAt ?? null,
      versionBy: version.authorId ?? null,
    },
  };
}

/** A time as Confluence writes it nearly always: the later one is also the greater text. */
const IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The later of two ISO times. */
export function later(a?: string, b?: string): string | undefined {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  if (IN_UTC.test(a) && IN_UTC.test(b)) {
    return a >= b ? a : b;
  }
  return Date.parse(a) >= Date.parse(b) ? a : b;
}

/** Reads the pages of every space whole. */
export async function readPagesFull(context: RunContext): Promise<void> {
  const spaces = await spacesOf(context);
  await context.setTotal('pages', spaces.size);
  await readSpacesWhole(context, spaces);
}

/**
 * Reads spaces whole in two steps: all lists first, then what disappeared. A
 * page that moved from one space to another is thereby seen in the new one
 * before the old one asks for it, and a list that fails in the end is not believed.
 */
export async function readSpacesWhole(
  context: RunContext,
  spaces: Iterable<string>,
): Promise<void> {
  const each = [...spaces].map(
    (key): ContainerSpec<'pages'> => ({
      dataset: 'pages',
      key,
      mode: 'full',
      purpose: 'policy',
    }),
  );
  await readContainers<'pages', PagesProgress>(context, each, async session => {
    await list(session);
    return undefined;
  });
  await readContainers<'pages', PagesProgress>(context, each, async session => {
    await list(session);
    const finish = await confirmMissing(session, {
      again: async () => void (await list(session)),
      look: pageId => lookAtPage(context, pageId),
    });
    return { ...finish, watermark: session.progress.newest };
  });
}

/** A space where nothing can be missing ends with its list. */
async function list(session: Session): Promise<void> {
  const { clientFor } = session.context.parts;
  const client = clientFor('policy');
  let { newest } = session.progress;
  await walk(session, {
    fetch: place =>
      client.pagesInSpace(session.read.key, { ...place, status: PAGE_STATES }),
    take: ({ items }) => {
      for (const { version } of items) {
        newest = later(newest, version.createdAt);
      }
      return { rows: items.map(pageRow), progress: { newest } };
    },
    ends: () => ({ outcome: 'complete', watermark: newest }),
  });
}

/**
 * A page the list of its space no longer has. One that is still there stays, whatever the list said,
 * and so does one that is only hidden from us.
 */
async function lookAtPage(
  context: RunContext,
  pageId: string,
): Promise<Look<'pages'>> {
  const { clientFor, signal } = context.parts;
  try {
    const page = await clientFor('policy').page(pageId, { signal });
    return PAGE_STATES.some(state => state === page.status)
      ? { row: pageRow(page) }
      : 'gone';
  } catch (error) {
    if (error instanceof NotVisibleError) {
      return lookAtLostPage(context, pageId);
    }
    throw error;
  }
}
