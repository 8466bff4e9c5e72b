// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import type {
  AssignRemediations,
  ChangeReviewOwner,
  CreateReview,
  DecidedItems,
  HandedOn,
  ItemEvent,
  OpenDecisions,
  Page,
  PreviewReview,
  RemediatedItem,
  Review,
  ReviewChange,
  ReviewItem,
  ReviewPreview,
  ReviewScope,
  ReviewSummary,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ComplianceConfig } from '../config';
import { migrateDatabase } from '../database';
import {
  type History,
  inTransaction,
  type Lookups,
  type Revision,
} from '../history';
import { beginReview } from './beginning';
import { cancelReview } from './cancelling';
import { type Coverage, type CoverageOptions, coverageOf } from './coverage';
import { toCsv } from './csv';
import { changeOwner } from './changes';
import { type Decide, decideItems, itemsById } from './deciding';
import { Delegations } from './delegations';
import { type DescribeOptions, describeOpened } from './describe';
import { checkDraft, insertDraft } from './drafts';
import type { AcceptedGaps } from './gaps';
import { handOn } from './handingOn';
import { itemHistory } from './itemHistory';
import type { FactsOptions } from './itemFacts';
import { ItemMaker } from './ItemMaker';
import type { ItemFilter, PageQuery, ReviewFilter } from './lists';
import { applyOverdueRules } from './overdue';
import { decidersAsked } from './plan';
import { previewOf } from './preview';
import type { ProofOptions } from './proof';
import {
  itemsOfIds,
  pageOfChanges,
  pageOfItems,
  pageOfOpenDecisions,
  pageOfReviews,
  reviewRow,
} from './reading';
import { type Reassign, reassignItems } from './reassigning';
import { assignRemediations } from './remediating';
import { pageOfRemediations } from './remediations';
import type { ResidualOptions } from './residual';
import type { ItemRow, ReviewRow } from './rows';
import { forgetReviewsOf } from './forgetConnection';
import { type Named, namedIn, titlesOf } from './scopeTitles';
import { refuseOthers, signOff } from './signOff';
import { summarize } from './summary';
import { checkScope } from './systems';

const TASK = 'make-review-items';
const OVERDUE_TASK = 'apply-overdue-rules';

export interface ReviewsOptions extends Pick<FactsOptions, 'severityOf'> {
  lists: FactsOptions['lists'] &
    DescribeOptions['lists'] &
    ResidualOptions['lists'];
  cards: FactsOptions['cards'] & ResidualOptions['cards'];
  config: Pick<ComplianceConfig, 'schedule' | 'reviews'>;
  database: DatabaseService;
  history: History;
  lookups: Pick<Lookups, 'groupNames'>;
  organizations: ProofOptions['organizations'];
  /** The critical systems there are, and who owns them. */
  systems: CoverageOptions['systems'];
  scheduler: SchedulerService;
  logger: LoggerService;
}

/** Access reviews, from the draft to the proof. */
export class Reviews {
  readonly #options: ReviewsOptions & { knex: Knex };
  readonly #maker: ItemMaker;
  /** Who decides in the place of a reviewer. */
  readonly delegations: Delegations;

  static async create(options: ReviewsOptions): Promise<Reviews> {
    return new Reviews({
      ...options,
      knex: await migrateDatabase(options.database),
    });
  }

  private constructor(options: ReviewsOptions & { knex: Knex }) {
    this.#options = options;
    this.#maker = new ItemMaker(options);
    this.delegations = new Delegations(options);
  }

  /** Makes items in the background, on one replica; goes on with what a restart left. */
  async start(): Promise<void> {
    const { config, scheduler } = this.#options;
    await scheduler.scheduleTask({
      id: TASK,
      scope: 'global',
      frequency: config.schedule.every,
      timeout: { minutes: 30 },
      fn: signal => this.makeItems(signal),
    });
    await scheduler.scheduleTask({
      id: OVERDUE_TASK,
      scope: 'global',
      frequency: config.schedule.every,
      timeout: { minutes: 30 },
      fn: signal => this.applyOverdueRules(signal),
    });
  }

  /** Makes the items of every review that waits for some. */
  async makeItems(signal?: AbortSignal): Promise<void> {
    const waiting = await this.#options
      .knex<ReviewRow>('reviews')
      .where({ state: 'in-progress' })
      .orderBy('ordinal')
      .select('id');
    for (const { id } of waiting) {
      await this.#maker.make(id, signal);
    }
  }

  /** Decides what nobody decided in time, in reviews whose rule says so. */
  async applyOverdueRules(signal?: AbortSignal): Promise<void> {
    await applyOverdueRules(this.#options, signal);
  }

  /** The oldest revision that a running review is pinned to. */
  async pinned(): Promise<Revision | undefined> {
    const row = await this.#options
      .knex('reviews')
      .whereIn('state', ['in-progress', 'remediation'])
      .min({ revision: 'revision' })
      .first();
    return row?.revision ?? undefined;
  }

  async list(filter: ReviewFilter, page: PageQuery): Promise<Page<Review>> {
    return pageOfReviews(this.#options, filter, page);
  }

  /** Running reviews with undecided items of these reviewers, the one that is due first on top. */
  async openDecisions(
    reviewers: string[],
    page: PageQuery,
  ): Promise<OpenDecisions> {
    return pageOfOpenDecisions(this.#options, reviewers, page);
  }

  /** What groups, spaces and critical systems are called now. */
  titlesOf(named: Array<Named | undefined>) {
    return titlesOf(this.#options, named);
  }

  /** Throws a NotFoundError. */
  async get(id: string): Promise<Review> {
    const review = await describeOpened(this.#options, await this.#row(id));
    const named = namedIn(review.scope);
    return { ...review, scopeTitle: (await this.titlesOf([named]))(named) };
  }

  /** What a review would consist of now, asked by somebody who would own it. */
  async preview(actor: string, asked: PreviewReview): Promise<ReviewPreview> {
    const { scope, ...deciders } = asked;
    checkScope(scope);
    return previewOf(this.#options, scope, decidersAsked(actor, deciders));
  }

  /** What a review over a scope would cover now; counts nothing of it. */
  async coverage(scope: ReviewScope): Promise<Coverage> {
    checkScope(scope);
    return coverageOf(this.#options, scope);
  }

  /** Makes a draft. */
  async add(actor: string, asked: CreateReview): Promise<Review> {
    const { knex, history } = this.#options;
    checkDraft(asked);
    const id = randomUUID();
    await inTransaction(knex, tx => insertDraft(tx, history, id, actor, asked));
    return this.get(id);
  }

  /** Starts a draft; see `beginReview`. */
  async begin(
    id: string,
    actor: string,
    accepted?: AcceptedGaps,
  ): Promise<Review> {
    await beginReview(this.#options, await this.#row(id), actor, accepted);
    await this.#wake();
    return this.get(id);
  }

  async items(filter: ItemFilter, page: PageQuery): Promise<Page<ReviewItem>> {
    await this.#row(filter.reviewId);
    return pageOfItems(this.#options, filter, page);
  }

  /**
   * What was done with an item, newest first; with `reviewers` only of items of one of these. Throws a
   * NotFoundError or a NotAllowedError.
   */
  async itemHistory(
    reviewId: string,
    item: string,
    reviewers?: string[],
  ): Promise<{ items: ItemEvent[] }> {
    const { knex } = this.#options;
    await this.#row(reviewId);
    const [row] = await itemsById(knex, reviewId, [item]);
    if (reviewers && !reviewers.includes(row.reviewer)) {
      throw new NotAllowedError(`Item ${item} is not yours to decide`);
    }
    return { items: await itemHistory(knex, row) };
  }

  /** Who has items of a review to decide, and who stands for them now; undefined of no review. */
  async reviewersOf(id: string): Promise<string[] | undefined> {
    const { knex } = this.#options;
    const known = await knex<ReviewRow>('reviews').where({ id }).first('id');
    if (!known) {
      return undefined;
    }
    const rows: Array<Pick<ItemRow, 'reviewer'>> = await knex('review_items')
      .where({ review_id: id })
      .distinct('reviewer');
    const reviewers = rows.map(({ reviewer }) => reviewer);
    return [...reviewers, ...(await this.delegations.delegatesOf(reviewers))];
  }

  /** A review in numbers. */
  async summary(id: string): Promise<ReviewSummary> {
    return summarize(this.#options, await this.#row(id));
  }

  /** Every item as CSV; see `toCsv`. That it was taken is in the ledger. */
  async csv(id: string, actor: string): Promise<AsyncIterable<string>> {
    const { knex, history } = this.#options;
    const review = await this.#row(id);
    await inTransaction(knex, async tx => {
      await history.ledger.append(tx, {
        kind: 'review.exported',
        actor,
        subject: id,
        payload: {},
      });
    });
    return toCsv(this.#options, review);
  }

  /** Says who removes what was revoked, and by when. */
  async assignRemediations(
    id: string,
    actor: string,
    assign: AssignRemediations,
  ): Promise<{ items: ReviewItem[] }> {
    await this.#row(id);
    await assignRemediations(this.#options, id, actor, assign);
    return this.#described(assign.items);
  }

  /** Decides items of which the actor is the reviewer; see `decideItems`. */
  async decide(
    id: string,
    actor: string,
    decide: Decide,
  ): Promise<DecidedItems> {
    await this.#row(id);
    const writing = { ...this.#options, delegations: this.delegations };
    const refused = await decideItems(writing, id, actor, decide);
    const left = new Set(refused.map(one => one.id));
    const ids = decide.items.map(item => item.id);
    const decided = await this.#described(ids.filter(one => !left.has(one)));
    return { ...decided, ...(refused.length > 0 && { refused }) };
  }

  /** Hands items to another reviewer, all or none; see `reassignItems`. */
  async reassign(
    id: string,
    actor: string,
    reassign: Reassign,
  ): Promise<{ items: ReviewItem[] }> {
    await this.#row(id);
    const to = reassign.to.toLowerCase();
    await reassignItems(this.#options, id, actor, { ...reassign, to });
    return this.#described(reassign.items.map(item => item.id));
  }

  /** Hands on the rows of a reviewer; see `handOn`. */
  async handOn(
    id: string,
    actor: string,
    asked: Parameters<typeof handOn>[3],
  ): Promise<HandedOn> {
    return handOn(this.#options, id, actor, asked);
  }

  /** Gives a review to another owner; see `changeOwner`. */
  async changeOwner(
    id: string,
    actor: string,
    asked: ChangeReviewOwner,
  ): Promise<Review> {
    await changeOwner(this.#options, id, actor, asked);
    return this.get(id);
  }

  /** What was done with a whole review, newest first. */
  async history(id: string, page: PageQuery): Promise<Page<ReviewChange>> {
    await this.#row(id);
    return pageOfChanges(this.#options, id, page);
  }

  /** Items that were revoked with what became of them: as sealed once that is so, else as of now. */
  async remediations(
    reviewId: string,
    page: PageQuery,
  ): Promise<Page<RemediatedItem>> {
    return pageOfRemediations(this.#options, await this.#row(reviewId), page);
  }

  /** Seals a review that is decided whole; only its owner may. */
  async signOff(id: string, actor: string): Promise<Review> {
    refuseOthers(await this.#row(id), actor);
    await signOff(this.#options, id, actor);
    return this.get(id);
  }

  /** Ends a review without a result. */
  async cancel(id: string, actor: string, reason: string): Promise<Review> {
    await this.#row(id);
    await cancelReview(this.#options, id, actor, reason);
    return this.get(id);
  }

  /** Ends the reviews of a connection that is deleted with its history; they count for none after it. */
  async forgetConnection(id: string): Promise<void> {
    await forgetReviewsOf(this.#options, id);
  }

  async #row(id: string): Promise<ReviewRow> {
    return reviewRow(this.#options.knex, id);
  }

  async #described(ids: string[]) {
    return { items: await itemsOfIds(this.#options, ids) };
  }

  async #wake(): Promise<void> {
    try {
      await this.#options.scheduler.triggerTask(TASK);
    } catch (error) {
      const { message } = toError(error);
      this.#options.logger.debug(`Items follow a little later: ${message}`);
    }
  }
}
