// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ContainerState } from './types';

/** A reason as a read stores it: a stable code, then words. */
export function reasonText(code: string, text: string): string {
  return `${code}: ${text}`;
}

/** A stored reason as the contract has it. */
export function parseReason(reason: string): Reason {
  const [, code, text] = /^([a-z][a-z0-9-]*): ([^]*)$/.exec(reason) ?? [];
  return code ? { code, text } : { code: 'other', text: reason };
}

/** Whether everything of a container is known, and nothing waits to be accepted. */
export function isComplete(container: ContainerState): boolean {
  const { outcome, completeAt, refused } = container;
  return outcome === 'complete' && completeAt !== undefined && !refused;
}

/** Why a container is not complete; undefined where it is, or where nobody said why. */
export function whyIncomplete(
  container: Pick<ContainerState, 'outcome' | 'reason' | 'refused'>,
): Reason | undefined {
  const { outcome, reason, refused } = container;
  if (refused) {
    return {
      code: 'shrink-refused',
      text: `${refused} records vanished at once; accept this change if it is right`,
    };
  }
  return outcome !== 'complete' && reason ? parseReason(reason) : undefined;
}
