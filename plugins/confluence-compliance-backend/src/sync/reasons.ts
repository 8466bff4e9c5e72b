// SPDX-License-Identifier: Apache-2.0
import {
  AtlassianError,
  CredentialRefusedError,
  NoProductAccessError,
  NotVisibleError,
  QuotaExceededError,
  RepeatedCursorError,
} from '@confluence-compliance/atlassian-client';
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { reasonOf } from '../connections';
import type { FinishRead } from '../history';

export { reasonOf };

/** A reason as a read stores it: a stable code, then words. */
export function reasonText(code: string, text: string): string {
  return `${code}: ${text}`;
}

/** The reason of a read as the contract has it. */
export function parseReason(reason: string): Reason {
  const [, code, text] = /^([a-z][a-z0-9-]*): ([^]*)$/.exec(reason) ?? [];
  return code ? { code, text } : { code: 'other', text: reason };
}

/** Errors that end the slice or the run, not only the container. */
export function isFatal(error: unknown): boolean {
  return (
    !(error instanceof AtlassianError) ||
    error instanceof QuotaExceededError ||
    isRefusal(error)
  );
}

/** Atlassian asks to wait, but not because a quota is used up. */
export function isThrottle(error: unknown): error is QuotaExceededError {
  return error instanceof QuotaExceededError && error.reason !== 'quota';
}

/** The credential itself is no good: no container can be read with it. */
export function isRefusal(error: unknown): error is CredentialRefusedError {
  return (
    error instanceof NoProductAccessError ||
    (error instanceof CredentialRefusedError &&
      error.reason === 'unauthenticated')
  );
}

/** How a container's read ends that an error has stopped. */
export function finishOf(error: unknown): FinishRead {
  const { code, text } = reasonOf(error);
  const reason = reasonText(code, text);
  if (error instanceof NotVisibleError) {
    return { outcome: 'not-visible', reason };
  }
  if (error instanceof RepeatedCursorError) {
    return { outcome: 'partial', reason };
  }
  return { outcome: 'failed', reason };
}
