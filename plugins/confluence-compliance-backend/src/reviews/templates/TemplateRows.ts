// SPDX-License-Identifier: Apache-2.0
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  reviewTemplateInputSchema,
  type ReviewTemplate,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import type { ReviewsConfig, ReviewTemplateConfig } from '../../config';
import { databaseTime, type History, inTransaction } from '../../history';
import { sha256 } from '../../ledger';

const TABLE = 'review_templates';
/** No list of them has pages. */
const MOST = 200;

export interface KnownTemplate {
  template: ReviewTemplateConfig;
  origin: ReviewTemplate['origin'];
  alsoInPortal?: true;
}

/** The templates of the configuration and those of the portal; the configuration wins. */
export class TemplateRows {
  readonly #knex: Knex;
  readonly #ledger: History['ledger'];
  readonly #configured: ReviewTemplateConfig[];

  constructor(options: {
    knex: Knex;
    history: Pick<History, 'ledger'>;
    config: { reviews: Pick<ReviewsConfig, 'templates'> };
  }) {
    this.#knex = options.knex;
    this.#ledger = options.history.ledger;
    this.#configured = options.config.reviews.templates;
  }

  /** All of them, by id. */
  async list(): Promise<KnownTemplate[]> {
    const rows: Array<{ id: string; spec: string }> = await this.#knex(TABLE)
      .orderBy('id')
      .limit(MOST)
      .select('id', 'spec');
    const own = new Set(rows.map(({ id }) => id));
    const configured = this.#configured.map(template => ({
      template,
      origin: 'config' as const,
      ...(own.has(template.id) && { alsoInPortal: true as const }),
    }));
    const made = rows
      .filter(({ id }) => !this.#configured.some(one => one.id === id))
      .map(({ id, spec }) => ({
        template: {
          id,
          ...reviewTemplateInputSchema.parse(JSON.parse(spec)),
        },
        origin: 'portal' as const,
      }));
    return [...configured, ...made].sort((one, other) =>
      one.template.id < other.template.id ? -1 : 1,
    );
  }

  /** Sets a template of the portal. Throws a ConflictError where the configuration has it. */
  async set(template: ReviewTemplateConfig, actor: string): Promise<void> {
    const { id, ...rest } = template;
    this.#refuseConfigured(id);
    const spec = JSON.stringify(rest);
    await inTransaction(this.#knex, async tx => {
      const others = await tx(TABLE)
        .whereNot({ id })
        .count({ total: '*' })
        .first();
      if (Number(others?.total) >= MOST) {
        throw new ConflictError(
          `There are ${MOST} templates already: delete one of them`,
        );
      }
      await tx(TABLE)
        .insert({ id, spec, set_by: actor, set_at: await databaseTime(tx) })
        .onConflict('id')
        .merge();
      await this.#ledger.append(tx, {
        kind: 'review-template.set',
        actor,
        subject: id,
        payload: {
          scope: rest.scope,
          owner: rest.owner,
          overdueRule: rest.overdueRule,
          cadence: rest.cadence,
          makes: rest.makes,
          // Its title is what somebody wrote.
          specHash: sha256(spec),
        },
      });
    });
  }

  /** Deletes a template of the portal. Throws a NotFoundError or a ConflictError. */
  async delete(id: string, actor: string): Promise<void> {
    await inTransaction(this.#knex, async tx => {
      // One that the configuration outweighs can be cleared away.
      if ((await tx(TABLE).where({ id }).delete()) === 0) {
        this.#refuseConfigured(id);
        throw new NotFoundError(`There is no template ${id}`);
      }
      await this.#ledger.append(tx, {
        kind: 'review-template.deleted',
        actor,
        subject: id,
        payload: {},
      });
    });
  }

  #refuseConfigured(id: string): void {
    if (this.#configured.some(one => one.id === id)) {
      throw new ConflictError(
        `The configuration has the template ${id} in confluenceCompliance.reviews.templates, which wins: change it there`,
      );
    }
  }
}
