// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { timeSchema } from './words';

/** What somebody attests of a check that nothing can be read for, on one connection. @public */
export const attestationSchema = z.object({
  id: z.string(),
  checkId: z.string(),
  connection: z.string(),
  /** Whether the statement of the check is true. */
  answer: z.enum(['yes', 'no']),
  /** When a yes ends; a no stands until the next attestation. */
  until: timeSchema.optional(),
  /** `stands` is the newest of its connection; `expired` was, and is over. */
  status: z.enum(['stands', 'expired', 'replaced']),
  note: z.string().optional(),
  /** Address of what shows it. */
  evidence: z.string().optional(),
  /** User ref. */
  by: z.string(),
  at: timeSchema,
});

/** What somebody attests of a check, on one connection. @public */
export type Attestation = z.output<typeof attestationSchema>;

/** Attests a check on one connection. @public */
export const attestSchema = z
  .strictObject({
    connection: z.string().min(1).max(64),
    answer: z.enum(['yes', 'no']),
    /** A day, which counts whole, or a time; at most a year ahead. Of a yes only. */
    until: z
      .union(
        [z.iso.date(), timeSchema],
        'must be a day such as 2027-01-31, or a time in ISO 8601',
      )
      .optional(),
    note: z.string().trim().min(1).max(2000).optional(),
    evidence: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
      .max(2000)
      .refine(
        address => !/^https?:\/\/[^/?#]*@/i.test(address),
        'must not have a name or a password before its host',
      )
      .optional(),
  })
  .refine(({ answer, until }) => answer === 'no' || until !== undefined, {
    path: ['until'],
    message: 'say until when it stands',
  })
  .refine(({ answer, until }) => answer === 'yes' || until === undefined, {
    path: ['until'],
    message: 'leave it out: a no stands until somebody attests otherwise',
  });

/** Attests a check on one connection. @public */
export type Attest = z.input<typeof attestSchema>;
