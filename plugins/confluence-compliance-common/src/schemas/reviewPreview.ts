// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { reasonSchema } from './words';

/** A container in scope that was not read whole: what it holds is not known. @public */
export const reviewGapSchema = z.object({
  dataset: z.string(),
  container: z.string(),
  /** Name of the group or space, where it is known. */
  title: z.string().optional(),
  reason: reasonSchema,
});

/** A container in scope that was not read whole. @public */
export type ReviewGap = z.output<typeof reviewGapSchema>;

/** Who would decide how many items of a review. @public */
export const reviewersPreviewSchema = z.object({
  /** Those with the most items first, at most 20; user entity refs. */
  most: z.array(z.object({ reviewer: z.string(), total: z.number().int() })),
  /** How many reviewers there are besides, and how many items they would get together. */
  more: z.object({ reviewers: z.number().int(), total: z.number().int() }),
  /** Items that no rule finds anybody for; the fallback reviewer or the owner of the review gets them. */
  fallback: z.number().int(),
  /** Those of them that nobody can decide as it stands, such as what is about the fallback reviewer and the owner. */
  nobody: z.number().int(),
});

/** Who would decide how many items of a review. @public */
export type ReviewersPreview = z.output<typeof reviewersPreviewSchema>;

/** What a review over a scope would consist of now; all counts are exact. @public */
export const reviewPreviewSchema = z.object({
  revision: z.number().int(),
  /** Groups and spaces in it. */
  containers: z.number().int(),
  /** Items it would have. */
  size: z.number().int(),
  /** People its items are about: accounts, those of one person once. */
  people: z.number().int(),
  gaps: z.array(reviewGapSchema),
  /** Of these gaps; sent with the start by whoever accepts them. */
  gapsHash: z.string(),
  /** Absent while it is not said who decides. */
  reviewers: reviewersPreviewSchema.optional(),
});

/** What a review over a scope would consist of now. @public */
export type ReviewPreview = z.output<typeof reviewPreviewSchema>;
