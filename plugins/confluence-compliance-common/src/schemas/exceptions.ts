// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { resourceSchema } from './checks';
import { exceptableVerdictSchema } from './excepted';
import { listQuerySchema, pageSchema, sortSchema } from './lists';
import { userRefSchema } from './userRef';
import { severitySchema, timeSchema } from './words';

/** Days before its end in which an exception is expiring soon. @public */
export const EXPIRING_SOON_DAYS = 14;

/** How many findings one request for exceptions takes. @public */
export const MOST_EXCEPTIONS_AT_ONCE = 100;

/** How many characters say at least why a finding is to be excepted. @public */
export const SHORTEST_EXCEPTION_REASON = 20;

/**
 * Where an exception is in its life: `waiting` for a decision; `live`; `rejected`; `withdrawn` by
 * whoever asked; `ended` by somebody before its time; `expired` by time, decided or not.
 *
 * @public
 */
export const exceptionStatusSchema = z.enum([
  'waiting',
  'live',
  'rejected',
  'withdrawn',
  'ended',
  'expired',
]);

/** Where an exception is in its life. @public */
export type ExceptionStatus = z.output<typeof exceptionStatusSchema>;

/** Why whoever asks may not decide an exception. @public */
export const exceptionBlockSchema = z.enum([
  'no-permission',
  'own-request',
  'about-you',
]);

/** Why whoever asks may not decide an exception. @public */
export type ExceptionBlock = z.output<typeof exceptionBlockSchema>;

/** Who did something to an exception, and when. */
const deedSchema = z.object({
  /** Entity ref. */
  by: z.string(),
  at: timeSchema,
  /** Absent where nothing was said, or it was erased. */
  note: z.string().optional(),
});

/** An accepted finding, or one that somebody asks to accept. @public */
export const exceptionSchema = z.object({
  id: z.string(),
  status: exceptionStatusSchema,
  /** Id of the finding, as in the list of findings. */
  finding: z.string(),
  checkId: z.string(),
  /** Absent where the check is not there any more. */
  severity: severitySchema.optional(),
  /** The verdict that is accepted; a warning that fails later is not covered. */
  verdict: exceptableVerdictSchema,
  subject: z.object({
    kind: z.string(),
    connection: z.string(),
    id: z.string(),
    title: z.string().optional(),
    entityRef: z.string().optional(),
  }),
  account: z
    .object({
      connection: z.string(),
      accountId: z.string(),
      name: z.string().optional(),
      entityRef: z.string().optional(),
    })
    .optional(),
  resource: resourceSchema.optional(),
  request: z.object({
    /** Entity ref of who asked. */
    by: z.string(),
    at: timeSchema,
    /** Entity ref of whom they asked; others who may approve can decide, too. */
    approver: z.string().optional(),
    /** Absent once erased. */
    reason: z.string().optional(),
    /** What lowers the risk until then; absent once erased. */
    control: z.string().optional(),
  }),
  /** Who approved, rejected or withdrew it. */
  decision: deedSchema.optional(),
  /** Who ended it before its time. */
  end: deedSchema.optional(),
  /** It is live before this moment. */
  until: timeSchema,
  /** Why whoever asks may not decide it; absent where they may, or nothing is left to decide. */
  blocked: exceptionBlockSchema.optional(),
  /** Whether it waits and whoever asks may withdraw it, having asked for it. */
  mayWithdraw: z.boolean(),
});

/** An accepted finding, or one that somebody asks to accept. @public */
export type Exception = z.output<typeof exceptionSchema>;

/** Which exceptions a list has. @public */
export const exceptionListStatusSchema = z.enum([
  'waiting',
  'live',
  'expiring',
  'over',
]);

/** Which exceptions a list has. @public */
export type ExceptionListStatus = z.output<typeof exceptionListStatusSchema>;

/** Parameters of the list of exceptions. @public */
export const exceptionsQuerySchema = listQuerySchema
  .omit({ asOf: true })
  .extend({
    /** `expiring` are the live ones that end within two weeks, `over` those that are neither. */
    status: exceptionListStatusSchema.default('waiting'),
    sort: sortSchema(['until']).default('until'),
  });

/** One page of exceptions. @public */
export const exceptionPageSchema = pageSchema(exceptionSchema).extend({
  /** How many days an exception may last. */
  maxDays: z.number().int(),
  /** Whether whoever asks may approve, reject and end. */
  mayDecide: z.boolean(),
  /** Whether whoever asks may ask for one. */
  mayRequest: z.boolean(),
});

/** One page of exceptions. @public */
export type ExceptionPage = z.output<typeof exceptionPageSchema>;

const words = z.string().trim().max(2000);

/** Asks for exceptions of findings, all for the same reason. @public */
export const requestExceptionsSchema = z.strictObject({
  /** Ids of findings. */
  findings: z
    .array(z.string().min(3).max(1000))
    .min(1)
    .max(MOST_EXCEPTIONS_AT_ONCE),
  reason: words.min(
    SHORTEST_EXCEPTION_REASON,
    `must say why, in ${SHORTEST_EXCEPTION_REASON} characters at least`,
  ),
  /** What lowers the risk until then. */
  control: words.min(1, 'must say what lowers the risk until then'),
  /** The last day, which ends in UTC, or a moment. */
  until: z.union(
    [z.iso.date(), z.iso.datetime({ offset: true })],
    'must be a day such as 2027-01-31, or a time in ISO 8601',
  ),
  /** Entity ref of whom to ask; never who asks. */
  approver: userRefSchema.optional(),
});

/** Asks for exceptions of findings. @public */
export type RequestExceptions = z.input<typeof requestExceptionsSchema>;

/** Ids of the exceptions that were asked for, in the order of the findings. @public */
export const requestedExceptionsSchema = z.object({
  ids: z.array(z.string()),
});

/** Ids of the exceptions that were asked for. @public */
export type RequestedExceptions = z.output<typeof requestedExceptionsSchema>;

/** Approves an exception. @public */
export const approveExceptionSchema = z.strictObject({
  note: words.optional(),
});

/** Withdraws what one asked for. @public */
export const withdrawExceptionSchema = z.strictObject({
  note: words.optional(),
});

/** Rejects or ends an exception, with the reason. @public */
export const endExceptionSchema = z.strictObject({
  note: words.min(1, 'must say why'),
});
