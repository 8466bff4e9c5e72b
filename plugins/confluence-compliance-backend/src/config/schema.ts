// SPDX-License-Identifier: Apache-2.0
import {
  confluenceCompliancePermissions,
  purposeSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { durationSchema } from './duration';
import { policiesSchema } from './policies';
import { criticalSystemsSchema } from './systems';
import { idSchema, later, text } from './words';

const methodSchema = z.discriminatedUnion(
  'method',
  [
    z.strictObject({
      method: z.literal('api-token'),
      purposes: z.array(purposeSchema).min(1).optional(),
      email: text,
      token: text,
    }),
    z.strictObject({
      method: z.literal('service-account'),
      purposes: z.array(purposeSchema).min(1).optional(),
      clientId: text,
      clientSecret: text,
      cloudId: text.optional(),
    }),
  ],
  {
    error: issue => sayMethod((issue.input as { method?: unknown })?.method),
  },
);

function sayMethod(method: unknown): string {
  const exist = 'set it to api-token or service-account';
  return method === 'oauth' || method === 'scoped-api-token'
    ? `'${method}' is not supported yet: ${exist}`
    : `must be a method that exists: ${exist}`;
}

const cadenceSchema = z
  .strictObject({
    accounts: durationSchema({ hours: 6 }),
    groups: durationSchema({ hours: 6 }),
    memberships: durationSchema({ hours: 6 }),
    spaces: durationSchema({ hours: 6 }),
    grants: durationSchema({ hours: 6 }),
    labels: durationSchema({ hours: 1 }),
    pages: durationSchema({ hours: 1 }),
    pagesFull: durationSchema({ days: 7 }),
  })
  .prefault({});

const connectionSchema = z
  .strictObject({
    id: idSchema,
    title: text.optional(),
    site: text,
    owner: text.optional(),
    purposes: z
      .array(purposeSchema)
      .min(1)
      .default([...purposeSchema.options]),
    userGroup: later,
    auth: z.array(methodSchema).min(1),
    organization: later,
    cadence: cadenceSchema,
  })
  .superRefine((connection, context) => {
    connection.purposes.forEach(purpose => {
      const served = connection.auth.filter(
        ({ purposes }) => !purposes || purposes.includes(purpose),
      );
      if (!served.length) {
        context.addIssue({
          code: 'custom',
          path: ['auth'],
          message: `has no method for the purpose '${purpose}': add one, or add the purpose to a method`,
        });
      }
    });
    connection.auth.forEach(({ purposes }, index) => {
      const foreign = purposes?.find(
        purpose => !connection.purposes.includes(purpose),
      );
      if (foreign) {
        context.addIssue({
          code: 'custom',
          path: ['auth', index, 'purposes'],
          message: `names '${foreign}', which is not a purpose of the connection: add it to the connection or remove it here`,
        });
      }
    });
  });

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

const peopleSchema = z.strictObject({
  source: z.literal('catalog', 'must be catalog'),
  filter: z
    .record(
      z.string(),
      z.union(
        [text, z.array(text).min(1)],
        'must be a text or a list of texts',
      ),
    )
    .default({ 'metadata.namespace': 'default' }),
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
export const configurationSchema = z
  .strictObject({
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
    people: z.array(peopleSchema).prefault([{ source: 'catalog' }]),
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
    checks: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
    criticalSystems: criticalSystemsSchema,
    policies: policiesSchema,
    secrets: later,
    oauth: later,
    retention: later,
  })
  .transform(({ secrets, oauth, retention, ...rest }) => rest);
