// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import { parseDate, type PersonFacts } from './employment';

/** What an employment can be; anything else that a source says is `other`. */
export const EMPLOYMENT_TYPES = [
  'employee',
  'contractor',
  'intern',
  'temporary',
  'other',
];

/** One of our words for a kind of employment; null where nothing is said. */
export function employmentTypeOf(value: string | undefined): string | null {
  const word = value?.trim().toLowerCase();
  if (!word) {
    return null;
  }
  return EMPLOYMENT_TYPES.includes(word) ? word : 'other';
}

const blank = (value: unknown) =>
  value === null || (typeof value === 'string' && value.trim() === '')
    ? undefined
    : value;

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(blank, schema.optional());

const text = (max: number) => z.string().trim().min(1).max(max);

const userRef = text(255).transform((value, context) => {
  try {
    const ref = stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
    if (ref.startsWith('user:')) {
      return ref;
    }
  } catch {
    // Said below.
  }
  context.addIssue(
    'must be the ref of a User entity, such as user:default/ana',
  );
  return z.NEVER;
});

const date = z.string().transform((value, context) => {
  const parsed = parseDate(value);
  if (!parsed) {
    context.addIssue('must be an ISO date, such as 2026-10-31');
    return z.NEVER;
  }
  return parsed;
});

/** One record of a personnel source, as a file or an HR system gives it. */
const shape = {
  ref: userRef,
  name: optional(text(500)),
  email: optional(text(320)),
  start: optional(date),
  end: optional(date),
  manager: optional(userRef),
  status: optional(
    z.enum(['employed', 'departed'], 'must be employed or departed'),
  ),
  employmentType: optional(text(100)),
  accountIds: optional(
    z.union([
      z.array(text(128)),
      z.string().transform(value => value.split(/[\s;,]+/).filter(Boolean)),
    ]),
  ),
};

/** What a record can say of a person. */
export const FIELDS = Object.keys(shape);

/** Says which fields a record cannot have, and which it can. */
export function unknownFields(names: string[]): string {
  const quoted = names.map(name => `'${name}'`).join(', ');
  return `unknown fields ${quoted}: call each by one of ${FIELDS.join(', ')}`;
}

/** Strict: a misspelt `end` that nobody sees makes leavers employed. */
const recordSchema = z.strictObject(shape, {
  error: issue =>
    issue.code === 'unrecognized_keys'
      ? `${unknownFields(issue.keys)}, or leave it out`
      : undefined,
});

export interface ParsedPerson {
  ref: string;
  name?: string;
  email?: string;
  facts: PersonFacts;
}

/** A record, or what is wrong with it: the field and the cure, never its value. */
export function parseRecord(
  value: unknown,
): { person: ParsedPerson } | { mistake: string } {
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    const field = path.map(String).join('.');
    return { mistake: field ? `${field} ${message}` : message };
  }
  const { ref, name, email, ...rest } = parsed.data;
  return {
    person: {
      ref,
      name,
      email,
      facts: {
        departed: rest.status === 'departed',
        startDate: rest.start ?? null,
        endDate: rest.end ?? null,
        managerRef: rest.manager ?? null,
        employmentType: employmentTypeOf(rest.employmentType),
        accountIds: [...new Set(rest.accountIds ?? [])].sort(),
      },
    },
  };
}
