// SPDX-License-Identifier: Apache-2.0
import {
  AtlassianError,
  CredentialRefusedError,
  NoProductAccessError,
  NotVisibleError,
  QuotaExceededError,
  RepeatedCursorError,
  WrongSiteError,
} from '@confluence-compliance/atlassian-client';
import { reasonOf } from '../connections';
import { type FinishRead, parseReason, reasonText } from '../history';

export { parseReason, reasonOf, reasonText };

/**
 * A list that misses what is still there, hence may miss what nobody knows of
 * yet: it is never complete.
 */
export class ContradictedListError extends Error {
  constructor(found: number, looked: number) {
    super(`The list missed ${found} of ${looked} records that are still there`);
    this.name = 'ContradictedListError';
  }
}

/** Errors that end the slice or the run, not only the container. */
export function isFatal(error: unknown): boolean {
  if (error instanceof ContradictedListError) {
    return false;
  }
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
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof WrongSiteError ||
    error instanceof NoProductAccessError ||
    (error instanceof CredentialRefusedError &&
      error.reason === 'unauthenticated')
  );
}

/** How a container's read ends that an error has stopped. */
export function finishOf(error: unknown): FinishRead {
  if (error instanceof ContradictedListError) {
    const reason = reasonText('unstable-list', error.message);
    return { outcome: 'partial', reason };
  }
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
