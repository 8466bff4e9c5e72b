// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { resourceSchema } from './checks';
import { criticalSystemSchema } from './criticalSystems';
import { accountGrantSchema, reachSchema, spaceGrantSchema } from './directory';
import { policySchema } from './policies';
import {
  accountClassSchema,
  reasonSchema,
  seenCountSchema,
  severitySchema,
  timeSchema,
  verdictSchema,
} from './words';

/** Parameters of what a card shows. @public */
export const accessQuerySchema = z.object({
  /** Full ref of an entity of the catalog, such as `user:default/ana`. */
  entityRef: z
    .string()
    .max(512)
    .regex(
      /^[!-.0-9;-~]+:[!-.0-9;-~]+\/[!-.0-9;-~]+$/,
      'must be a full entity ref, such as user:default/ana',
    ),
});

/** A check over what the card is about, without the facts of its findings. @public */
export const accessCheckSchema = z.object({
  checkId: z.string(),
  title: z.string(),
  severity: severitySchema,
  verdict: verdictSchema,
  /** Why, for the worst subject. */
  reason: reasonSchema,
  /** How many subjects have this verdict. */
  count: z.number().int(),
  /** How many of these are excepted; absent where none is. */
  excepted: z.number().int().optional(),
});

/** A check over what the card is about. @public */
export type AccessCheck = z.output<typeof accessCheckSchema>;

/** An account of the person a card is about. @public */
export const accessAccountSchema = z.object({
  connection: z.string(),
  connectionTitle: z.string(),
  accountId: z.string(),
  name: z.string().optional(),
  /** As the fact `status` of the account: `active`, `suspended`, `deactivated`, `removed`, `closed`, `unknown`, … */
  status: z.string(),
  class: accountClassSchema,
  /** How the account was linked to the person; absent when it is not. */
  how: z.string().optional(),
  groups: z.number().int(),
});

/** An account of the person a card is about. @public */
export type AccessAccount = z.output<typeof accessAccountSchema>;

/** What a catalog card shows of one entity. Sections that do not concern it are absent. @public */
export const accessSchema = z.object({
  entityRef: z.string(),
  revision: z.number().int(),
  /** When what it shows was last read whole; absent when it never was. */
  readAt: timeSchema.optional(),
  /** Why what it shows may be incomplete. */
  incomplete: reasonSchema.optional(),
  /** Checks over it, worst first; a check that finds nothing wrong is among them. */
  checks: z.array(accessCheckSchema),
  /** Of a person: their accounts, and the most powerful of what these can do. */
  person: z
    .object({
      accounts: z.array(accessAccountSchema),
      grants: z.array(accountGrantSchema),
      grantsInAll: seenCountSchema,
      /** What access reviews say of the accounts. */
      review: z
        .object({
          /** When a review that decided on them was last signed off. */
          lastAt: timeSchema.optional(),
          /** Decisions about them that are still open. */
          undecided: z.number().int(),
        })
        .optional(),
    })
    .optional(),
  /** Of a Confluence group, or of a team of the catalog. */
  group: z
    .object({
      /** `confluence` is mirrored from a site; a `team` is people with accounts. */
      kind: z.enum(['confluence', 'team']),
      connection: z.string().optional(),
      groupId: z.string().optional(),
      managedBy: z.string().optional(),
      members: seenCountSchema,
      /** Of a team: how many of its people have an account. */
      withAccount: z.number().int().optional(),
      /** Of a team: the Confluence groups its people are in most. */
      groups: z.array(
        z.object({
          connection: z.string(),
          groupId: z.string(),
          name: z.string(),
          people: z.number().int(),
          entityRef: z.string().optional(),
        }),
      ),
      grants: z.array(accountGrantSchema),
      grantsInAll: seenCountSchema,
    })
    .optional(),
  /** Of a space, and of whatever carries its annotation. */
  space: z
    .object({
      resource: resourceSchema,
      reach: reachSchema,
      /** The principals that can do most. */
      grants: z.array(spaceGrantSchema),
      grantsInAll: seenCountSchema,
    })
    .optional(),
  /** Where the site or space is a critical system. */
  criticalSystem: criticalSystemSchema.optional(),
  /** Of a page: the policies it fulfils or was meant to. */
  policies: z.array(policySchema),
});

/** What a catalog card shows of one entity. @public */
export type Access = z.output<typeof accessSchema>;
