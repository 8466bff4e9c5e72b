// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import type { ReadRow } from './reads';
import { type Revision, wholeModes } from './words';

/** The end of the newest whole read of a dataset that was known at a moment; undefined where none was. */
export async function newestWholeRead(
  knex: Knex,
  { source, dataset }: { source: string; dataset: string },
  { revision, moment }: { revision: Revision; moment: string },
): Promise<string | undefined> {
  const row = await knex<ReadRow>('history_reads')
    .where({ source, dataset, outcome: 'complete' })
    .whereIn('mode', [...wholeModes])
    .where('finished_at', '<=', moment)
    .where('published_at', '<=', revision)
    .orderBy('finished_at', 'desc')
    .first('finished_at');
  return row?.finished_at ?? undefined;
}
