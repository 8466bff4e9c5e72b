// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { databaseTime, inTransaction, isPostgres } from './engine';
import { RevisionGoneError } from './errors';
import { Revision } from './words';

/** Clocks of two machines may differ by this much before a time is future. */
const CLOCK_SKEW_MS = 1000;

/** The row of `history_clock`. */
export interface ClockRow {
  revision: number;
  oldest: number;
  committed_at: string | null;
}

/** What a new revision is recorded with. */
export interface Tick {
  kind: 'publish' | 'change' | 'shrink' | 'site';
  sources: string[];
  runId?: string;
}

/** The newest committed revision, and the oldest that can still be asked for. */
export async function readClock(
  knex: Knex,
): Promise<Pick<ClockRow, 'revision' | 'oldest'>> {
  const row = await knex<ClockRow>('history_clock').first('revision', 'oldest');
  return row ?? { revision: 0, oldest: 0 };
}

/** ISO time at which a revision was committed, within the transaction that takes it, too. */
export async function timeOfRevision(
  knex: Knex,
  revision: Revision,
): Promise<string> {
  const row = await knex('history_revisions')
    .where({ revision })
    .first('committed_at');
  if (!row) {
    throw new Error(`There is no revision ${revision}`);
  }
  return row.committed_at;
}

/** The newest committed revision. */
export async function readHead(knex: Knex): Promise<Revision> {
  const row = await knex<ClockRow>('history_clock').first('revision');
  return row?.revision ?? 0;
}

/**
 * Locks the clock and takes the next revision. From here to the commit nobody
 * else can publish, so callers do everything that can be done before, before.
 */
export async function takeRevision(
  tx: Knex.Transaction,
  tick: Tick,
): Promise<Revision> {
  const clock = await tx<ClockRow>('history_clock').forUpdate().first();
  if (!clock) {
    throw new Error('The row of history_clock is missing');
  }
  const now = await databaseTime(tx);
  const committedAt =
    clock.committed_at && clock.committed_at > now ? clock.committed_at : now;
  const revision = clock.revision + 1;
  await tx('history_clock').update({ revision, committed_at: committedAt });
  await tx('history_revisions').insert({
    revision,
    committed_at: committedAt,
    kind: tick.kind,
    source: tick.sources.join(','),
    run_id: tick.runId ?? null,
  });
  return revision;
}

/** What is asked for is not kept any more; names what is. */
export async function revisionGone(
  knex: Knex,
  asked: string,
  oldest: Revision,
): Promise<RevisionGoneError> {
  const row = await knex('history_revisions')
    .where({ revision: oldest })
    .first('committed_at');
  const of = row ? `, of ${row.committed_at}` : '';
  return new RevisionGoneError(
    `${asked} is not kept any more: the oldest revision is ${oldest}${of}`,
  );
}

async function checkRevision(
  knex: Knex,
  asOf: string | number,
  revision: number,
  clock: Pick<ClockRow, 'revision' | 'oldest'>,
): Promise<Revision> {
  if (!Number.isSafeInteger(revision) || revision < 0) {
    throw new InputError(
      `asOf must be a revision (a whole number) or an ISO 8601 time`,
    );
  }
  if (revision > clock.revision) {
    throw new InputError(
      `asOf ${revision} is not known yet: the newest revision is ${clock.revision}`,
    );
  }
  if (revision < clock.oldest) {
    throw await revisionGone(knex, `asOf ${asOf}`, clock.oldest);
  }
  return revision;
}

/**
 * Waits until the database's clock is past the asked time, so that no writer
 * can still commit at or before it.
 */
async function waitUntilPast(tx: Knex, time: DateTime): Promise<void> {
  const asked = time.toMillis();
  for (;;) {
    const ahead = asked - Date.parse(await databaseTime(tx));
    if (ahead < 0) {
      return;
    }
    if (ahead > CLOCK_SKEW_MS) {
      throw new InputError(`asOf ${time.toISO()} is in the future`);
    }
    await sleep(ahead + 1);
  }
}

async function resolveTime(
  knex: Knex,
  asOf: string,
  time: DateTime,
): Promise<Revision> {
  await waitUntilPast(knex, time);
  const clock = await inTransaction(knex, async tx => {
    // A writer in flight may have taken its time before the asked one and
    // commit after it: waiting for the clock's row waits for that writer.
    const select = tx<ClockRow>('history_clock');
    return isPostgres(tx) ? select.forShare().first() : select.first();
  });
  const last = await knex('history_revisions')
    .where('committed_at', '<=', time.toUTC().toISO() ?? '')
    .max({ revision: 'revision' })
    .first();
  return checkRevision(knex, asOf, last?.revision ?? 0, clock as ClockRow);
}

/**
 * The revision that `asOf` means: a revision, or an ISO time for the last
 * revision committed by then. The same time always gives the same answer.
 */
export async function resolveRevision(
  knex: Knex,
  asOf?: string | number,
): Promise<Revision> {
  if (asOf === undefined) {
    return readHead(knex);
  }
  if (typeof asOf === 'string' && !/^\d+$/.test(asOf)) {
    const time = DateTime.fromISO(asOf, { zone: 'utc' });
    if (!time.isValid || !/^\d{4}-\d\d-\d\d/.test(asOf)) {
      throw new InputError(
        `asOf must be a revision (a whole number) or an ISO 8601 time`,
      );
    }
    return resolveTime(knex, asOf, time);
  }
  return checkRevision(knex, asOf, Number(asOf), await readClock(knex));
}
