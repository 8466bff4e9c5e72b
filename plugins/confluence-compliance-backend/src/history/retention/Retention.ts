// SPDX-License-Identifier: Apache-2.0
import type { ErasedAccount } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { eraseReasonsBefore } from '../decisionReasons';
import { eraseExceptionTextsBefore } from '../exceptions/eraseTexts';
import { Writing } from '../publish';
import { eraseAccount, EraseAccount } from './erase';
import { eraseAcknowledgementsBefore } from './eraseAcknowledgements';
import { eraseApprovalsBefore } from './eraseApprovals';
import { eraseAttestationTextsBefore } from './eraseAttestationTexts';
import { eraseCommentsBefore } from './eraseComments';
import { eraseReviewTextsBefore } from './eraseReviewTexts';
import { forgetProfiles, ForgetProfilesOptions } from './profiles';
import { prune, Pruned, PruneOptions } from './prune';

export interface EraseEvidenceOptions {
  /** ISO time in UTC. */
  before: string;
  signal?: AbortSignal;
}

/** What goes from the history with time, or because somebody asks. */
export class Retention {
  readonly #writing: Writing;

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  /** Deletes the history before a time; safe to call again after it was stopped. */
  async prune(options: PruneOptions): Promise<Pruned> {
    return prune(this.#writing, options);
  }

  /**
   * Deletes the profiles of closed accounts and of whoever no source has had since a time, and when
   * accounts that are gone were last active; returns how many profiles. Safe to call again after it
   * was stopped.
   */
  async forgetProfiles(options: ForgetProfilesOptions): Promise<number> {
    return forgetProfiles(this.#writing, options);
  }
  /**
   * Erases the name and email of an account and of its person for good, and that it belonged to them;
   * asking again changes nothing. Throws a NotFoundError for an account that was never seen, an InputError for a reason
   * that names the person.
   */
  async eraseAccount(options: EraseAccount): Promise<ErasedAccount> {
    return eraseAccount(this.#writing, options);
  }

  /**
   * Erases what the entries of the ledger before a time say, comments of that time, the texts of
   * exceptions that were over by then, notes on approvals of policies, acknowledgements, approved texts that had been
   * replaced by then, and texts of reviews and attestations; returns how many entries.
   */
  async eraseEvidence(options: EraseEvidenceOptions): Promise<number> {
    const { knex, ledger } = this.#writing;
    await eraseExceptionTextsBefore(knex, options.before);
    await eraseCommentsBefore(knex, options.before);
    await eraseApprovalsBefore(knex, options.before);
    await eraseAcknowledgementsBefore(knex, options.before);
    await eraseReasonsBefore(knex, options.before);
    await eraseReviewTextsBefore(knex, options.before);
    await eraseAttestationTextsBefore(knex, options.before);
    return ledger.eraseBefore(knex, options.before, options.signal);
  }
}
