// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { connectionSchema } from './connections';
import {
  authMethodSchema,
  capabilitySchema,
  cloudIdSchema,
  problemSchema,
} from './credentials';
import { purposeSchema, timeSchema } from './words';

const text = z.string().trim().min(1);
/** A secret is sent once and never comes back. */
const secret = z.string().trim().min(1).max(4096);
const purposes = z.array(purposeSchema).min(1).max(2);
const expiresAt = z.iso.date().optional();

/** One method as it is entered; a secret that is absent keeps the stored one. @public */
export const methodInputSchema = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('oauth'),
    purposes: purposes.optional(),
    cloudId: cloudIdSchema.optional(),
  }),
  z.strictObject({
    method: z.literal('service-account'),
    purposes: purposes.optional(),
    clientId: text.max(255),
    clientSecret: secret.optional(),
    cloudId: cloudIdSchema.optional(),
    /** Last day of the credential, such as `2027-06-30`. */
    expiresAt,
  }),
  z.strictObject({
    method: z.literal('api-token'),
    purposes: purposes.optional(),
    email: z.email().max(255),
    token: secret.optional(),
    /** Last day of the token. */
    expiresAt,
  }),
  z.strictObject({
    method: z.literal('scoped-api-token'),
    purposes: purposes.optional(),
    email: z.email().max(255),
    token: secret.optional(),
    cloudId: cloudIdSchema.optional(),
    /** Last day of the token. */
    expiresAt,
  }),
]);

/** One method as it is entered. @public */
export type MethodInput = z.input<typeof methodInputSchema>;

const organizationInput = z.strictObject({
  id: text.max(64),
  apiKey: secret.optional(),
  /** Last day of the key. */
  expiresAt,
});

/** A new connection. It reads nothing until it is enabled. @public */
export const createConnectionSchema = z.strictObject({
  /** Stable id; made from title or site where it is absent. */
  id: text.max(63).optional(),
  title: text.max(100).optional(),
  /** A bare domain is accepted. With OAuth it may be chosen after the grant. */
  site: text.max(255).optional(),
  /** Entity ref of the team that looks after it. */
  owner: text.max(255).optional(),
  purposes,
  auth: z.array(methodInputSchema).min(1).max(4),
  organization: organizationInput.optional(),
  /** Whoever makes it confirms that they may grant this access. */
  adminConfirmed: z.literal(
    true,
    'must be true: confirm that you may give this access to the site',
  ),
});

/** A new connection. @public */
export type CreateConnection = z.input<typeof createConnectionSchema>;

/** What changes of a connection that was made in the portal; what is absent stays. @public */
export const updateConnectionSchema = z.strictObject({
  title: text.max(100).optional(),
  site: text.max(255).optional(),
  /** `null`: nobody. */
  owner: text.max(255).nullable().optional(),
  purposes: purposes.optional(),
  /** All methods it shall have. New secrets are tried before they replace the old ones. */
  auth: z.array(methodInputSchema).min(1).max(4).optional(),
  /** `null`: none any more. */
  organization: organizationInput.nullable().optional(),
  /** Id of the group; `null`: everybody counts. */
  userGroup: text.max(255).nullable().optional(),
  /** Whether it is read on schedule. Enabling the first time ends the set-up. */
  enabled: z.boolean().optional(),
});

/** What changes of a connection that was made in the portal. @public */
export type UpdateConnection = z.input<typeof updateConnectionSchema>;

/** What becomes of what a connection brought. @public */
export const deleteConnectionQuerySchema = z.object({
  /** `keep`: it can still be read as it was. Ledger entries stay in any case. */
  history: z.enum(['keep', 'delete']).default('keep'),
  /** Its entities in the catalog. */
  entities: z.enum(['keep', 'remove']).default('remove'),
});

/** What becomes of what a connection brought. @public */
export type DeleteConnectionQuery = z.input<typeof deleteConnectionQuerySchema>;

/** How one credential answered. @public */
export const credentialReportSchema = z.object({
  method: authMethodSchema,
  purposes: z.array(purposeSchema).optional(),
  ok: z.boolean(),
  /** The account behind it, where Atlassian says so. */
  accountId: z.string().optional(),
  accountName: z.string().optional(),
  problem: problemSchema.optional(),
});

/** What a connection can read, as Atlassian just answered. @public */
export const connectionTestSchema = z.object({
  /** Every credential is accepted; capabilities may lack all the same. */
  ok: z.boolean(),
  testedAt: timeSchema,
  requests: z.number().int(),
  durationMs: z.number().int(),
  credentials: z.array(credentialReportSchema),
  /** Absent where no key was given. */
  organization: z
    .object({
      ok: z.boolean(),
      name: z.string().optional(),
      problem: problemSchema.optional(),
    })
    .optional(),
  capabilities: z.array(capabilitySchema),
});

/** What a connection can read, as Atlassian just answered. @public */
export type ConnectionTest = z.output<typeof connectionTestSchema>;

/** Where a person is sent to grant access. @public */
export const authorizeAnswerSchema = z.object({ authorizeUrl: z.url() });

/** What Atlassian sent the person back with. @public */
export const completeAuthorizationSchema = z.strictObject({
  code: z.string().min(1).max(4096),
  state: z.string().min(1).max(255),
});

/** A site that a grant opens. @public */
export const grantedSiteSchema = z.object({
  site: z.string(),
  name: z.string(),
  cloudId: z.string(),
  /** Why it cannot be chosen: not allowed, or connected already. */
  problem: problemSchema.optional(),
});

/** A site that a grant opens. @public */
export type GrantedSite = z.output<typeof grantedSiteSchema>;

/** The connection after a grant; where `sites` has several and none is set, one is to be chosen. @public */
export const completedAuthorizationSchema = z.object({
  connection: connectionSchema,
  sites: z.array(grantedSiteSchema),
});

/** The connection after a grant. @public */
export type CompletedAuthorization = z.output<
  typeof completedAuthorizationSchema
>;

/** Groups that can hold the population of a site. @public */
export const userGroupChoicesQuerySchema = z.object({
  /** A part of the name. */
  search: z.string().max(100).optional(),
});

/** Groups that can hold the population of a site. @public */
export const userGroupChoicesSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      members: z.number().int().optional(),
    }),
  ),
  /** There are more than are listed: search. */
  more: z.boolean(),
});

/** Groups that can hold the population of a site. @public */
export type UserGroupChoices = z.output<typeof userGroupChoicesSchema>;

/** One permission that is asked of Atlassian. @public */
export const scopeSchema = z.object({
  /** Granular scope. */
  scope: z.string(),
  /** Classic scopes that open the same. */
  classic: z.array(z.string()),
  purposes: z.array(purposeSchema),
  /** What it lets us read, in words. */
  reads: z.string(),
  datasets: z.array(z.string()),
  /** Ids of the checks that need it. */
  checks: z.array(z.string()),
  /** Without it the purposes still work. */
  optional: z.boolean(),
  /** Only one method asks for it; absent: all. */
  methods: z.array(authMethodSchema).optional(),
});

/** One permission that is asked of Atlassian. @public */
export type Scope = z.output<typeof scopeSchema>;

/** What somebody needs to know to connect a site. @public */
export const connectionSetupSchema = z.object({
  allowedSites: z.array(z.string()),
  /** Absent without an OAuth app in the configuration. */
  oauth: z.object({ clientId: z.string(), callbackUrl: z.string() }).optional(),
  /** Id of the key that seals credentials; without one none can be stored. */
  sealingKey: z.string().optional(),
  scopes: z.array(scopeSchema),
});

/** What somebody needs to know to connect a site. @public */
export type ConnectionSetup = z.output<typeof connectionSetupSchema>;
