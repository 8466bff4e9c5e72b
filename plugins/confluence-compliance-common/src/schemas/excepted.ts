// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { timeSchema } from './words';

/** Verdicts that can be excepted: what is not known cannot be accepted. @public */
export const exceptableVerdictSchema = z.enum(['fail', 'warning']);

/** Verdicts that can be excepted. @public */
export type ExceptableVerdict = z.output<typeof exceptableVerdictSchema>;

/** The exception of a finding, where there is one that waits or is live. @public */
export const findingExceptionSchema = z.object({
  id: z.string(),
  status: z.enum(['waiting', 'live']),
  until: timeSchema,
});

/** The exception of a finding. @public */
export type FindingException = z.output<typeof findingExceptionSchema>;

/** Which findings a list has: all, without the excepted ones, or these only. @public */
export const exceptedSchema = z.enum(['all', 'without', 'only']);

/** Which findings a list has. @public */
export type Excepted = z.output<typeof exceptedSchema>;
