// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/** The first mistake as one line that names the key and the cure. */
export function oneLine(error: z.ZodError): InputError {
  const [issue] = error.issues;
  const more = error.issues.length - 1;
  return mistake(
    issue.path,
    `${say(issue)}${more ? ` (and ${more} more mistakes)` : ''}`,
  );
}

/** A mistake at one key of the configuration. */
export function mistake(path: PropertyKey[], text: string): InputError {
  return new InputError(`${nameOf(path)} ${text}`.replace(/\s+/g, ' '));
}

function nameOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : `${name}.${String(part)}`,
    'confluenceCompliance',
  );
}

/** Words for an issue; never the value that was found, which may be a secret. */
function say(issue: z.core.$ZodIssue): string {
  if (!/^(Invalid|Unrecognized|Too small)/.test(issue.message)) {
    return issue.message;
  }
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has the unknown key '${issue.keys[0]}': correct its spelling or remove it`;
    case 'invalid_type':
      return / undefined$/.test(issue.message)
        ? `is missing: set it to ${article(issue.expected)}`
        : `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'array'
        ? 'needs at least one entry'
        : 'must not be empty';
    default:
      return issue.message;
  }
}

function article(type: string): string {
  if (type === 'object' || type === 'record') {
    return 'an object';
  }
  return type === 'array' ? 'a list' : `a ${type}`;
}
