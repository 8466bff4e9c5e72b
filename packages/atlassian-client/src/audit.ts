// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { optional, optionalText } from './fields';

/**
 * Something that an audit record speaks of.
 *
 * @public
 */
export interface ConfluenceAuditObject {
  /** Its name, or `name:id`, as people typed it. */
  name?: string;
  /** `User`, `Group`, `Space`, or something else. */
  objectType?: string;
}

/**
 * A value that an audited action changed. All texts are what people typed.
 *
 * @public
 */
export interface ConfluenceAuditChange {
  /** What changed. */
  name: string;
  /** The value before. */
  oldValue?: string;
  /** The value after. */
  newValue?: string;
  /** The value before, as Confluence keeps it: an id, where `oldValue` is a name. */
  hiddenOldValue?: string;
  /** The value after, as Confluence keeps it. */
  hiddenNewValue?: string;
}

/**
 * A record of Confluence's audit log. The words are Atlassian's, in the language of the site.
 *
 * @public
 */
export interface ConfluenceAuditRecord {
  /** Who did it. Absent where it was the system, or nobody is named. */
  author?: {
    /** Account id, where the author is an account. */
    accountId?: string;
    /** `user`, or something new. */
    type?: string;
    /** `atlassian`, `app`, or something new. */
    accountType?: string;
    /** Full name. */
    displayName?: string;
  };
  /** When it happened, ISO 8601 in UTC. */
  createdAt: string;
  /** What happened, such as `User added to group`. */
  summary: string;
  /** More about it. */
  description?: string;
  /** What it is about, such as `Users and groups`. */
  category?: string;
  /** The IP address it came from: personal data. */
  remoteAddress?: string;
  /** Whether a system administrator did it. */
  sysAdmin?: boolean;
  /** Whether a super administrator did it. */
  superAdmin?: boolean;
  /** What it was done to. */
  affectedObject?: ConfluenceAuditObject;
  /** What else had a part in it. */
  associatedObjects: ConfluenceAuditObject[];
  /** What it changed. */
  changedValues: ConfluenceAuditChange[];
}

const objectSchema = z.object({
  name: optionalText,
  objectType: optionalText,
});

/** Milliseconds since the epoch, within what a date can be. */
const moment = z
  .number()
  .int()
  .min(0)
  .max(8.64e15)
  .transform(ms => new Date(ms).toISOString());

function listOf<T extends z.ZodType>(schema: T) {
  return z
    .array(schema)
    .nullish()
    .transform(list => list ?? []);
}

const recordSchema = z.object({
  author: optional(
    z.object({
      accountId: optionalText,
      type: optionalText,
      accountType: optionalText,
      displayName: optionalText,
    }),
  ),
  creationDate: moment,
  summary: z.string(),
  description: optionalText,
  category: optionalText,
  remoteAddress: optionalText,
  sysAdmin: optional(z.boolean()),
  superAdmin: optional(z.boolean()),
  affectedObject: optional(objectSchema),
  associatedObjects: listOf(objectSchema),
  changedValues: listOf(
    z.object({
      name: z.string(),
      oldValue: optionalText,
      newValue: optionalText,
      hiddenOldValue: optionalText,
      hiddenNewValue: optionalText,
    }),
  ),
});

export const auditRecordSchema: z.ZodType<ConfluenceAuditRecord> =
  recordSchema.transform(({ creationDate, ...record }) => ({
    ...record,
    createdAt: creationDate,
  }));
