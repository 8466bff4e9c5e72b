// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { purposeSchema, reasonSchema, timeSchema } from './words';

/** How a connection proves itself to Atlassian. @public */
export const authMethodSchema = z.enum([
  'oauth',
  'service-account',
  'api-token',
  'scoped-api-token',
]);

/** How a connection proves itself to Atlassian. @public */
export type AuthMethod = z.output<typeof authMethodSchema>;

/**
 * Why something does not work, and what to do. Codes of connections: `credential-refused`,
 * `token-expired`, `reconnect`, `scope-missing`, `wrong-site`, `no-product-access`,
 * `organization-key-refused`, `organization-not-found`, `site-not-allowed`, `site-connected`, `no-site`, `network`, `address`,
 * `no-organization-key`, `not-connected`.
 *
 * @public
 */
export const problemSchema = reasonSchema.extend({
  /** What to do about it, in words. */
  cure: z.string().optional(),
  /** The scopes that are missing, where that is the reason. */
  scopes: z.array(z.string()).optional(),
});

/** Why something does not work, and what to do. @public */
export type Problem = z.output<typeof problemSchema>;

/**
 * What may be known of a stored secret. `missing`: none is stored, or its key is not configured any
 * more. `expiring`: within 14 days.
 * `reconnect`: Atlassian does not renew it any more.
 *
 * @public
 */
export const credentialSchema = z.object({
  state: z.enum(['stored', 'missing', 'expiring', 'expired', 'reconnect']),
  expiresAt: timeSchema.optional(),
  /** When it was last replaced; absent for one of the configuration. */
  changedAt: timeSchema.optional(),
  /** Id of the key that seals it; absent for one of the configuration. */
  sealedWith: z.string().optional(),
});

/** What may be known of a stored secret. @public */
export type CredentialState = z.output<typeof credentialSchema>;

/** One method of a connection; each exists at most once. Never carries a secret. @public */
export const connectionMethodSchema = z.object({
  method: authMethodSchema,
  /** The purposes it serves; absent: all of the connection. */
  purposes: z.array(purposeSchema).optional(),
  /** Of API tokens. */
  email: z.string().optional(),
  /** Of a service account. */
  clientId: z.string().optional(),
  cloudId: z.string().optional(),
  credential: credentialSchema,
});

/** One method of a connection. Never carries a secret. @public */
export type ConnectionMethod = z.output<typeof connectionMethodSchema>;

/** Whether a dataset can be read with the credentials of a connection. @public */
export const capabilitySchema = z.object({
  dataset: z.string(),
  ability: z.enum(['can', 'partly', 'cannot']),
  /** Why not, or why not all of it. */
  problem: problemSchema.optional(),
  /** What was seen, in words. */
  saw: z.string().optional(),
  /** Needed by a purpose of the connection. */
  required: z.boolean(),
  /** Ids of the checks that use it. */
  checks: z.array(z.string()),
  checkedAt: timeSchema,
});

/** Whether a dataset can be read with the credentials of a connection. @public */
export type Capability = z.output<typeof capabilitySchema>;

/** The group that holds the licensed population of a site. @public */
export const userGroupSchema = z.object({
  /** Absent while a group that the configuration names was not seen yet. */
  id: z.string().optional(),
  name: z.string(),
  /** Members as last read. */
  members: z.number().int().optional(),
});

/** The group that holds the licensed population of a site. @public */
export type UserGroup = z.output<typeof userGroupSchema>;

/** Atlassian's id of a site. @public */
export const cloudIdSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,64}$/, 'must be letters, digits and hyphens');
