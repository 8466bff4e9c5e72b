// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { isPostgres } from './engine';

/** Fewer rows than this are left to the vacuum. */
const MANY_ROWS = 10_000;

/** How long others may wait for this, and this for others; a vacuum makes way after a second. */
const LOCK_TIMEOUT = '1500ms';

/** Errors of PostgreSQL: a lock was not to be had in time, two waited for each other, who asks may not. */
const LEFT_TO_VACUUM = ['55P03', '40P01', '42501'];

/**
 * Empties the table of what is staged on PostgreSQL, once many rows of it were published and nobody else
 * has any. Deleted rows stay until a vacuum comes, which is minutes later, and until then whatever goes
 * through the table goes through all of them. Where somebody is at work on it, they stay.
 */
export async function emptyStaged(
  knex: Knex,
  publishedRows: number,
): Promise<void> {
  if (!isPostgres(knex) || publishedRows < MANY_ROWS) {
    return;
  }
  try {
    await knex.transaction(async tx => {
      await tx.raw(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
      await tx.raw('lock table history_staged in access exclusive mode');
      // Whoever stages has such a read, or holds the table.
      const others = await tx('history_reads')
        .whereNull('published_at')
        .first('id');
      if (!others) {
        await tx.raw('truncate table history_staged');
      }
    });
  } catch (error) {
    if (!LEFT_TO_VACUUM.includes((error as { code?: string }).code ?? '')) {
      throw error;
    }
  }
}
