// SPDX-License-Identifier: Apache-2.0
import {
  assertFreshCursor,
  type ConfluencePage,
} from '@confluence-compliance/atlassian-client';
import { groupBy } from 'lodash';
import type { PagesWalk } from '../plan';
import { isFatal, parseReason, reasonOf } from '../reasons';
import { ReadSession } from '../ReadSession';
import type { RunContext } from '../RunContext';
import {
  later,
  PAGE_STATES,
  pageRow,
  type PagesProgress,
  readSpacesWhole,
} from './pages';
import { spacesOf } from './spaces';

/** Clocks differ and indexes lag, so the walk goes on this far below the watermark. */
const MARGIN_MS = 10 * 60 * 1000;

type Session = ReadSession<'pages', PagesProgress>;

/**
 * Reads what changed since the watermark, newest first over the whole site.
 * Spaces whose last read was not complete are read whole, but for those where only pages were hidden.
 */
export async function readPagesIncremental(context: RunContext): Promise<void> {
  const { history, connection, pagesWatermark, plan, savePlan } = context.parts;
  const states = await history.containers({
    source: connection,
    dataset: 'pages',
  });
  const complete = new Set<string>();
  const hidden = new Map<string, string>();
  for (const { key, completeAt, outcome, reason = '' } of states) {
    if (completeAt && outcome === 'complete') {
      complete.add(key);
    } else if (
      completeAt &&
      outcome === 'partial' &&
      parseReason(reason).code === 'not-visible'
    ) {
      hidden.set(key, reason);
    }
  }
  // Pages that stay hidden are not found by reading their space again and again.
  const fresh = [...(await spacesOf(context))].filter(
    key =>
      pagesWatermark === undefined || !(complete.has(key) || hidden.has(key)),
  );
  await context.setTotal('pages', fresh.length);
  await readSpacesWhole(context, fresh);
  if (!plan.walk) {
    plan.walk = pagesWatermark
      ? await walkRecent(context, Date.parse(pagesWatermark) - MARGIN_MS, {
          skip: new Set(fresh),
          hidden,
        })
      : { malformed: 0 };
    await savePlan(plan);
  }
}

/**
 * Walks from the newest change down; it is begun anew when a slice ends in it.
 *
 * @param spaces - those to leave out, and those with hidden pages, with the reason that says so
 */
async function walkRecent(
  context: RunContext,
  until: number,
  { skip, hidden }: { skip: Set<string>; hidden: Map<string, string> },
): Promise<PagesWalk> {
  const { clientFor, signal } = context.parts;
  const client = clientFor('policy');
  const sessions = new Map<string, Session>();
  const seen = new Set<string>();
  const walk: PagesWalk = { malformed: 0 };
  let cursor: string | undefined;
  try {
    do {
      context.checkpoint();
      const page = await client.pages({
        cursor,
        status: PAGE_STATES,
        sort: '-modified-date',
        signal,
      });
      const recent = page.items.filter(item => changedAt(item) >= until);
      for (const { version } of recent) {
        walk.newest = later(walk.newest, version.createdAt);
      }
      walk.malformed += page.malformed.length;
      await stageBySpace(
        context,
        sessions,
        recent.filter(({ spaceId }) => !skip.has(spaceId)),
      );
      cursor = recent.length < page.items.length ? undefined : page.next;
      assertFreshCursor(seen, cursor);
    } while (cursor !== undefined);
  } catch (error) {
    if (isFatal(error)) {
      throw error;
    }
    walk.failed = reasonOf(error);
  }
  for (const [key, session] of sessions) {
    if (!session.read.finishedAt) {
      const reason = hidden.get(key);
      await session.finish({
        outcome: reason ? 'partial' : 'complete',
        reason,
        watermark: walk.newest,
      });
    }
  }
  return walk;
}

/** A page that does not say when it changed counts as changed. */
function changedAt({ version }: ConfluencePage): number {
  return version.createdAt ? Date.parse(version.createdAt) : Infinity;
}

async function stageBySpace(
  context: RunContext,
  sessions: Map<string, Session>,
  pages: ConfluencePage[],
): Promise<void> {
  for (const [key, ofSpace] of Object.entries(groupBy(pages, 'spaceId'))) {
    const session = await sessionOf(context, sessions, key);
    if (!session.read.finishedAt) {
      await session.stage(ofSpace.map(pageRow), {});
    }
  }
}

async function sessionOf(
  context: RunContext,
  sessions: Map<string, Session>,
  key: string,
): Promise<Session> {
  const known = sessions.get(key);
  if (known) {
    return known;
  }
  const session = await ReadSession.begin<'pages', PagesProgress>(context, {
    dataset: 'pages',
    key,
    mode: 'incremental',
    purpose: 'policy',
  });
  sessions.set(key, session);
  return session;
}
