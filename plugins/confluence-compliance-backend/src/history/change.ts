// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { applyDelta } from './apply';
import { Tick } from './clock';
import { profileOf } from './closedProfiles';
import { lockWriters } from './compare';
import { markGone } from './containers';
import { keepReason } from './decisionReasons';
import { DatasetDefinition, definitionOf } from './definitions';
import { inTransaction } from './engine';
import { withoutErased } from './erasedAccounts';
import { PROFILES, recordProfiles } from './profileDelta';
import { cleanProfile } from './profiles';
import { Writing } from './publish';
import { ReadRow } from './reads';
import { writeStaged } from './stagedRows';
import {
  AcceptShrink,
  Change,
  ChangeOptions,
  Container,
  ObservedRow,
  PublishOutcome,
} from './types';

type Operation =
  | { kind: 'put'; container: Container; row: ObservedRow }
  | { kind: 'remove'; container: Container; key: string }
  | { kind: 'removeContainer'; container: Container };

async function openRow(
  tx: Knex.Transaction,
  definition: DatasetDefinition,
  source: string,
  key: string,
) {
  return tx(definition.table)
    .where({ source, key })
    .whereNull('closed')
    .first('row_id', 'container');
}

/** Notes one put or remove in `history_delta`; the last word on a key wins. */
async function noteOperation(
  tx: Knex.Transaction,
  batch: string,
  definition: DatasetDefinition,
  operation: Operation,
): Promise<void> {
  const { source, dataset, key: container } = operation.container;
  const lane = { batch, source, dataset };
  if (operation.kind === 'removeContainer') {
    await tx('history_delta')
      .where({ ...lane, container })
      .delete();
    await tx.raw(
      `insert into history_delta
         (batch, source, dataset, key, action, row_id, container)
       select ?, ?, ?, key, 'close', row_id, container from ${definition.table}
       where source = ? and container = ? and closed is null`,
      [batch, source, dataset, source, container],
    );
    return;
  }
  const key = operation.kind === 'put' ? operation.row.key : operation.key;
  await tx('history_delta')
    .where({ ...lane, key })
    .delete();
  const open = await openRow(tx, definition, source, key);
  if (operation.kind === 'remove') {
    if (open) {
      await tx('history_delta').insert({
        ...lane,
        key,
        action: 'close',
        row_id: open.row_id,
        container: open.container,
      });
    }
    return;
  }
  // Nobody counts what a change has seen.
  const read = { id: batch, container, rows: 0 };
  const row = await withoutErased(tx, dataset, operation.row);
  await writeStaged(tx, definition, source, [{ read, row }]);
  const staged = await tx('history_staged')
    .where({ read_id: batch, key })
    .first('payload', 'rewrite_of');
  if (staged.payload !== null) {
    const changed = staged.rewrite_of === null ? 'change' : 'rewrite';
    await tx('history_delta').insert({
      ...lane,
      key,
      action: open ? changed : 'open',
      row_id: open?.row_id,
      read_id: batch,
      container,
    });
  }
}

async function finish(
  tx: Knex.Transaction,
  writing: Writing,
  batch: string,
  tick: Omit<Tick, 'sources'>,
): Promise<PublishOutcome> {
  const { definitions, pageSubjects } = writing;
  const written = await applyDelta(tx, {
    batch,
    definitions,
    pageSubjects,
    tick,
  });
  await tx('history_staged').where({ read_id: batch }).delete();
  const { revision, opened, changed, removed } = written;
  return { revision, opened, changed, removed, refused: [] };
}

/** Small direct changes, all in one revision. */
export async function changeRows(
  writing: Writing,
  options: ChangeOptions,
  write: (change: Change) => Promise<void>,
): Promise<PublishOutcome> {
  const operations: Operation[] = [];
  // Collected before the transaction: the callback may read the history, and
  // locks are then taken in one order.
  await write({
    async put(container, row) {
      operations.push({ kind: 'put', container, row });
    },
    async remove(container, key) {
      operations.push({ kind: 'remove', container, key });
    },
    async removeContainer(container) {
      operations.push({ kind: 'removeContainer', container });
    },
  });
  const profiles = operations.flatMap(operation => {
    const profile =
      operation.kind === 'put' &&
      profileOf(operation.container.dataset, operation.row);
    return profile ? [cleanProfile(profile)] : [];
  });
  return inTransaction(writing.knex, async tx => {
    await options.fence?.(tx);
    await lockWriters(tx, [
      ...operations.map(operation => operation.container),
      ...(profiles.length > 0 ? [PROFILES] : []),
    ]);
    const batch = randomUUID();
    for (const operation of operations) {
      const { dataset } = operation.container;
      const definition = definitionOf(writing.definitions, dataset);
      await noteOperation(tx, batch, definition, operation);
    }
    await recordProfiles(tx, batch, profiles);
    const outcome = await finish(tx, writing, batch, { kind: 'change' });
    await markGone(
      tx,
      operations
        .filter(operation => operation.kind === 'removeContainer')
        .map(operation => operation.container),
    );
    await options.record?.(tx, outcome);
    if (outcome.revision !== undefined && options.entry) {
      await writing.ledger.append(tx, options.entry);
    }
    return outcome;
  });
}

/** Carries out removals that the shrink guard refused. */
export async function acceptShrink(
  writing: Writing,
  { readId, actor, reason, record }: AcceptShrink,
): Promise<PublishOutcome> {
  if (reason.trim() === '') {
    throw new InputError('reason must say why the removal is right');
  }
  return inTransaction(writing.knex, async tx => {
    const read = await tx<ReadRow>('history_reads')
      .where({ id: readId })
      .first();
    if (!read) {
      throw new NotFoundError(`There is no read ${readId}`);
    }
    const { source, dataset, container } = read;
    await lockWriters(tx, [{ source, dataset }]);
    const state = await tx('history_containers')
      .where({ source, dataset, container })
      .first();
    if (!state?.refused || state.last_read_id !== readId) {
      throw new ConflictError(
        `Read ${readId} has no refused removal, or its container was read again since`,
      );
    }
    const definition = definitionOf(writing.definitions, dataset);
    const batch = randomUUID();
    await tx.raw(
      `insert into history_delta
         (batch, source, dataset, key, action, row_id, container)
       select ?, ?, ?, o.key, 'close', o.row_id, o.container
       from history_refused f join ${definition.table} o on o.row_id = f.row_id
       where f.read_id = ? and o.closed is null and o.container = ?`,
      [batch, source, dataset, readId, container],
    );
    const tick = { kind: 'shrink' as const, runId: read.run_id };
    const outcome = await finish(tx, writing, batch, tick);
    await tx('history_refused').where({ read_id: readId }).delete();
    await tx('history_reads').where({ id: readId }).update({ refused: null });
    await tx('history_containers')
      .where({ source, dataset, container })
      .update({ refused: null });
    await record?.(tx);
    const kind = 'shrink.accepted' as const;
    const subject = `${source}/${dataset}/${container}`;
    await writing.ledger.append(tx, {
      kind,
      actor,
      subject,
      payload: {
        readId,
        reason: await keepReason(tx, { kind, subject, actor, reason }),
        removed: outcome.removed,
        ...(outcome.revision === undefined
          ? {}
          : { revision: outcome.revision }),
      },
    });
    return outcome;
  });
}
