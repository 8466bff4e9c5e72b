// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { accountSchema } from './directory';
import { listQuerySchema } from './lists';
import { accountClassSchema, reasonSchema, timeSchema } from './words';

/** Why something is decided; kept beside the decision, and in the ledger as a hash only. */
const reason = z.string().trim().min(1).max(2000);

/** Key of a person in a personnel source: the ref of a User entity. */
const person = z.string().min(1).max(255);

/** A person as a personnel source has them. @public */
export const personRecordSchema = z.object({
  /** Personnel source, such as `people:catalog`. */
  source: z.string(),
  /** Key of the person in that source: the ref of a User entity. */
  ref: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  status: z.enum(['employed', 'departed', 'missing']),
  /** ISO dates or times */
  startDate: z.string().optional(),
  endDate: z.string().optional(),
  /** Since when no source has them any more. */
  absentSince: timeSchema.optional(),
});

/** A person as a personnel source has them. @public */
export type PersonRecord = z.output<typeof personRecordSchema>;

/** Parameters of the list of people. @public */
export const peopleQuerySchema = listQuerySchema
  .omit({ connection: true })
  .extend({
    /** Part of a name, an email or a ref. */
    search: z.string().trim().min(1).max(200).optional(),
    /** `missing` are those whose departure waits for somebody's word; by ref, not by name. */
    status: z.enum(['employed', 'departed', 'missing']).optional(),
  });

/** Somebody an account may belong to, until a person says so. @public */
export const suggestionSchema = personRecordSchema.extend({
  /** What speaks for it; an email is suggested only where several people have it. */
  why: z.enum(['name', 'email', 'part-of-name']),
  /** The only person called the same, by more than one word, who is employed. */
  exact: z.boolean(),
});

/** Somebody an account may belong to, until a person says so. @public */
export type Suggestion = z.output<typeof suggestionSchema>;

/** An account that waits for somebody to say whose it is. @public */
export const unidentifiedAccountSchema = accountSchema.extend({
  /** At most five, the likeliest first. */
  suggestions: z.array(suggestionSchema),
});

/** An account that waits for somebody to say whose it is. @public */
export type UnidentifiedAccount = z.output<typeof unidentifiedAccountSchema>;

/** Parameters of the list of accounts that wait to be identified; it is about now. @public */
export const unidentifiedQuerySchema = listQuerySchema.omit({ asOf: true });

/** One account in one site. */
const ofAccount = {
  connection: z.string().min(1).max(255),
  accountId: z.string().min(1).max(255),
};

/** How many accounts one request decides on at most. @public */
export const MAX_ACCOUNT_DECISIONS = 100;

/** Accounts to decide on together; what is said of one holds in every site. */
const together = <T extends z.ZodType<{ accountId: string }>>(one: T) =>
  z
    .array(one)
    .min(1)
    .max(MAX_ACCOUNT_DECISIONS)
    .superRefine((accounts, context) => {
      const ids = new Set<string>();
      accounts.forEach(({ accountId }, index) => {
        if (ids.has(accountId)) {
          context.addIssue({
            code: 'custom',
            path: [index, 'accountId'],
            message: `The account '${accountId}' is named twice: name it once, what is said of it holds in every site`,
          });
        }
        ids.add(accountId);
      });
    });

/** Whom an account belongs to: a person, nobody, or what is found out by itself again. @public */
export const accountLinkSchema = z.discriminatedUnion('to', [
  z.strictObject({
    to: z.literal('person'),
    source: z.string().min(1).max(255),
    person,
    reason,
  }),
  z.strictObject({ to: z.literal('nobody'), reason }),
  z.strictObject({ to: z.literal('undo'), reason }),
]);

/** Whom an account belongs to. @public */
export type AccountLinkInput = z.output<typeof accountLinkSchema>;

/** Whom several accounts belong to, for one reason; all of it is kept, or nothing. @public */
export const accountLinksSchema = z.strictObject({
  links: together(
    z.discriminatedUnion('to', [
      z.strictObject({
        ...ofAccount,
        to: z.literal('person'),
        source: z.string().min(1).max(255),
        person,
      }),
      z.strictObject({ ...ofAccount, to: z.literal('nobody') }),
      z.strictObject({ ...ofAccount, to: z.literal('undo') }),
    ]),
  ),
  reason,
});

/** Whom several accounts belong to. @public */
export type AccountLinksInput = z.output<typeof accountLinksSchema>;

const classFields = {
  class: accountClassSchema.optional(),
  /** Entity ref of who answers for it. */
  owner: z.string().min(1).max(255).optional(),
  /** What it is for; not in the ledger. */
  purpose: z.string().trim().min(1).max(2000).optional(),
};

/** Without a class everything that was said is taken back: what comes with it would be lost. */
const saysWhat = (said: { class?: string; owner?: string; purpose?: string }) =>
  said.class !== undefined || !(said.owner ?? said.purpose);

const sayWhat = { path: ['class'], message: 'say what it is' };

/** What an account is, who answers for it and what it is for; without a class, what the site shows again. @public */
export const accountClassInputSchema = z
  .strictObject(classFields)
  .refine(saysWhat, sayWhat);

/** What an account is, who answers for it and what it is for. @public */
export type AccountClassInput = z.output<typeof accountClassInputSchema>;

/** The same of several accounts; all of it is kept, or nothing. @public */
export const accountClassesInputSchema = z
  .strictObject({
    ...classFields,
    accounts: together(z.strictObject(ofAccount)),
  })
  .refine(saysWhat, sayWhat);

/** The same of several accounts. @public */
export type AccountClassesInput = z.output<typeof accountClassesInputSchema>;

/** Of how many accounts something was said. @public */
export const decidedAccountsSchema = z.object({ decided: z.number().int() });

/** Who decided, and when. */
const decided = { by: z.string(), at: timeSchema };

/** What people said of an account, latest word only. @public */
export const accountDecisionsSchema = z.object({
  link: z
    .object({
      /** Absent: it belongs to nobody. */
      person: z.object({ source: z.string(), person: z.string() }).optional(),
      reason: z.string(),
      ...decided,
    })
    .optional(),
  class: z
    .object({
      class: accountClassSchema,
      /** What it was seen as before. */
      before: accountClassSchema,
      owner: z.string().optional(),
      purpose: z.string().optional(),
      ...decided,
    })
    .optional(),
});

/** What people said of an account, latest word only. @public */
export type AccountDecisions = z.output<typeof accountDecisionsSchema>;

/** A personnel source, and how its last read went. @public */
export const peopleSourceSchema = z.object({
  /** `catalog`, or the id of another source. */
  id: z.string(),
  outcome: z.enum([
    'complete',
    'partial',
    'not-visible',
    'failed',
    'never-read',
  ]),
  reason: reasonSchema.optional(),
  readAt: timeSchema.optional(),
  /** Last read that was whole. */
  completeAt: timeSchema.optional(),
  /** How many the last read found. */
  people: z.number().int(),
});

/** A personnel source, and how its last read went. @public */
export type PeopleSource = z.output<typeof peopleSourceSchema>;

/** All personnel sources. @public */
export const peopleSourcesSchema = z.object({
  items: z.array(peopleSourceSchema),
});

/** That somebody who is gone from every source has left. @public */
export const departureSchema = z.object({ person, reason });

/** Why a shrink that was refused is right. @public */
export const acceptPeopleShrinkSchema = z.object({ reason });
