// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { reasonSchema, timeSchema } from './words';

/** Who says something of an account. @public */
export const factSourceSchema = z.enum([
  'confluence',
  'organization',
  'people',
]);

/** Who says something of an account. @public */
export type FactSource = z.output<typeof factSourceSchema>;

/** One thing known of an account, with who says it, or why nobody does. @public */
export const accountFactSchema = z.object({
  value: z.string().optional(),
  source: factSourceSchema.optional(),
  /** Why there is no value. */
  reason: reasonSchema.optional(),
  /** What it was taken from could not be read whole the last time, so that it may be over. */
  stale: z
    .object({
      /** When it was last read whole; absent when it never was. */
      readAt: timeSchema.optional(),
      reason: reasonSchema,
    })
    .optional(),
});

/** One thing known of an account, with who says it, or why nobody does. @public */
export type AccountFact = z.output<typeof accountFactSchema>;

/** What is known of an account, and why something is not. @public */
export const accountFactsSchema = z.object({
  email: accountFactSchema,
  firstName: accountFactSchema,
  lastName: accountFactSchema,
  /** `active`, `suspended` (reversible), `deactivated`, `removed`, `closed`, … */
  status: accountFactSchema,
  /** `licensed`, `guest` or `none`. */
  license: accountFactSchema,
  /** `org-admin`, `admin`, `user-access-admin`, `user`, `guest` or `none`. */
  role: accountFactSchema,
  /** `enabled` or `disabled`; only of accounts that the organization manages. */
  mfa: accountFactSchema,
  /** ISO time; the latest, whatever moment is asked for. */
  lastActive: accountFactSchema,
  /** `managed` or `unmanaged` by the organization. */
  managed: accountFactSchema,
});

/** What is known of an account, and why something is not. @public */
export type AccountFacts = z.output<typeof accountFactsSchema>;
