// SPDX-License-Identifier: Apache-2.0
import {
  cloudIdSchema,
  reviewTemplateInputSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { checkConnection, KnownConnection } from './known';
import { mistake } from './mistakes';
import { idSchema, text } from './words';

const templateSchema = reviewTemplateInputSchema.safeExtend({ id: idSchema });

/** A template of the configuration: what reviews that recur are made of. */
export type ReviewTemplateConfig = z.output<typeof templateSchema>;

const credentialSchema = z.discriminatedUnion(
  'method',
  [
    z.strictObject({
      connection: idSchema,
      method: z.literal('service-account'),
      clientId: text,
      clientSecret: text,
      cloudId: cloudIdSchema.optional(),
    }),
    z.strictObject({
      connection: idSchema,
      method: z.literal('api-token'),
      email: text,
      token: text,
    }),
    z.strictObject({
      connection: idSchema,
      method: z.literal('scoped-api-token'),
      email: text,
      token: text,
      cloudId: cloudIdSchema.optional(),
    }),
  ],
  {
    error:
      'must be a method that can remove: set it to service-account, api-token or scoped-api-token',
  },
);

/** A credential that may remove access at a connection, with its secret; nothing else uses it. */
export type RemovalCredential = z.output<typeof credentialSchema>;

/** How access is reviewed. */
export interface ReviewsConfig {
  templates: ReviewTemplateConfig[];
  /** Whether what is revoked can be removed through the API, and with which credentials. */
  removal: { enabled: boolean; credentials: RemovalCredential[] };
}

export const reviewsSchema = z
  .strictObject({
    templates: z.array(templateSchema).max(200).default([]),
    removal: z
      .strictObject({
        enabled: z.boolean().default(false),
        credentials: z.array(credentialSchema).default([]),
      })
      .prefault({}),
  })
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
  rest.removal.credentials.forEach(({ connection }, index, all) => {
    const path = ['reviews', 'removal', 'credentials', index, 'connection'];
    checkConnection(connections, connection, 'access-review', path);
    const twin = all.findIndex(other => other.connection === connection);
    if (twin !== index) {
      throw mistake(
        path,
        `is that of reviews.removal.credentials[${twin}], too: keep one of them`,
      );
    }
  });
  return { ...rest, templates };
}
