// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** How findings may be excepted. */
export interface ExceptionsConfig {
  /** How many days an exception may last. */
  maxDays: number;
}

export const exceptionsSchema = z
  .strictObject({
    maxDays: z
      .int('must be a whole number of days')
      .min(1, 'must be at least 1')
      .max(3650, 'must be at most 3650')
      .default(180),
  })
  .prefault({});
