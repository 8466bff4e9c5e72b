// SPDX-License-Identifier: Apache-2.0
import {
  cloudIdSchema,
  purposeSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { durationSchema } from './duration';
import { idSchema, text } from './words';

const purposes = z.array(purposeSchema).min(1).optional();
const expiresAt = z.iso
  .date('must be the last day of the credential, such as 2027-06-30')
  .optional();

/** How a connection proves itself, with its secrets. */
export const methodSchema = z.discriminatedUnion(
  'method',
  [
    z.strictObject({
      method: z.literal('oauth'),
      purposes,
      cloudId: cloudIdSchema.optional(),
    }),
    z.strictObject({
      method: z.literal('service-account'),
      purposes,
      clientId: text,
      clientSecret: text,
      cloudId: cloudIdSchema.optional(),
      expiresAt,
    }),
    z.strictObject({
      method: z.literal('api-token'),
      purposes,
      email: text,
      token: text,
      expiresAt,
    }),
    z.strictObject({
      method: z.literal('scoped-api-token'),
      purposes,
      email: text,
      token: text,
      cloudId: cloudIdSchema.optional(),
      expiresAt,
    }),
  ],
  {
    error:
      'must be a method that exists: set it to oauth, service-account, api-token or scoped-api-token',
  },
);

export const cadenceSchema = z
  .strictObject({
    accounts: durationSchema({ hours: 6 }),
    groups: durationSchema({ hours: 6 }),
    memberships: durationSchema({ hours: 6 }),
    spaces: durationSchema({ hours: 6 }),
    grants: durationSchema({ hours: 6 }),
    labels: durationSchema({ hours: 1 }),
    pages: durationSchema({ hours: 1 }),
    pagesFull: durationSchema({ days: 7 }),
    directory: durationSchema({ days: 1 }),
  })
  .prefault({});

/** How often each dataset is read where nothing else is said. */
export const STANDARD_CADENCE = cadenceSchema.parse({});

interface Methods {
  purposes: string[];
  auth: Array<{ method: string; purposes?: string[] }>;
}

/** What is wrong with the methods of a connection as a whole: where, and in words. */
export function mistakesOfMethods({ purposes: all, auth }: Methods) {
  const mistakes: Array<{ path: PropertyKey[]; message: string }> = [];
  for (const purpose of all) {
    if (!auth.some(({ purposes: own }) => !own || own.includes(purpose))) {
      mistakes.push({
        path: ['auth'],
        message: `has no method for the purpose '${purpose}': add one, or add the purpose to a method`,
      });
    }
  }
  auth.forEach(({ method, purposes: own }, index) => {
    const foreign = own?.find(purpose => !all.includes(purpose));
    if (foreign) {
      mistakes.push({
        path: ['auth', index, 'purposes'],
        message: `names '${foreign}', which is not a purpose of the connection: add it to the connection or remove it here`,
      });
    }
    if (auth.findIndex(other => other.method === method) !== index) {
      mistakes.push({
        path: ['auth', index, 'method'],
        message: `'${method}' is there twice: a connection has each method once, for all the purposes it serves`,
      });
    }
  });
  return mistakes;
}

export const connectionSchema = z
  .strictObject({
    id: idSchema,
    title: text.optional(),
    site: text,
    owner: text.optional(),
    purposes: z
      .array(purposeSchema)
      .min(1)
      .default([...purposeSchema.options]),
    userGroup: text.optional(),
    auth: z.array(methodSchema).min(1),
    organization: z
      .strictObject({ id: text, apiKey: text, expiresAt })
      .optional(),
    cadence: cadenceSchema,
  })
  .superRefine((connection, context) => {
    for (const { path, message } of mistakesOfMethods(connection)) {
      context.addIssue({ code: 'custom', path, message });
    }
  });
