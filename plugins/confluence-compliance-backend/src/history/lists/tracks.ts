// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';

/** What a timeline is about. */
export interface TimelineSubject {
  kind: 'account' | 'group' | 'space';
  connection: string;
  /** Account id, group id or id of the space. */
  id: string;
}

export type TrackDataset =
  | 'accounts'
  | 'identity_links'
  | 'groups'
  | 'spaces'
  | 'memberships'
  | 'grants';

/** One dataset that speaks of a subject: the rows that do, and the columns that tell them apart. */
export interface Track {
  dataset: TrackDataset;
  where: Record<string, string>;
  ids: string[];
  /** Restricts rows to some of the things that are told apart. */
  among(query: Knex.QueryBuilder, ids: string[][]): void;
}

const byKey = (dataset: TrackDataset, source: string, key: string): Track => ({
  dataset,
  where: { source, key },
  ids: ['key'],
  among: () => {},
});

/** @param keyOf - the key of a membership by the id at its other end */
function memberships(
  where: Record<string, string>,
  other: string,
  keyOf: (id: string) => string,
): Track {
  return {
    dataset: 'memberships',
    where,
    ids: [other],
    // Of a hundred thousand members some are found by their keys.
    among: (query, ids) =>
      query.whereIn(
        't.key',
        ids.map(([id]) => keyOf(id)),
      ),
  };
}

function grants(where: Record<string, string>, ids: string[]): Track {
  return {
    dataset: 'grants',
    where,
    ids,
    among: (query, found) =>
      ids.forEach((column, i) =>
        query.whereIn(`t.${column}`, [...new Set(found.map(id => id[i]))]),
      ),
  };
}

/**
 * The datasets that speak of a subject, in the order in which changes of one revision are told.
 * The subject itself comes last: newest is first, and it was there before all that is said of it.
 */
export function tracksOf(
  { kind, connection: source, id }: TimelineSubject,
  only?: 'access',
): Track[] {
  const to = { source, principal_type: kind, principal_id: id };
  const all: Record<TimelineSubject['kind'], () => Track[]> = {
    account: () => [
      byKey('identity_links', 'identity', id),
      memberships(
        { source, account_id: id },
        'group_id',
        group => `${group}/${id}`,
      ),
      grants(to, ['space_id']),
      byKey('accounts', source, id),
    ],
    group: () => [
      memberships(
        { source, group_id: id },
        'account_id',
        account => `${id}/${account}`,
      ),
      grants(to, ['space_id']),
      byKey('groups', source, id),
    ],
    space: () => [
      grants({ source, space_id: id }, ['principal_type', 'principal_id']),
      byKey('spaces', source, id),
    ],
  };
  return all[kind]().filter(
    ({ dataset }) => !only || dataset === 'memberships' || dataset === 'grants',
  );
}

/** Something of a track that began, changed or ended. */
export interface TrackEvent {
  revision: Revision;
  ids: string[];
}

/** Rows of a track, whenever they hold. */
export function rowsOf(knex: Knex, { dataset, where }: Track) {
  const query = knex.from(`history_${dataset} as t`);
  for (const [column, value] of Object.entries(where)) {
    query.where(`t.${column}`, value);
  }
  return query;
}

/**
 * The events of a track after one revision and up to another, newest first, each once: columns `revision`, `i0`, `i1`.
 * Both what began and what ended is read along an index, no further than the limit.
 */
export function eventsOf(
  knex: Knex,
  track: Track,
  options: {
    upTo: Revision;
    since: Revision;
    after?: TrackEvent;
    limit: number;
  },
): Knex.QueryBuilder {
  const { upTo, since, after, limit } = options;
  const names = track.ids.map((_, i) => `i${i}`);
  const side = (column: 'opened' | 'closed') => {
    const columns = [column, ...track.ids].map(name => `t.${name}`);
    const query = rowsOf(knex, track)
      .where(`t.${column}`, '<=', upTo)
      .where(`t.${column}`, '>', since)
      // This is always so, and the indexes of timelines ask for it.
      .whereRaw(`t.${column} > 0`)
      .distinct({
        revision: `t.${column}`,
        ...Object.fromEntries(track.ids.map((id, i) => [names[i], `t.${id}`])),
      })
      .orderBy(columns.map(name => ({ column: name, order: 'desc' })))
      .limit(limit);
    if (after) {
      query.whereRaw(
        `(${columns.join(', ')}) < (${columns.map(() => '?').join(', ')})`,
        [after.revision, ...after.ids],
      );
    }
    return knex.from(query.as(column)).select('*');
  };
  return knex
    .from(side('opened').union(side('closed')).as('e'))
    .orderBy(
      ['revision', ...names].map(name => ({ column: name, order: 'desc' })),
    )
    .limit(limit);
}
