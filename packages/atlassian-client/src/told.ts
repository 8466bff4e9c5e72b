// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { optional } from './fields';

/** What is of another shape than we know is not told. */
export function told<T extends z.ZodType>(schema: T) {
  return optional(schema).catch(undefined);
}

export const text = told(z.string().min(1));
export const flag = told(z.boolean());

/** Atlassian writes down to the nanosecond in its Admin API. */
export const moment = told(
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT/)
    .transform(value => new Date(value))
    .refine(date => !Number.isNaN(date.getTime()))
    .transform(date => date.toISOString()),
);
