// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  type ConfluenceWriter,
  MissingScopeError,
  NotVisibleError,
  QuotaExceededError,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import type { RemovalOutcome } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Call } from './calls';
import { REQUEST_MS } from './underWay';

/** What became of a request. */
export interface Sent {
  outcome: RemovalOutcome;
  reason?: string;
}

/** Sends it once. Whatever does not surely say that nothing was done is `unknown`. */
export async function send(
  writer: ConfluenceWriter,
  call: Call,
): Promise<Sent> {
  try {
    await write(writer, call);
    return { outcome: 'sent' };
  } catch (error) {
    const reason = refusalOf(error);
    return reason === undefined
      ? { outcome: 'unknown' }
      : { outcome: 'refused', reason };
  }
}

async function write(writer: ConfluenceWriter, call: Call): Promise<void> {
  // It ends before its item can be decided anew.
  const options = { signal: AbortSignal.timeout(REQUEST_MS) };
  switch (call.by) {
    case 'membership':
      return writer.removeGroupMember(call.group, call.account, options);
    case 'permission':
      return writer.removeSpacePermission(call.key, call.permission, options);
    default:
      return writer.removeSpaceRole(call.space, call.account, options);
  }
}

function refusalOf(error: unknown): string | undefined {
  if (error instanceof NotVisibleError) {
    return 'not-found';
  }
  if (error instanceof MissingScopeError) {
    return 'scope-missing';
  }
  if (error instanceof CredentialRefusedError) {
    return 'credential-refused';
  }
  if (error instanceof QuotaExceededError) {
    return 'quota-exceeded';
  }
  return error instanceof UpstreamError && error.kind === 'client'
    ? 'refused-by-confluence'
    : undefined;
}
