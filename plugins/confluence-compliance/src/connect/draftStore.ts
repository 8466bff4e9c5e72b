// SPDX-License-Identifier: Apache-2.0
import { emptyDraft, type Draft } from './draft';
import { isStep, type Step } from './steps';

const KEY = 'confluence-compliance.connect';

/** Answers that wait in this browser for somebody who left before the site was connected. */
export interface Kept {
  draft: Draft;
  furthest: Step;
}

/** The answers without anything that is secret. */
function withoutSecrets(draft: Draft): Draft {
  return {
    ...draft,
    organizationKey: '',
    adminConfirmed: false,
    fields: Object.fromEntries(
      Object.entries(draft.fields).map(([method, fields]) => [
        method,
        { ...fields, secret: '' },
      ]),
    ),
  };
}

/** Keeps the answers; a browser that keeps nothing is no reason to fail. */
export function keepDraft({ draft, furthest }: Kept): void {
  try {
    window.localStorage.setItem(
      KEY,
      JSON.stringify({ draft: withoutSecrets(draft), furthest }),
    );
  } catch {
    // Then they are lost when the page is left.
  }
}

export function dropDraft(): void {
  try {
    window.localStorage.removeItem(KEY);
  } catch {
    // There is nothing to drop either.
  }
}

/** The answers that were kept; undefined where there are none that can be read. */
export function keptDraft(): Kept | undefined {
  try {
    const kept: Partial<Kept> = JSON.parse(
      window.localStorage.getItem(KEY) ?? '{}',
    );
    const { draft, furthest = null } = kept;
    return draft && Array.isArray(draft.purposes) && isStep(furthest)
      ? { draft: { ...emptyDraft, ...draft }, furthest }
      : undefined;
  } catch {
    return undefined;
  }
}
