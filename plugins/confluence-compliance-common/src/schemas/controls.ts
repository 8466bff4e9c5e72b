// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { checkSchema, controlSchema } from './checks';
import { listQuerySchema } from './lists';
import { verdictSchema } from './words';

/** A control of a framework, and what the checks that speak to it say. @public */
export const controlStandSchema = controlSchema.extend({
  /** The worst of its checks; `pass` only where every one that applies passes. */
  verdict: verdictSchema,
  /**
   * What there is behind the verdict: `checks` that run by themselves, only an `attestation` of
   * somebody, or only what is built `later`.
   */
  judgedBy: z.enum(['checks', 'attestation', 'later']),
  /** How many of its checks have each verdict; those that cannot run by themselves are `later`. */
  counts: z.object({
    pass: z.number().int(),
    fail: z.number().int(),
    warning: z.number().int(),
    unknown: z.number().int(),
    'not-applicable': z.number().int(),
    later: z.number().int(),
  }),
  /** Open findings of its checks: what fails or warns. */
  findings: z.number().int(),
  /** How many of these are excepted; absent where none is. */
  excepted: z.number().int().optional(),
  /** The worst first. */
  checks: z.array(
    checkSchema.pick({
      id: true,
      title: true,
      severity: true,
      state: true,
      verdict: true,
      reason: true,
    }),
  ),
});

/** A control of a framework, and what the checks that speak to it say. @public */
export type ControlStand = z.output<typeof controlStandSchema>;

/** Parameters of the list of controls. @public */
export const controlsQuerySchema = listQuerySchema.pick({
  connection: true,
  asOf: true,
});

/** Parameters of the list of controls. @public */
export type ControlsQuery = z.input<typeof controlsQuerySchema>;
