// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { listQuerySchema, sortSchema } from './lists';
import { accountFactsSchema } from './accountFacts';
import { resourceSchema } from './checks';
import {
  accessLevelSchema,
  accountClassSchema,
  reasonSchema,
  seenCountSchema,
  timeSchema,
} from './words';

/** An Atlassian account as one site shows it. @public */
export const accountSchema = z.object({
  connection: z.string(),
  accountId: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  /** Why there is no email. */
  emailReason: reasonSchema.optional(),
  accountType: z.string(),
  /** `active`, `inactive`, `closed`, … as Atlassian says it. */
  status: z.string(),
  class: accountClassSchema,
  /** In a group or in the site's user search. */
  listed: z.boolean(),
  /**
   * Whether it is outside the user group of its connection, hence not of the licensed population.
   * Absent where the connection has no user group, or its members were never read completely.
   */
  outsideUserGroup: z.boolean().optional(),
  /** What site, organization and personnel sources say of it. */
  facts: accountFactsSchema,
  /** Groups it is a member of. */
  groups: z.number().int(),
  person: z
    .object({
      ref: z.string(),
      how: z.string(),
      /** How sure the link is, by how it was found. */
      confidence: z.enum(['certain', 'likely']).optional(),
    })
    .optional(),
  /** Open findings about it: what fails or warns. */
  findings: z.number().int(),
  /** How many of these are excepted; absent where none is. */
  excepted: z.number().int().optional(),
  /** Verdicts about it that are not known; no findings. */
  unknownVerdicts: z.number().int(),
  /** The mirrored catalog entity, where the catalog module makes one. */
  entityRef: z.string().optional(),
});

/** An Atlassian account as one site shows it. @public */
export type Account = z.output<typeof accountSchema>;

/** Parameters of the list of accounts. @public */
export const accountsQuerySchema = listQuerySchema.extend({
  /** Part of a name or email, or how an account id begins. */
  q: z.string().min(1).max(200).optional(),
  class: accountClassSchema.optional(),
  /** As the fact `status`: `active`, `suspended`, `deactivated`, `removed`, `closed`, … */
  status: z.string().min(1).max(64).optional(),
  person: z.enum(['linked', 'unlinked']).optional(),
  /** Only accounts about which something fails or warns: `all`, or `open`, where not all of it is excepted. */
  findings: z.enum(['open', 'all']).optional(),
  /** In the user group of their connection or not; where there is none, everybody is inside. */
  population: z.enum(['inside', 'outside']).optional(),
  /** Two-step verification, as far as the organization says. */
  mfa: z.enum(['enabled', 'disabled', 'unknown']).optional(),
  sort: sortSchema(['name', 'status', 'class']).default('name'),
});

/** What somebody can act with besides signing in, as the organization tells it. Never the secret. @public */
export const accountCredentialSchema = z.object({
  /** An API token of the account, or that the account is itself a service account. */
  kind: z.enum(['api-token', 'service-account']),
  /** What its owner called it; the latest, whatever moment is asked for. */
  label: z.string().optional(),
  /** `ALLOWED`, `BLOCKED`, `ACTIVE`, … as Atlassian says it. */
  status: z.string().optional(),
  createdAt: timeSchema.optional(),
  /** Account id of who made it, of service accounts only. */
  createdBy: z.string().optional(),
  expiresAt: timeSchema.optional(),
  /** The latest, whatever moment is asked for. Absent: Atlassian tells of no use. */
  lastUsedAt: timeSchema.optional(),
});

/** What somebody can act with besides signing in. @public */
export type AccountCredential = z.output<typeof accountCredentialSchema>;

/** The credentials of an account that are known, and why there may be more. @public */
export const accountCredentialsSchema = z.object({
  /** At most a hundred, the newest first. */
  items: z.array(accountCredentialSchema),
  total: z.number().int(),
  /** Why those of a kind are not all known; a kind that is absent is known whole. */
  unknown: z.array(
    z.object({
      kind: accountCredentialSchema.shape.kind,
      reason: reasonSchema,
    }),
  ),
});

/** The credentials of an account that are known, and why there may be more. @public */
export type AccountCredentials = z.output<typeof accountCredentialsSchema>;

/** An account with the groups it is in. @public */
export const accountDetailSchema = accountSchema.extend({
  memberOf: z.array(
    z.object({ groupId: z.string(), name: z.string(), since: timeSchema }),
  ),
  /** API tokens and service accounts. */
  credentials: accountCredentialsSchema,
  /** How many grants it has, over all paths; `unknown` when permissions were not all read. */
  access: seenCountSchema.optional(),
});

/** An account with the groups it is in. @public */
export type AccountDetail = z.output<typeof accountDetailSchema>;

/** One step on the way from an account to what it can do. @public */
export const pathStepSchema = z.object({
  kind: z.enum(['account', 'group', 'access-class']),
  id: z.string(),
  name: z.string().optional(),
  entityRef: z.string().optional(),
});

/** One step on the way from an account to what it can do. @public */
export type PathStep = z.output<typeof pathStepSchema>;

/** What a grant consists of, and whether it comes to anything. */
const grantFields = {
  level: accessLevelSchema,
  /** Such as `administer:space`, as Confluence says it. */
  operations: z.array(z.string()),
  /** Name of the role that gives it, where the space has roles. */
  role: z.string().optional(),
  since: timeSchema,
  /** Whether the account gets it: a deactivated one does not; what nobody knows is `perhaps`. Only in the lists of one account and one space, and there not of groups. */
  effective: z.enum(['yes', 'no', 'perhaps']).optional(),
  /** Why it does not surely get it. */
  why: reasonSchema.optional(),
};

/** What an account can do somewhere, by one path. @public */
export const accountGrantSchema = z.object({
  ...grantFields,
  resource: resourceSchema,
  /** Empty when granted to the account itself. */
  path: z.array(pathStepSchema),
});

/** What an account can do somewhere, by one path. @public */
export type AccountGrant = z.output<typeof accountGrantSchema>;

/** What one principal can do in a space. @public */
export const spaceGrantSchema = z.object({
  principal: pathStepSchema,
  /** How many accounts are in it, where it is a group. */
  members: z.number().int().optional(),
  /** Open findings about the account; of a group, how many of its members have some. */
  findings: z.number().int().optional(),
  /** How many of these are excepted; of a group, how many members have excepted ones only. Absent where none. */
  excepted: z.number().int().optional(),
  /** What an account is that asks for a second look. */
  marks: z.array(z.enum(['guest', 'unidentified'])).optional(),
  ...grantFields,
});

/** What one principal can do in a space. @public */
export type SpaceGrant = z.output<typeof spaceGrantSchema>;

/** Who reaches a space. @public */
export const reachSchema = z.object({
  people: seenCountSchema,
  admins: seenCountSchema,
  guests: z.number().int(),
  machines: z.number().int(),
  /** Open to everybody on the internet, or unknown. */
  anonymous: z.boolean().optional(),
});

/** Who reaches a space. @public */
export type Reach = z.output<typeof reachSchema>;

/** A group of a site. @public */
export const groupSchema = z.object({
  connection: z.string(),
  groupId: z.string(),
  name: z.string(),
  managedBy: z.string(),
  usageType: z.string(),
  members: z.number().int(),
  entityRef: z.string().optional(),
});

/** A group of a site. @public */
export type Group = z.output<typeof groupSchema>;

/** A group with how much of it was seen. @public */
export const groupDetailSchema = groupSchema.extend({
  /** How many of its members have open findings; groups themselves are not judged. */
  membersWithFindings: z.number().int(),
  /** How many of these have excepted findings only; absent where none has. */
  membersExcepted: z.number().int().optional(),
  /** Its members; `unknown` when they were not all read. */
  membership: seenCountSchema,
  /** In how many spaces something is granted to it; `unknown` when permissions were not all read. */
  access: seenCountSchema,
});

/** A group with how much of it was seen. @public */
export type GroupDetail = z.output<typeof groupDetailSchema>;

/** What a group can do in one space. @public */
export const groupGrantSchema = accountGrantSchema.omit({ path: true });

/** What a group can do in one space. @public */
export type GroupGrant = z.output<typeof groupGrantSchema>;

/** Parameters of the list of groups. @public */
export const groupsQuerySchema = listQuerySchema.extend({
  q: z.string().min(1).max(200).optional(),
  sort: sortSchema(['name']).default('name'),
});

/** A space of a site. @public */
export const spaceSchema = z.object({
  connection: z.string(),
  spaceId: z.string(),
  key: z.string(),
  name: z.string(),
  type: z.string(),
  status: z.string(),
  pages: z.number().int(),
  /** Principals that its permissions name; absent when they were never read. */
  principals: z.number().int().optional(),
  /** Open to everybody on the internet; absent when its permissions were never read. */
  anonymous: z.boolean().optional(),
  /** Its access must be reviewed on a cadence. */
  critical: z.boolean(),
  /** Some check has a verdict on it. Where none has, no finding says nothing. */
  judged: z.boolean(),
  /** Open findings about it: what fails or warns. */
  findings: z.number().int(),
  /** How many of these are excepted; absent where none is. */
  excepted: z.number().int().optional(),
  /** Verdicts about it that are not known; no findings. */
  unknownVerdicts: z.number().int(),
  entityRef: z.string().optional(),
});

/** A space of a site. @public */
export type Space = z.output<typeof spaceSchema>;

/** A space with who reaches it. @public */
export const spaceDetailSchema = spaceSchema.extend({ reach: reachSchema });

/** A space with who reaches it. @public */
export type SpaceDetail = z.output<typeof spaceDetailSchema>;

/** Parameters of the list of spaces. @public */
export const spacesQuerySchema = listQuerySchema.extend({
  q: z.string().min(1).max(200).optional(),
  type: z.string().min(1).max(64).optional(),
  status: z.string().min(1).max(64).optional(),
  sort: sortSchema(['name', 'key']).default('name'),
});

/** A page of a site, without its body. @public */
export const pageRecordSchema = z.object({
  connection: z.string(),
  pageId: z.string(),
  title: z.string(),
  /** `current`, `archived`, `trashed`, … */
  status: z.string(),
  /** Account id of its owner; absent where Confluence named none. */
  ownerId: z.string().optional(),
  spaceId: z.string(),
  spaceKey: z.string().optional(),
  labels: z.array(z.string()),
  /** Who may read is narrowed on the page, on an ancestor, not at all, or was not read. */
  restriction: z.enum(['open', 'own', 'inherited', 'unknown']),
  version: z.number().int(),
  versionAt: timeSchema.optional(),
  entityRef: z.string().optional(),
});

/** A page of a site, without its body. @public */
export type PageRecord = z.output<typeof pageRecordSchema>;

/** Parameters of the list of pages. @public */
export const pagesQuerySchema = listQuerySchema.extend({
  q: z.string().min(1).max(200).optional(),
  space: z.string().min(1).max(64).optional(),
  label: z.string().min(1).max(255).optional(),
  status: z.string().min(1).max(64).optional(),
  /** Account id of the owner. */
  owner: z.string().min(1).max(255).optional(),
  sort: sortSchema(['title']).default('title'),
});

/** Members are listed with those first who are in the group for longest. @public */
export const membersQuerySchema = listQuerySchema.omit({ connection: true });

/** Parameters of who can do what, one row per path or principal. @public */
export const grantsQuerySchema = listQuerySchema.omit({ connection: true });
