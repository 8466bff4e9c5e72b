// SPDX-License-Identifier: Apache-2.0
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
import { type History, inTransaction } from '../../history';
import { canonicalJson, sha256 } from '../../ledger';
import { itemsById, lockOpen } from '../deciding';
import type { ItemRow } from '../rows';
import { type Planned, shown } from './calls';
import { answerRemoval, type Claim, claimRemoval } from './claims';
import { lookAt, type Looked } from './looking';
import {
  CannotRemove,
  manualOf,
  reasonOf,
  type RemovalRow,
  removalsOf,
} from './rows';
import { send, type Sent } from './sending';
import { SpaceGrants } from './spaceGrants';
import { mayBeSent } from './underWay';
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
  /** What would be sent; absent where it is refused. */
  found?: Planned;
}

/** A site with the credential that may change it. */
interface Site extends Looked {
  url: string;
  writer: ConfluenceWriter;
}

type Open = (connection: string) => Site;

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
   * Which requests a removal of these items would send, or why not. Reads what spaces grant now, and
   * sends nothing that changes it. Throws a NotAllowedError where removals are switched off, a NotFoundError for an item that is not there.
   */
  async preview(
    reviewId: string,
    actor: string,
    items: string[],
  ): Promise<RemovalPreview> {
    const plans = await this.#withSites(open =>
      this.#plan(open, { reviewId, actor, items }),
    );
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
    return this.#withSites(async open => {
      const plans = await this.#plan(open, { reviewId, actor, items });
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
      const done: ExecutedRemovals['items'] = [];
      for (const plan of plans) {
        done.push(await this.#remove(open, plan, actor));
      }
      return { items: done };
    });
  }

  async #plan(
    open: Open,
    asked: { reviewId: string; actor: string; items: string[] },
  ): Promise<Plan[]> {
    const { reviewId, actor, items } = asked;
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
      const options = { ...this.#options, hasCredential };
      const code = await whyNot(options, row, last, actor);
      plans.push(
        code === undefined
          ? await this.#found(open(row.connection), row, last)
          : refusal(row, last, code),
      );
    }
    return plans;
  }

  async #found(site: Site, row: ItemRow, last?: RemovalRow): Promise<Plan> {
    try {
      const found = await this.#lookAt(site, row, { fresh: false });
      const planned = { item: row.id, ...shown(site.url, found) };
      return { row, last, found, planned };
    } catch (error) {
      if (error instanceof CannotRemove) {
        return refusal(row, last, error.code);
      }
      throw error;
    }
  }

  async #lookAt(
    site: Site,
    row: ItemRow,
    how: { fresh: boolean },
  ): Promise<Planned> {
    return lookAt({ ...this.#options, knex: this.#knex }, row, site, how);
  }

  async #remove(
    open: Open,
    { row, last, found }: Plan,
    actor: string,
  ): Promise<ExecutedRemovals['items'][number]> {
    if (!found) {
      throw new Error(`Item ${row.id} has no request`);
    }
    const { history } = this.#options;
    const claiming = { knex: this.#knex, history };
    const claim = await claimRemoval(claiming, { row, last, found }, actor);
    const sent = await this.#send(open(row.connection), claim, found);
    const at = await answerRemoval(claiming, claim, sent);
    const { outcome, reason } = sent;
    return {
      item: row.id,
      outcome,
      reason: reason === undefined ? undefined : reasonOf(reason),
      at,
    };
  }

  /** Looks once more, since those before it may have changed the same space, and sends it. */
  async #send(site: Site, claim: Claim, found: Planned): Promise<Sent> {
    try {
      const { row } = claim;
      const now = await this.#lookAt(site, row, { fresh: true });
      if (canonicalJson({ ...now }) !== canonicalJson({ ...found })) {
        throw new CannotRemove('changed-since');
      }
      if (!(await mayBeSent(this.#knex, claim))) {
        throw new CannotRemove('decided-anew');
      }
    } catch (error) {
      if (error instanceof CannotRemove) {
        return { outcome: 'refused', reason: error.code };
      }
      throw error;
    }
    return send(site.writer, found.call);
  }

  /** Closes the sites that were opened. */
  async #withSites<T>(use: (open: Open) => Promise<T>): Promise<T> {
    const sites = new Map<string, Site>();
    const open = (connection: string) => {
      const site = sites.get(connection) ?? this.#site(connection);
      sites.set(connection, site);
      return site;
    };
    try {
      return await use(open);
    } finally {
      await Promise.all(
        [...sites.values()].map(({ writer }) => writer.close()),
      );
    }
  }

  #site(connection: string): Site {
    const { config, createWriter = createConfluenceWriter } = this.#options;
    const { connections, reviews, atlassian } = config;
    const found = reviews.removal.credentials.find(
      one => one.connection === connection,
    );
    if (!found) {
      throw new ConflictError(reasonOf('no-credential').text);
    }
    const { connection: _, ...auth } = found;
    const url = connections.find(({ id }) => id === connection)?.site ?? '';
    const writer = createWriter({ ...atlassian, site: url, auth });
    const isApp = auth.method === 'service-account';
    return { url, writer, isApp, spaces: new SpaceGrants(writer) };
  }
}

function refusal(
  row: ItemRow,
  last: RemovalRow | undefined,
  code: string,
): Plan {
  const refused = reasonOf(code);
  const manual = manualOf(row, code);
  return { row, last, planned: { item: row.id, refused, manual } };
}

/** Binds a confirmation to whoever has seen the preview, and to all that it has shown. */
function confirmOf(reviewId: string, actor: string, plans: Plan[]): string {
  return sha256(
    canonicalJson({
      reviewId,
      actor,
      items: plans.map(({ row, last, planned, found }) => ({
        id: row.id,
        version: row.version,
        last: last?.claim ?? null,
        request: planned.request ?? null,
        found: found ?? null,
      })),
    }),
  );
}
