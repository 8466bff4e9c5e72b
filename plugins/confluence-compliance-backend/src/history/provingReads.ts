// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { ReadRow } from './reads';
import type { Container } from './types';
import type { Revision } from './words';

/** A read that saw all of its container. */
export interface ProvingRead {
  id: string;
  /** ISO time in UTC. */
  startedAt: string;
  /** ISO time in UTC: by then it had seen all that it says. */
  finishedAt: string;
  /** The revision in force right after it. */
  publishedAt: Revision;
}

/** The first and the last read that saw all of a container since a time. */
export interface ProvingReads {
  first: ProvingRead;
  last: ProvingRead;
}

/** Which reads prove something. */
export interface ProvingSince {
  /** They began after this ISO time. */
  after: string;
  scope: string;
  /** They were published in this revision or later. */
  publishedFrom?: Revision;
  /**
   * A partial read counts, too, where the end of Confluence's user search is all that was missing:
   * whoever is known was looked up.
   */
  capped?: boolean;
}

/**
 * The published reads of a container that were full and complete, under this scope and without a
 * refused removal, and that began after a time; undefined where there is none.
 */
export async function provingReads(
  knex: Knex,
  { source, dataset, key }: Container,
  { after, scope, publishedFrom = 0, capped = false }: ProvingSince,
): Promise<ProvingReads | undefined> {
  const read = (order: 'asc' | 'desc') =>
    knex<ReadRow>('history_reads')
      .where({ source, dataset, container: key, scope })
      .where('started_at', '>', after)
      .where({ mode: 'full' })
      .where(whole => {
        whole.where({ outcome: 'complete' });
        if (capped) {
          whole.orWhere(partly =>
            partly.where({ outcome: 'partial' }).whereLike('reason', 'cap: %'),
          );
        }
      })
      .where('published_at', '>=', publishedFrom)
      .where(none => none.whereNull('refused').orWhere('refused', 0))
      .orderBy([
        { column: 'started_at', order },
        { column: 'ordinal', order },
      ])
      .first('id', 'started_at', 'finished_at', 'published_at');
  const first = await read('asc');
  const last = await read('desc');
  return first && last && { first: toProving(first), last: toProving(last) };
}

function toProving(
  row: Pick<ReadRow, 'id' | 'started_at' | 'finished_at' | 'published_at'>,
): ProvingRead {
  return {
    id: row.id,
    startedAt: row.started_at,
    finishedAt: row.finished_at as string,
    publishedAt: row.published_at as Revision,
  };
}
