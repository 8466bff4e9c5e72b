// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { Ledger } from '../ledger';
import { applyDelta } from './apply';
import { readHead } from './clock';
import { compareSlice, lockWriters, Slice } from './compare';
import { recordReads } from './containers';
import { Definitions, definitionOf } from './definitions';
import { emptyStaged } from './emptyStaged';
import { inTransaction } from './engine';
import { stripStaged } from './erasedAccounts';
import { hasProfiles, PROFILES, stageProfiles } from './profileDelta';
import { ReadRow } from './reads';
import { refreshStatistics } from './statistics';
import { PageSubjects } from './subjects';
import { PublishOptions, PublishOutcome } from './types';

/** What every writer of the history needs. */
export interface Writing {
  knex: Knex;
  definitions: Definitions;
  ledger: Ledger;
  pageSubjects: PageSubjects;
}

/**
 * Publishes the finished reads of a run in one transaction. Everything but
 * the writing of the difference happens before the clock is locked.
 */
export async function publishRun(
  writing: Writing,
  options: PublishOptions,
): Promise<PublishOutcome> {
  const { knex, definitions, ledger, pageSubjects } = writing;
  const { runId } = options;
  await refreshStatistics(knex, definitions, runId);
  let rows = 0;
  const published = await inTransaction(knex, async tx => {
    await options.fence?.(tx);
    const finished = () =>
      tx<ReadRow>('history_reads')
        .where({ run_id: runId })
        .whereNotNull('finished_at')
        .whereNull('published_at');
    const lanes = await finished().distinct('source', 'dataset');
    const profiles = await hasProfiles(tx, runId);
    await lockWriters(tx, [...lanes, ...(profiles ? [PROFILES] : [])]);
    // Read again under the locks: another replica may have published them.
    const reads = await finished().orderBy('ordinal').forUpdate();
    rows = reads.reduce((sum, read) => sum + read.rows, 0);
    if (lanes.some(({ dataset }) => dataset === 'people')) {
      await stripStaged(tx, runId);
    }
    const batch = randomUUID();
    const refused: PublishOutcome['refused'] = [];
    for (const { source, dataset } of lanes) {
      const definition = definitionOf(definitions, dataset);
      const slice: Slice = { runId, source, definition };
      refused.push(...(await compareSlice(tx, batch, slice)));
    }
    if (profiles) {
      await stageProfiles(tx, batch, runId);
    }
    const written = await applyDelta(tx, {
      batch,
      definitions,
      pageSubjects,
      tick: { kind: 'publish', runId },
      reads: reads.filter(({ outcome }) =>
        ['complete', 'partial'].includes(outcome ?? ''),
      ),
    });
    const outcome: PublishOutcome = {
      revision: written.revision,
      opened: written.opened,
      changed: written.changed,
      removed: written.removed,
      refused,
    };
    const inForce = written.revision ?? (await readHead(tx));
    await recordReads(tx, reads, inForce, refused);
    await options.record?.(tx, outcome);
    if (outcome.revision !== undefined && options.entry) {
      await ledger.append(tx, options.entry(outcome));
    }
    return outcome;
  });
  await emptyStaged(knex, rows);
  return published;
}
