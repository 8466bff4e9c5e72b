// SPDX-License-Identifier: Apache-2.0
import { errorMessage } from '../../components/errors';

/** Parts of the form, by the fields of the request that are asked for in each. */
const parts = {
  title: ['title'],
  when: ['cadence', 'dueInDays', 'overdueRule', 'makes'],
  scope: ['scope', 'connection'],
  reviewers: ['reviewer', 'reviewers', 'owners', 'fallbackReviewer'],
  owner: ['owner'],
} as const;

export type Part = keyof typeof parts;

export interface Problem {
  /** Absent where it is about no part of the form. */
  part?: Part;
  text: string;
}

function partOf(path: string): Part | undefined {
  const [field] = path.split(/[.[:\s]/);
  return (Object.keys(parts) as Part[]).find(part =>
    (parts[part] as readonly string[]).includes(field),
  );
}

/** What the backend found wrong, each beside the part of the form that it is about. */
export function problemsOf(error: unknown): Problem[] {
  // It says `✖ what is wrong` and below it `→ at scope.system`, or begins with the field.
  return errorMessage(error)
    .split('✖')
    .map(text => text.trim())
    .filter(text => text !== '')
    .map(said => {
      const [text, path = text] = said.split(/\s*→ at /);
      return { part: partOf(path.trim()), text };
    });
}
