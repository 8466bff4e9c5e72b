// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'luxon';
import { z } from 'zod';
import { durationSchema } from './duration';

/** Who is told how findings stand. */
export interface FindingsConfig {
  digest?: {
    /** Entity ref of the team. */
    to: string;
    /** Whole days, 1 to 365. */
    days: number;
  };
}

const digestSchema = z
  .strictObject({
    to: z
      .string()
      .regex(
        /^(user|group):[\w.-]+\/[\w.-]+$/i,
        'must be the ref of a group or user, such as group:default/security',
      ),
    every: durationSchema({ days: 7 }).refine(every => {
      const days = Duration.fromObject(every).as('days');
      return Number.isInteger(days) && days <= 365;
    }, 'must be whole days, 365 at most, such as { days: 7 }'),
  })
  .transform(({ to, every }) => ({
    to,
    days: Duration.fromObject(every).as('days'),
  }));

export const findingsSchema = z
  .strictObject({ digest: digestSchema.optional() })
  .prefault({});
