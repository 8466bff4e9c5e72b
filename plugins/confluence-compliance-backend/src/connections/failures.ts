// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  CursorRefusedError,
  MissingScopeError,
  NoProductAccessError,
  NotVisibleError,
  QuotaExceededError,
  RepeatedCursorError,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** Code and words of an error, for people. The client's errors are safe to show. */
export function reasonOf(error: unknown): Reason {
  const code = codeOf(error);
  return code !== undefined && error instanceof Error
    ? { code, text: error.message }
    : { code: 'internal', text: 'Something went wrong here; see the log' };
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof NoProductAccessError) {
    return 'no-product-access';
  }
  if (error instanceof CredentialRefusedError) {
    return error.reason === 'forbidden' ? 'forbidden' : 'credential-refused';
  }
  if (error instanceof MissingScopeError) {
    return 'scope-missing';
  }
  if (error instanceof NotVisibleError) {
    return 'not-visible';
  }
  if (error instanceof RepeatedCursorError) {
    return 'repeated-cursor';
  }
  if (error instanceof CursorRefusedError) {
    return 'cursor-refused';
  }
  if (error instanceof QuotaExceededError) {
    return error.reason === 'quota' ? 'quota' : 'throttled';
  }
  if (error instanceof UpstreamError) {
    return `upstream-${error.kind}`;
  }
  return undefined;
}
