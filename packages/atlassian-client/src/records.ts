// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod';
import type { MalformedRecord } from './types';

/** Says where a record does not fit and what was expected: paths and types, never values. */
export function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map(issue => {
      const path = issue.path.map(String).join('.') || 'record';
      return issue.code === 'invalid_type'
        ? `${path}: expected ${issue.expected}`
        : `${path}: ${issue.code}`;
    })
    .join('; ');
}

/** Reads each record for itself: what does not fit is reported, the rest stands. */
export function readRecords<T>(results: unknown[], schema: z.ZodType<T>) {
  const items: T[] = [];
  const malformed: MalformedRecord[] = [];
  results.forEach((result, index) => {
    const parsed = schema.safeParse(result);
    if (parsed.success) {
      items.push(parsed.data);
    } else {
      malformed.push({ index, issue: describe(parsed.error) });
    }
  });
  return { items, malformed };
}
