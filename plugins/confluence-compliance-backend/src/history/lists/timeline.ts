// SPDX-License-Identifier: Apache-2.0
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  Page,
  TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { readClock } from '../clock';
import type { Revision } from '../words';
import { Cursor, Cursors } from './cursor';
import { checkRevision, COUNT_LIMIT, countUpTo } from './page';
import { statesAround, TrackState } from './timelineStates';
import {
  eventsOf,
  rowsOf,
  TimelineSubject,
  Track,
  TrackDataset,
  TrackEvent,
  tracksOf,
} from './tracks';

/** One change, in ids and words of Atlassian. */
export interface TimelineRecord extends TrackEvent {
  dataset: TrackDataset;
  kind: 'opened' | 'changed' | 'closed';
  /** ISO time of the revision. */
  at: string;
  run?: string;
  before?: TrackState;
  after?: TrackState;
}

export interface TimelineOptions {
  subject: TimelineSubject;
  only?: 'access';
  /** The newest revision that is told of; a cursor brings its own. */
  revision: Revision;
  cursor?: string;
  limit: number;
}

type Found = TrackEvent & { track: number };

/**
 * What became of a subject since the oldest revision that is kept, newest first. NotFoundError when nothing was ever seen of it; a broken
 * or foreign cursor is an InputError.
 */
export async function readTimeline(
  knex: Knex,
  options: TimelineOptions,
): Promise<Page<TimelineRecord>> {
  const { subject, only, limit } = options;
  const cursors = new Cursors('timeline', { ...subject, only }, '-at');
  const start = options.cursor ? cursors.decode(options.cursor) : undefined;
  const revision = start?.revision ?? options.revision;
  if (start) {
    await checkRevision(knex, revision);
  }
  await checkSeen(knex, subject, revision);
  // What stood before the oldest revision is gone, so nobody can say what became of it then.
  const { oldest } = await readClock(knex);
  const tracks = tracksOf(subject, only);
  const after = start && eventOf(start, tracks);
  const found: Found[] = [];
  for (const [track] of tracks.entries()) {
    found.push(
      ...(await eventsAfter(knex, tracks, track, {
        revision,
        oldest,
        after,
        limit,
      })),
    );
  }
  // Within a track they come in order, and the order of texts is the database's.
  found.sort((a, b) => b.revision - a.revision || a.track - b.track);
  const shown = found.slice(0, limit);
  const end = found.length > limit ? shown[shown.length - 1] : undefined;
  return {
    items: await describe(knex, tracks, shown),
    pageInfo: end
      ? {
          nextCursor: cursors.encode({
            revision,
            part: end.track,
            last: [end.revision, ...end.ids],
          }),
        }
      : {},
    totalItems:
      start || end
        ? await countAll(knex, tracks, { oldest, revision })
        : shown.length,
    revision,
  };
}

/** Throws unless something was seen of the subject by then. */
async function checkSeen(
  knex: Knex,
  { kind, connection, id }: TimelineSubject,
  revision: Revision,
): Promise<void> {
  const seen = await knex(`history_${kind}s as t`)
    .where({ 't.source': connection, 't.key': id })
    .where('t.opened', '<=', revision)
    .first('t.row_id');
  if (!seen) {
    throw new NotFoundError(
      `There was no ${kind} '${id}' in the connection '${connection}' by revision ${revision}`,
    );
  }
}

function eventOf({ part, last, revision: of }: Cursor, tracks: Track[]): Found {
  const [revision, ...ids] = last;
  if (
    typeof revision !== 'number' ||
    revision < 0 ||
    revision > of ||
    ids.length !== tracks[part]?.ids.length
  ) {
    throw new InputError(
      'cursor does not fit this list: start again without it',
    );
  }
  return { revision, ids: ids.map(String), track: part };
}

/** The next events of one track; changes of one revision are told track by track. */
async function eventsAfter(
  knex: Knex,
  tracks: Track[],
  track: number,
  options: {
    revision: Revision;
    oldest: Revision;
    after?: Found;
    limit: number;
  },
): Promise<Found[]> {
  const { revision, after } = options;
  const newest = after
    ? after.revision - (track < after.track ? 1 : 0)
    : revision;
  const rows: Array<{ revision: number; i0: string; i1?: string }> =
    await eventsOf(knex, tracks[track], {
      upTo: Math.min(newest, revision),
      since: options.oldest,
      after: after?.track === track ? after : undefined,
      limit: options.limit + 1,
    });
  return rows.map(({ revision: at, i0, i1 }) => ({
    revision: at,
    ids: i1 === undefined ? [i0] : [i0, i1],
    track,
  }));
}

async function countAll(
  knex: Knex,
  tracks: Track[],
  { oldest, revision }: { oldest: Revision; revision: Revision },
): Promise<TotalItems> {
  let count = 0;
  for (const track of tracks) {
    const limit = COUNT_LIMIT + 1;
    const events = eventsOf(knex, track, {
      upTo: revision,
      since: oldest,
      limit,
    });
    const total = await countUpTo(knex, knex.from(events.select('*').as('n')));
    if (typeof total !== 'number' || count + total > COUNT_LIMIT) {
      return { atLeast: COUNT_LIMIT };
    }
    count += total;
  }
  return count;
}

async function describe(
  knex: Knex,
  tracks: Track[],
  found: Found[],
): Promise<TimelineRecord[]> {
  const revisions: Array<{
    revision: Revision;
    committed_at: string;
    run_id: string | null;
  }> = await knex('history_revisions')
    .whereIn('revision', [...new Set(found.map(({ revision }) => revision))])
    .select('revision', 'committed_at', 'run_id');
  const commits = new Map(revisions.map(row => [row.revision, row]));
  const states = await Promise.all(
    tracks.map((track, i) =>
      statesAround(
        knex,
        () => rowsOf(knex, track),
        track,
        found.filter(event => event.track === i),
      ),
    ),
  );
  return found.map(({ track, revision, ids }) => {
    const { before, after } = states[track]({ revision, ids });
    const commit = commits.get(revision);
    const kind = after ? 'changed' : 'closed';
    return {
      dataset: tracks[track].dataset,
      kind: before ? kind : 'opened',
      revision,
      ids,
      at: commit?.committed_at ?? '',
      run: commit?.run_id ?? undefined,
      before,
      after,
    };
  });
}
