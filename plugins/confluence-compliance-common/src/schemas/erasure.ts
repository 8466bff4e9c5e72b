// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { timeSchema } from './words';

/** Why the name and email of an account are erased; it is kept and must not name the person. @public */
export const eraseAccountSchema = z.object({
  reason: z.string().trim().min(1).max(2000),
});

/** What an erased account is called from now on. @public */
export const erasedAccountSchema = z.object({
  pseudonym: z.string(),
  /** When it was asked for first. */
  erasedAt: timeSchema,
});

/** What an erased account is called from now on. @public */
export type ErasedAccount = z.output<typeof erasedAccountSchema>;
