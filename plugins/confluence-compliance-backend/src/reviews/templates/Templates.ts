// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, toError } from '@backstage/errors';
import type {
  ReviewTemplate,
  ReviewTemplateInput,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import type { ReviewsConfig, ReviewTemplateConfig } from '../../config';
import { migrateDatabase } from '../../database';
import { databaseTime, type History, inTransaction } from '../../history';
import { checkDraft, insertDraft } from '../drafts';
import type { Reviews } from '../Reviews';
import { type ReviewRow, scopeOf } from '../rows';
import type { SystemsOf } from '../systems';
import {
  dueAtOf,
  monthsAfter,
  type Period,
  periodAt,
  type SystemDue,
} from './period';
import {
  hasOpen,
  hasRun,
  type LastRun,
  lastRuns,
  type RunRow,
  RUNS,
} from './runs';
import { startOrSay } from './starting';
import { withTitles } from './withTitles';
import { type KnownTemplate, TemplateRows } from './TemplateRows';

const TASK = 'make-recurring-reviews';

export interface TemplatesOptions {
  config: { reviews: Pick<ReviewsConfig, 'templates'> };
  database: DatabaseService;
  history: Pick<History, 'ledger' | 'head'>;
  reviews: Pick<Reviews, 'begin' | 'coverage' | 'titlesOf'>;
  systems: SystemsOf;
  /** Ids of the connections there are. */
  connections: () => string[];
  scheduler: SchedulerService;
  logger: LoggerService;
  now?: () => Date;
}

/** Templates, and the reviews that are made of them once in each period. */
export class Templates {
  readonly #options: TemplatesOptions;
  readonly #knex: Knex;
  readonly #rows: TemplateRows;

  static async create(options: TemplatesOptions): Promise<Templates> {
    return new Templates(options, await migrateDatabase(options.database));
  }

  private constructor(options: TemplatesOptions, knex: Knex) {
    this.#options = options;
    this.#knex = knex;
    this.#rows = new TemplateRows({ ...options, knex });
  }

  /** Looks for what is due, on one replica. */
  async start(): Promise<void> {
    await this.#options.scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: { minutes: 10 },
      timeout: { minutes: 10 },
      initialDelay: { seconds: 30 },
      fn: signal => this.makeDue(signal),
    });
  }

  /** All templates, by id. */
  async list(): Promise<ReviewTemplate[]> {
    const last = await lastRuns(this.#knex);
    const templates: ReviewTemplate[] = [];
    for (const known of await this.#rows.list()) {
      templates.push(await this.#describe(known, last.get(known.template.id)));
    }
    return withTitles(this.#options.reviews, templates);
  }

  /**
   * Makes a template, or changes it; its review of the running period is made with the next look.
   * Throws an InputError for a critical system that is none, and a ConflictError for a template of
   * the configuration.
   */
  async set(
    template: ReviewTemplateConfig,
    actor: string,
  ): Promise<ReviewTemplate> {
    if ((await this.#systemOf(template)) === 'gone') {
      const { connection, system } = template.scope;
      throw new InputError(
        `scope.system: ${connection} has no critical system ${system}`,
      );
    }
    await this.#rows.set(template, actor);
    await this.#wake();
    const found = (await this.list()).find(({ id }) => id === template.id);
    if (!found) {
      throw new NotFoundError(`There is no template ${template.id}`);
    }
    return found;
  }

  /** Deletes a template of the portal. Throws a NotFoundError or a ConflictError. */
  async delete(id: string, actor: string): Promise<void> {
    await this.#rows.delete(id, actor);
  }

  /**
   * Makes the review of each template whose period has begun. A draft and that its period has one are
   * saved together, so that neither a restart nor another replica makes a second one; the start
   * follows, and is tried again after a restart.
   */
  async makeDue(signal?: AbortSignal): Promise<void> {
    const now = this.#now();
    for (const { template } of await this.#rows.list()) {
      signal?.throwIfAborted();
      const period = await this.#periodOf(template, now);
      if (period && period.at <= now) {
        await this.#make(template, period, now);
      }
    }
    const starting: RunRow[] = await this.#knex(RUNS)
      .where({ state: 'starting' })
      .orderBy(['template', 'period']);
    for (const run of starting) {
      signal?.throwIfAborted();
      await this.#startRun(run);
    }
  }

  async #make(template: ReviewTemplateConfig, period: Period, now: Date) {
    const { id, title, cadence, dueInDays, makes, ...rest } = template;
    if (await hasRun(this.#knex, id, period.key)) {
      return;
    }
    const asked = {
      ...rest,
      title: `${title} ${period.key}`,
      dueAt: dueAtOf(period, dueInDays, now),
    };
    checkDraft(asked);
    const reviewId = randomUUID();
    await inTransaction(this.#knex, async tx => {
      const claimed = await tx(RUNS)
        .insert({
          template: id,
          period: period.key,
          review_id: reviewId,
          made_at: await databaseTime(tx),
          state: makes === 'started' ? 'starting' : 'draft',
        })
        .onConflict(['template', 'period'])
        .ignore()
        .returning('period');
      if (claimed.length > 0) {
        const madeOf = { template: id, period: period.key };
        const { history } = this.#options;
        await insertDraft(tx, history, reviewId, 'system', asked, madeOf);
      }
    });
  }

  async #startRun({ template, period, review_id: id }: RunRow) {
    const { connections, history, reviews } = this.#options;
    const draft = await this.#knex<ReviewRow>('reviews').where({ id }).first();
    const why =
      draft?.state === 'draft'
        ? await startOrSay(
            {
              connections,
              coverage: scope => reviews.coverage(scope),
              begin: () => reviews.begin(id, 'system'),
            },
            id,
            scopeOf(draft),
          )
        : undefined;
    await inTransaction(this.#knex, async tx => {
      const review = await tx<ReviewRow>('reviews')
        .where({ id })
        .forUpdate()
        .first();
      // Another replica, or its owner, may have started it meanwhile.
      const failed = why !== undefined && review?.state === 'draft';
      const changed = await tx(RUNS)
        .where({ template, period, state: 'starting' })
        .update({ state: failed ? 'not-started' : 'started' });
      if (changed > 0 && failed) {
        await tx('reviews')
          .where({ id })
          .update({ not_started: JSON.stringify(why) });
        await history.ledger.append(tx, {
          kind: 'review.not-started',
          actor: 'system',
          subject: id,
          payload: { template, period, reason: why.code },
        });
      }
    });
  }

  async #describe(
    { template, origin, alsoInPortal }: KnownTemplate,
    run: LastRun | undefined,
  ): Promise<ReviewTemplate> {
    const next = await this.#next(template);
    return {
      ...template,
      origin,
      alsoInPortal,
      last: run && {
        period: run.period,
        reviewId: run.review_id,
        at: run.made_at,
        notStarted: run.not_started,
      },
      next: next && { period: next.key, at: next.at.toISOString() },
    };
  }

  /** The period whose review is made next. */
  async #next(template: ReviewTemplateConfig): Promise<Period | undefined> {
    const now = this.#now();
    const { id, cadence } = template;
    const period = await this.#periodOf(template, now);
    if (!period || !(await hasRun(this.#knex, id, period.key))) {
      return period;
    }
    return cadence === 'system' ? undefined : monthsAfter(cadence.months, now);
  }

  /** The period to be reviewed; a review that follows a critical system waits for the one before. */
  async #periodOf(template: ReviewTemplateConfig, now: Date) {
    const { id, cadence, dueInDays } = template;
    if (cadence !== 'system') {
      return periodAt(cadence, dueInDays, undefined, now);
    }
    if (await hasOpen(this.#knex, id)) {
      return undefined;
    }
    return periodAt(cadence, dueInDays, await this.#systemOf(template), now);
  }

  async #systemOf({
    scope,
  }: Pick<ReviewTemplateInput, 'scope'>): Promise<SystemDue | undefined> {
    const { connection, system: ref } = scope;
    if (ref === undefined) {
      return undefined;
    }
    const { history, systems } = this.#options;
    const all = await systems.list({
      revision: await history.head(),
      connections: [connection],
    });
    const found = all.find(({ resource }) => resource.ref === ref);
    return found ? { dueAt: found.review?.dueAt } : 'gone';
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  async #wake(): Promise<void> {
    try {
      await this.#options.scheduler.triggerTask(TASK);
    } catch (error) {
      const { message } = toError(error);
      this.#options.logger.debug(`Reviews follow a little later: ${message}`);
    }
  }
}
