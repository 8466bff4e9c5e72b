// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { removalOutcomeSchema } from './reviewRemediations';
import { reasonSchema, timeSchema } from './words';

const items = z.array(z.string().min(1).max(64)).min(1).max(50);

/** Asks which requests a removal would send; nothing is sent. @public */
export const previewRemovalsSchema = z.object({ items });

/** Asks which requests a removal would send. @public */
export type PreviewRemovals = z.input<typeof previewRemovalsSchema>;

/** What a removal would send for one item, or why it would not. @public */
export const plannedRemovalSchema = z.object({
  item: z.string(),
  /** Exactly this would be sent; absent where it is refused. */
  request: z
    .object({
      method: z.enum(['DELETE', 'POST']),
      /** Origin of the site; what is scoped goes there through Atlassian's gateway. */
      site: z.string(),
      path: z.string(),
      /** JSON, as it would be sent. */
      body: z.string().optional(),
    })
    .optional(),
  /** All that it takes away in a space, as operation and target, such as `administer space`. */
  removes: z.array(z.string()).optional(),
  /** What Confluence does besides what the request says. */
  note: reasonSchema.optional(),
  refused: reasonSchema.optional(),
  /** What people can do by hand where the API cannot. */
  manual: reasonSchema.optional(),
});

/** What a removal would send for one item. @public */
export type PlannedRemoval = z.output<typeof plannedRemovalSchema>;

/** What a removal would send. @public */
export const removalPreviewSchema = z.object({
  items: z.array(plannedRemovalSchema),
  /** Sent back to do exactly this; absent where something is refused. */
  confirm: z.string().optional(),
});

/** What a removal would send. @public */
export type RemovalPreview = z.output<typeof removalPreviewSchema>;

/** Does what the preview has shown. @public */
export const executeRemovalsSchema = z.object({
  items,
  /** `confirm` of the preview of the same items, by the same person. */
  confirm: z.string().regex(/^[0-9a-f]{64}$/, 'must be confirm of the preview'),
});

/** Does what the preview has shown. @public */
export type ExecuteRemovals = z.input<typeof executeRemovalsSchema>;

/** What became of each request. @public */
export const executedRemovalsSchema = z.object({
  items: z.array(
    z.object({
      item: z.string(),
      outcome: removalOutcomeSchema,
      reason: reasonSchema.optional(),
      at: timeSchema,
    }),
  ),
});

/** What became of each request. @public */
export type ExecutedRemovals = z.output<typeof executedRemovalsSchema>;
