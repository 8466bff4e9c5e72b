// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { levelOf, rankSql } from './accessLevel';
import { type Powers, roleOf } from './access';
import type { Track, TrackEvent } from './tracks';

/** What held of something: the payload of its row, or what all grants to a principal allow. */
export type TrackState = Record<string, unknown> | Omit<Powers, 'since'>;

interface StateRow {
  i0: string;
  i1?: string;
  opened: Revision;
  closed: Revision | null;
  payload: string;
  rank?: number | string;
}

const nameOf = (ids: Array<string | undefined>) =>
  JSON.stringify(ids.filter(id => id !== undefined));

/** Looks up what held just before an event, and what held from it on. */
export async function statesAround(
  knex: Knex,
  rows: () => Knex.QueryBuilder,
  track: Track,
  events: TrackEvent[],
): Promise<(event: TrackEvent) => { before?: TrackState; after?: TrackState }> {
  const byThing = new Map<string, StateRow[]>();
  if (events.length > 0) {
    const revisions = events.map(({ revision }) => revision);
    const oldest = Math.min(...revisions);
    const query = rows()
      .where('t.opened', '<=', Math.max(...revisions))
      .where(either =>
        either.whereNull('t.closed').orWhere('t.closed', '>=', oldest),
      )
      .select('t.opened', 't.closed', 't.payload')
      .select(
        Object.fromEntries(track.ids.map((id, i) => [`i${i}`, `t.${id}`])),
      );
    if (track.dataset === 'grants') {
      query.select(knex.raw(`${rankSql('t')} as rank`));
    }
    track.among(
      query,
      events.map(({ ids }) => ids),
    );
    for (const row of (await query) as StateRow[]) {
      const name = nameOf([row.i0, row.i1]);
      byThing.set(name, [...(byThing.get(name) ?? []), row]);
    }
  }
  return ({ revision, ids }) => {
    const all = byThing.get(nameOf(ids)) ?? [];
    return {
      before: toState(
        track,
        all.filter(row => holds(row, revision - 1)),
      ),
      after: toState(
        track,
        all.filter(row => holds(row, revision)),
      ),
    };
  };
}

function holds({ opened, closed }: StateRow, revision: Revision): boolean {
  return opened <= revision && (closed === null || closed > revision);
}

function toState(track: Track, rows: StateRow[]): TrackState | undefined {
  if (rows.length === 0) {
    return undefined;
  }
  const payloads = rows.map(({ payload }) => JSON.parse(payload));
  return track.dataset === 'grants'
    ? {
        level: levelOf(Math.max(...rows.map(({ rank }) => Number(rank)))),
        operations: payloads
          .map(({ operation, target }) => `${operation}:${target}`)
          .sort(),
        ...roleOf(payloads),
      }
    : payloads[0];
}
