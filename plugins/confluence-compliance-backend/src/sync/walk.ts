// SPDX-License-Identifier: Apache-2.0
import {
  assertFreshCursor,
  cursorBehind,
  type ListPage,
} from '@confluence-compliance/atlassian-client';
import type { DatasetName, DatasetPayloads, ObservedRow } from '../history';
import type { Progress, ReadSession, StageExtras } from './ReadSession';

/** A place in a list, as it is asked for. */
export interface ListPlace {
  cursor?: string;
  /** How many requests are to follow the one for it. */
  toFollow: number;
  /** Ends the request when nobody waits for it any more. */
  signal: AbortSignal;
}

/**
 * Nobody knows how long a list is that begins, and the sooner that is known the better: only lists that
 * are known to go on for longer are ahead of it.
 */
const BEGIN = { toFollow: 1 };

/** How many pages are asked for before the one that is being stored was. */
const AHEAD = 8;

/** A page that was asked for. */
interface Asked<L> {
  cursor: string;
  page: Promise<L>;
}

interface Walk<
  D extends DatasetName,
  P extends Progress,
  L extends ListPage<unknown>,
  Place = ListPlace,
> {
  fetch(place: Place): Promise<L>;
  /** What a page adds; `stop` ends the list early, and `left` is how many rows are still to come. */
  take(page: L): {
    rows: ObservedRow<DatasetPayloads[D]>[];
    work?: StageExtras['work'];
    progress?: Partial<P>;
    stop?: boolean;
    left?: number;
  };
  /** How the read ends with the last page where nothing can be missing; absent: not there. */
  ends?: StageExtras['finish'];
}

/**
 * Walks a list from where the session stands to its end. Pages are asked for while earlier ones are being
 * stored: the next one, or several where the list says how long it is and is read by position. A page
 * counts only where the one before it says that it is the next. The last one is asked for when all others
 * are there, so that what it says of the list is said after them.
 */
export async function walk<
  D extends DatasetName,
  P extends Progress,
  L extends ListPage<unknown>,
>(session: ReadSession<D, P>, options: Walk<D, P, L>): Promise<void> {
  if (session.progress.listed) {
    return;
  }
  const { parts } = session.context;
  const walking = new AbortController();
  const signal = AbortSignal.any([parts.signal, walking.signal]);
  const fetch = (place: Omit<ListPlace, 'signal'>) =>
    options.fetch({ ...place, signal });
  try {
    await walkOn(session, { ...options, fetch });
  } finally {
    // Whatever stopped it, no page is asked for that nobody waits for.
    walking.abort();
  }
}

async function walkOn<
  D extends DatasetName,
  P extends Progress,
  L extends ListPage<unknown>,
>(
  session: ReadSession<D, P>,
  { fetch, take, ends }: Walk<D, P, L, Omit<ListPlace, 'signal'>>,
): Promise<void> {
  const { context } = session;
  const { cursor: begun } = session.progress;
  const seen = new Set<string>();
  assertFreshCursor(seen, begun);
  context.checkpoint();
  const asked: Asked<L>[] = [];
  /** Stores a page and asks for the next ones; gives where the list goes on. */
  const step = async (page: L): Promise<string | undefined> => {
    const { malformed } = page;
    const { rows, work, progress, stop, left = 0 } = take(page);
    const cursor = stop ? undefined : page.next;
    // A list in circles ends here, before its rows are counted twice.
    assertFreshCursor(seen, cursor);
    if (asked[0]?.cursor !== cursor) {
      // The list is not what it was: it goes on where it says.
      asked.length = 0;
    }
    if (cursor !== undefined && !context.parts.isOver()) {
      for (const place of placesFrom(cursor, page, left).slice(asked.length)) {
        const next = fetch(place);
        next.catch(() => {});
        asked.push({ cursor: place.cursor, page: next });
      }
    }
    const listed = cursor === undefined;
    await session.stage(
      rows,
      { ...session.progress, ...progress, cursor, listed },
      {
        malformed: malformed.length || undefined,
        work,
        finish: listed && !session.read.stood ? ends : undefined,
      },
    );
    return cursor;
  };
  // Many lists wait at the same time: none of them keeps a page that is stored.
  let next = fetch(
    begun === undefined ? BEGIN : { cursor: begun, toFollow: 0 },
  );
  for (;;) {
    const cursor = await step(await next);
    if (cursor === undefined) {
      return;
    }
    context.checkpoint();
    next = asked.shift()?.page ?? fetch({ cursor, toFollow: 0 });
  }
}

/** The next pages that can be asked for now: at least the next one, and the last one only as that. */
function placesFrom(
  cursor: string,
  { items, malformed, limit }: ListPage<unknown>,
  left: number,
): Array<{ cursor: string; toFollow: number }> {
  const size = items.length + malformed.length;
  // A page that is not full says nothing of how many there are: the next ones may be.
  const pages = Math.max(Math.ceil(left / Math.max(limit ?? size, 1)), 1);
  const places = [{ cursor, toFollow: pages - 1 }];
  for (let n = 1; n < Math.min(pages - 1, AHEAD) && size === limit; n++) {
    const further = cursorBehind(cursor, n * size);
    if (further === undefined) {
      break;
    }
    places.push({ cursor: further, toFollow: pages - 1 - n });
  }
  return places;
}
