// SPDX-License-Identifier: Apache-2.0
import { confluenceCompliancePermissions } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { connectionSchema } from './connections';
import { durationSchema } from './duration';
import { peopleSchema } from './people';
import { findingsSchema } from './findings';
import { policiesSchema } from './policies';
import { exceptionsSchema } from './exceptions';
import { retentionSchema } from './retention';
import { reviewsSchema } from './reviews';
import { oauthSchema, secretsSchema } from './secrets';
import { criticalSystemsSchema } from './systems';
import { idSchema, text } from './words';

const permissionNames = confluenceCompliancePermissions.map(({ name }) => name);

const serviceSchema = z.strictObject({
  subject: z
    .string()
    .regex(
      /^(?!user:)\S+$/,
      'must be a service principal such as plugin:catalog, or the subject of an external access',
    ),
  permissions: z.array(z.enum(permissionNames)).min(1),
});

/** The catalog module reads and checks the other keys of `catalog`. */
const catalogSchema = z
  .looseObject({
    namespace: idSchema
      .refine(
        namespace => namespace !== 'default',
        'must not be default, where sign-in looks people up: choose another, such as confluence',
      )
      .default('confluence'),
    accounts: z.enum(['user', 'resource', 'none']).default('user'),
    pages: z
      .looseObject({
        labels: z.array(text).default([]),
        all: z.boolean().default(false),
      })
      .prefault({}),
  })
  .prefault({});

/** Everything below `confluenceCompliance`. */
export const configurationSchema = z.strictObject({
  atlassian: z
    .strictObject({
      authUrl: text.default('https://auth.atlassian.com'),
      apiUrl: text.default('https://api.atlassian.com'),
    })
    .prefault({}),
  allowedSites: z
    .array(
      z
        .string()
        .regex(
          /^((\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*|\[::1\])$/,
          'must be a host name in lowercase without port, such as acme.atlassian.net or *.atlassian.net',
        ),
    )
    .min(1)
    .default(['*.atlassian.net']),
  services: z.array(serviceSchema).default([]),
  connections: z.array(connectionSchema).default([]),
  catalog: catalogSchema,
  people: peopleSchema,
  allowWithoutPermissions: z.boolean().default(false),
  schedule: z
    .strictObject({
      every: durationSchema({ seconds: 30 }),
      slice: durationSchema({ minutes: 2 }),
      timeout: durationSchema({ minutes: 3 }),
      checks: durationSchema({ hours: 6 }),
      people: durationSchema({ hours: 1 }),
    })
    .prefault({}),
  checks: z
    .record(z.string(), z.looseObject({ schedule: durationSchema(undefined) }))
    .default({}),
  criticalSystems: criticalSystemsSchema,
  policies: policiesSchema,
  secrets: secretsSchema,
  oauth: oauthSchema,
  retention: retentionSchema,
  exceptions: exceptionsSchema,
  findings: findingsSchema,
  reviews: reviewsSchema,
});
