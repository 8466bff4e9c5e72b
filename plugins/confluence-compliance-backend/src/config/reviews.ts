// SPDX-License-Identifier: Apache-2.0
import { reviewTemplateInputSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { checkConnection, KnownConnection } from './known';
import { mistake } from './mistakes';
import { idSchema } from './words';

const templateSchema = reviewTemplateInputSchema.safeExtend({ id: idSchema });

/** A template of the configuration: what reviews that recur are made of. */
export type ReviewTemplateConfig = z.output<typeof templateSchema>;

/** How access is reviewed. */
export interface ReviewsConfig {
  templates: ReviewTemplateConfig[];
}

export const reviewsSchema = z
  .strictObject({ templates: z.array(templateSchema).max(200).default([]) })
  .prefault({});

/** Templates of connections that exist and can be reviewed, each id once. */
export function readReviews(
  { templates, ...rest }: z.output<typeof reviewsSchema>,
  connections: KnownConnection[],
): ReviewsConfig {
  const seen = new Map<string, number>();
  templates.forEach(({ id, scope }, index) => {
    const path = ['reviews', 'templates', index];
    const twin = seen.get(id);
    if (twin !== undefined) {
      throw mistake(
        [...path, 'id'],
        `is the id of reviews.templates[${twin}], too: choose another`,
      );
    }
    seen.set(id, index);
    checkConnection(connections, scope.connection, 'access-review', [
      ...path,
      'scope',
      'connection',
    ]);
  });
  return { ...rest, templates };
}
