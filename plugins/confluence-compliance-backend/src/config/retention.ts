// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { isoDurationSchema } from './duration';

/** How long what is kept is kept; each an ISO 8601 duration. */
export interface RetentionConfig {
  /** How far back one can ask what was known. */
  history: string;
  /** Names and emails of accounts that are in no source any more. */
  profilesAfterGone: string;
  /** What the entries of the ledger say; that they were made stays. */
  evidence: string;
}

export const retentionSchema = z
  .strictObject({
    history: isoDurationSchema('P25M'),
    profilesAfterGone: isoDurationSchema('P90D'),
    evidence: isoDurationSchema('P7Y'),
  })
  .prefault({});
