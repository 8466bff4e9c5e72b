// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  type ConfluenceWriter,
  createConfluenceWriter,
} from '@confluence-compliance/atlassian-client';
import type {
  ExecutedRemovals,
  PlannedRemoval,
  RemovalPreview,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import type { ComplianceConfig } from '../../config';
import { migrateDatabase } from '../../database';
import { databaseTime, type History, inTransaction } from '../../history';
import { canonicalJson, sha256 } from '../../ledger';
import { itemsById, lockOpen } from '../deciding';
import type { ItemRow } from '../rows';
import { reasonOf, type RemovalRow, REMOVALS, removalsOf } from './rows';
import { requestOf, send } from './sending';
import { whyNot, type WhyNotOptions } from './whyNot';

export interface RemovalsOptions extends Omit<WhyNotOptions, 'hasCredential'> {
  config: Pick<ComplianceConfig, 'reviews' | 'connections' | 'atlassian'>;
  database: DatabaseService;
  history: WhyNotOptions['history'] & Pick<History, 'ledger'>;
  /** For tests. */
  createWriter?: typeof createConfluenceWriter;
}

interface Plan {
  row: ItemRow;
  last: RemovalRow | undefined;
  planned: PlannedRemoval;
}

/** Removes what reviews revoked through the API of Confluence, where that is switched on. */
export class Removals {
  readonly #options: RemovalsOptions;
  readonly #knex: Knex;

  static async create(options: RemovalsOptions): Promise<Removals> {
    return new Removals(options, await migrateDatabase(options.database));
  }

  private constructor(options: RemovalsOptions, knex: Knex) {
    this.#options = options;
    this.#knex = knex;
  }

  /**
   * Which requests a removal of these items would send, or why not. Sends nothing. Throws a
   * NotAllowedError where removals are switched off, a NotFoundError for an item that is not there.
   */
  async preview(
    reviewId: string,
    actor: string,
    items: string[],
  ): Promise<RemovalPreview> {
    const plans = await this.#plan(reviewId, items);
    const refused = plans.some(({ planned }) => planned.refused);
    return {
      items: plans.map(({ planned }) => planned),
      ...(!refused && { confirm: confirmOf(reviewId, actor, plans) }),
    };
  }

  /**
   * Sends what the preview has shown, one after the other. Each is claimed and in the ledger before it
   * is sent: whoever is killed meanwhile leaves `unknown`, and nothing is sent again until a whole
   * read that began later still shows it. Throws a ConflictError where anything has changed since
   * the preview.
   */
  async execute(
    reviewId: string,
    actor: string,
    { items, confirm }: { items: string[]; confirm: string },
  ): Promise<ExecutedRemovals> {
    const plans = await this.#plan(reviewId, items);
    for (const { planned } of plans) {
      if (planned.refused) {
        throw new ConflictError(
          `Item ${planned.item} is not removed: ${planned.refused.text}`,
        );
      }
    }
    if (confirmOf(reviewId, actor, plans) !== confirm) {
      throw new ConflictError(
        'confirm is of another preview, or something has changed since: look at the preview again',
      );
    }
    const writers = new Map<string, ConfluenceWriter>();
    const done: ExecutedRemovals['items'] = [];
    try {
      for (const { row, last } of plans) {
        const { connection } = row;
        const writer = writers.get(connection) ?? this.#writer(connection);
        writers.set(connection, writer);
        done.push(await this.#remove(writer, row, last, actor));
      }
    } finally {
      await Promise.all([...writers.values()].map(writer => writer.close()));
    }
    return { items: done };
  }

  async #plan(reviewId: string, items: string[]): Promise<Plan[]> {
    const { removal } = this.#options.config.reviews;
    if (!removal.enabled) {
      throw new NotAllowedError(
        'Removing access is switched off: set confluenceCompliance.reviews.removal.enabled to true',
      );
    }
    await inTransaction(this.#knex, tx => lockOpen(tx, reviewId));
    const rows = await itemsById(this.#knex, reviewId, [...new Set(items)]);
    const removals = await removalsOf(this.#knex, rows);
    const hasCredential = (id: string) =>
      removal.credentials.some(({ connection }) => connection === id);
    const plans: Plan[] = [];
    for (const row of rows) {
      const last = removals.get(row.id);
      const code = await whyNot({ ...this.#options, hasCredential }, row, last);
      plans.push({
        row,
        last,
        planned: {
          item: row.id,
          ...(code === undefined
            ? { request: requestOf(this.#site(row.connection), row) }
            : { refused: reasonOf(code) }),
        },
      });
    }
    return plans;
  }

  async #remove(
    writer: ConfluenceWriter,
    row: ItemRow,
    last: RemovalRow | undefined,
    actor: string,
  ): Promise<ExecutedRemovals['items'][number]> {
    const { history } = this.#options;
    const claim = randomUUID();
    const about = { item: row.id, version: row.version, claim };
    await inTransaction(this.#knex, async tx => {
      await lockOpen(tx, row.review_id);
      const claimedAt = await databaseTime(tx);
      await this.#claim(tx, row, last, { claim, actor, claimedAt });
      await history.ledger.append(tx, {
        kind: 'review.removal-claimed',
        actor,
        subject: row.review_id,
        payload: {
          ...about,
          connection: row.connection,
          group: row.container,
          account: row.principal_id,
        },
      });
    });
    const { outcome, reason } = await send(writer, row);
    const at = await inTransaction(this.#knex, async tx => {
      const answeredAt = await databaseTime(tx);
      await tx(REMOVALS)
        .where({ claim })
        .update({ outcome, reason: reason ?? null, answered_at: answeredAt });
      await history.ledger.append(tx, {
        kind: 'review.removal-answered',
        actor,
        subject: row.review_id,
        payload: { ...about, outcome, ...(reason && { reason }) },
      });
      return answeredAt;
    });
    return {
      item: row.id,
      outcome,
      reason: reason === undefined ? undefined : reasonOf(reason),
      at,
    };
  }

  /** Nobody else sends the same, nor anything for an item that was decided anew. */
  async #claim(
    tx: Knex.Transaction,
    { id, version, review_id: reviewId }: ItemRow,
    last: RemovalRow | undefined,
    {
      claim,
      actor,
      claimedAt,
    }: Record<'claim' | 'actor' | 'claimedAt', string>,
  ): Promise<void> {
    const same = await tx<ItemRow>('review_items')
      .where({ id, version, decision: 'revoke' })
      .first('id');
    const key = { item_id: id, item_version: version };
    const values = {
      claim,
      outcome: 'unknown',
      reason: null,
      actor,
      claimed_at: claimedAt,
      answered_at: null,
    };
    const claimed =
      same &&
      (last
        ? await tx(REMOVALS)
            .where({ ...key, claim: last.claim })
            .update(values)
            .returning('claim')
        : await tx(REMOVALS)
            .insert({ ...key, review_id: reviewId, ...values })
            .onConflict(['item_id', 'item_version'])
            .ignore()
            .returning('claim'));
    if (!claimed || claimed.length === 0) {
      throw new ConflictError(
        `Item ${id} was decided or removed meanwhile by somebody else: look at the preview again`,
      );
    }
  }

  #site(connection: string): string {
    const { connections } = this.#options.config;
    return connections.find(({ id }) => id === connection)?.site ?? '';
  }

  #writer(connection: string): ConfluenceWriter {
    const { config, createWriter = createConfluenceWriter } = this.#options;
    const found = config.reviews.removal.credentials.find(
      one => one.connection === connection,
    );
    if (!found) {
      throw new ConflictError(reasonOf('no-credential').text);
    }
    const { connection: _, ...auth } = found;
    const site = this.#site(connection);
    return createWriter({ ...config.atlassian, site, auth });
  }
}

/** Binds a confirmation to whoever has seen the preview, and to all that it has shown. */
function confirmOf(reviewId: string, actor: string, plans: Plan[]): string {
  return sha256(
    canonicalJson({
      reviewId,
      actor,
      items: plans.map(({ row, last, planned }) => ({
        id: row.id,
        version: row.version,
        last: last?.claim ?? null,
        request: planned.request ?? null,
      })),
    }),
  );
}
