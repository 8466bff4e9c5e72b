// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { readClock, revisionGone, takeRevision } from './clock';
import { databaseTime, inTransaction, onSnapshot } from './engine';
import { RevisionGoneError } from './errors';
import { readStates, SubjectRow } from './feedStates';
import { Changes, ChangesOptions, FeedConsumer } from './feedTypes';
import { entityName } from './entityName';
import { cleanText } from './payload';
import { decodePosition, encodePosition } from './position';
import { PublishOutcome } from './types';

const MAX_LIMIT = 500;

/** What changed after a position, each subject once, as it is at the head. */
export async function readChanges(
  knex: Knex,
  options: ChangesOptions,
): Promise<Changes> {
  const { limit, kinds } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(`limit must be a whole number from 1 to ${MAX_LIMIT}`);
  }
  const { position, whole } = decodePosition(options.since);
  return onSnapshot(knex, async tx => {
    const { revision: head, oldest } = await readClock(tx);
    const { revision, kind, connection, id, seen } = position;
    if (seen > head) {
      throw new RevisionGoneError(
        `since is after the newest revision ${head}: start over without it`,
      );
    }
    if (revision > 0 && seen < oldest) {
      throw await revisionGone(tx, 'since', oldest);
    }
    const select = tx<SubjectRow>('history_subjects')
      .orderBy(['revision', 'kind', 'connection', 'id'])
      .limit(limit + 1);
    if (whole) {
      select.where('revision', '>', revision);
    } else {
      select.whereRaw('(revision, kind, connection, id) > (?, ?, ?, ?)', [
        revision,
        kind,
        connection,
        id,
      ]);
    }
    if (kinds) {
      select.whereIn('kind', kinds);
    }
    const found = await select;
    const rows = found.slice(0, limit);
    const last = rows[rows.length - 1];
    return {
      items: await readStates(tx, rows, head),
      next: encodePosition({ ...(last ?? position), seen: head }),
      head,
      more: found.length > limit,
    };
  });
}

/** Makes the site a subject of the feed, or gives it another title. */
export async function touchSite(
  knex: Knex,
  connection: string,
  siteTitle: string,
): Promise<PublishOutcome> {
  const title = cleanText(siteTitle);
  const ref = { kind: 'site' as const, connection, id: connection };
  return inTransaction(knex, async tx => {
    const outcome = { opened: 0, changed: 0, removed: 0, refused: [] };
    // The row is inserted first: who comes second waits here, not at the clock.
    await tx('history_subjects')
      .insert({
        ...ref,
        name: entityName(ref, title),
        revision: 0,
        gone: false,
      })
      .onConflict(['kind', 'connection', 'id'])
      .ignore();
    const known = await tx<SubjectRow>('history_subjects')
      .where(ref)
      .forUpdate()
      .first();
    if (known?.title === title && !known.gone) {
      return outcome;
    }
    const revision = await takeRevision(tx, {
      kind: 'site',
      sources: [connection],
    });
    await tx('history_subjects')
      .where(ref)
      .update({ title, revision, gone: false });
    return { ...outcome, revision };
  });
}

/** What the consumer saved last. */
export async function readConsumer(
  knex: Knex,
  id: string,
): Promise<FeedConsumer | undefined> {
  const row = await knex('feed_consumers').where({ id }).first();
  return (
    row && {
      id: row.id,
      position: row.position ?? undefined,
      fingerprint: row.fingerprint ?? undefined,
      updatedAt: row.updated_at,
    }
  );
}

export async function writeConsumer(
  knex: Knex,
  id: string,
  state: Pick<FeedConsumer, 'position' | 'fingerprint'>,
): Promise<void> {
  decodePosition(state.position, 'position');
  await inTransaction(knex, async tx => {
    await tx('feed_consumers')
      .insert({
        id,
        position: state.position ?? null,
        fingerprint: state.fingerprint ?? null,
        updated_at: await databaseTime(tx),
      })
      .onConflict('id')
      .merge();
  });
}
