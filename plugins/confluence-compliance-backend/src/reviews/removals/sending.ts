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
import type { ItemRow } from '../rows';

/** The one request that removes a membership, as it is shown before it is sent. */
export function requestOf(
  site: string,
  { container, principal_id: accountId }: ItemRow,
) {
  const query = new URLSearchParams({ groupId: container, accountId });
  return {
    method: 'DELETE' as const,
    site,
    path: `/wiki/rest/api/group/userByGroupId?${query}`,
  };
}

/** Sends it once. Whatever does not surely say that nothing was done is `unknown`. */
export async function send(
  writer: Pick<ConfluenceWriter, 'removeGroupMember'>,
  { container, principal_id: accountId }: ItemRow,
): Promise<{ outcome: RemovalOutcome; reason?: string }> {
  try {
    await writer.removeGroupMember(container, accountId);
    return { outcome: 'sent' };
  } catch (error) {
    const reason = refusalOf(error);
    return reason === undefined
      ? { outcome: 'unknown' }
      : { outcome: 'refused', reason };
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
