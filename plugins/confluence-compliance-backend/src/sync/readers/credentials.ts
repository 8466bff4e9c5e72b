// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  type ListPage,
  MissingScopeError,
  NotVisibleError,
  type OrganizationApiToken,
  type OrganizationServiceAccount,
  RepeatedCursorError,
} from '@confluence-compliance/atlassian-client';
import { credentialsProblem } from '../../connections';
import type { CredentialPayload, FinishRead, ObservedRow } from '../../history';
import { confirmMissing } from '../guards/disappearances';
import { reasonOf, reasonText } from '../reasons';
import { type Progress, readContainer } from '../ReadSession';
import type { Organization, RunContext } from '../RunContext';
import { type ListPlace, walk } from '../walk';

/** The key of the organization is not stored. */
class NoKeyError extends Error {}

/**
 * The API tokens and the service accounts of an organization. Each list is a container of its own, so
 * that one that the key may not read, or that Atlassian does not offer, takes nothing from the other.
 */
export async function readCredentials(
  context: RunContext,
  organization: Organization,
): Promise<void> {
  const { client } = organization;
  await context.setTotal('credentials', 2);
  await readList(context, organization, 'api-tokens', {
    fetch: place => client?.apiTokens(place),
    rowOf: tokenRow,
  });
  await readList(context, organization, 'service-accounts', {
    fetch: place => client?.serviceAccounts(place),
    rowOf: serviceAccountRow,
  });
}

/** A key that may not read the list ends this read and no other, and closes nothing. */
async function readList<T>(
  context: RunContext,
  { source }: Organization,
  key: 'api-tokens' | 'service-accounts',
  list: {
    /** Undefined when there is no key to ask with. */
    fetch(place: ListPlace): Promise<ListPage<T>> | undefined;
    rowOf(record: T): ObservedRow<CredentialPayload>;
  },
): Promise<void> {
  const spec = { dataset: 'credentials', key, mode: 'full' } as const;
  await readContainer<'credentials', Progress>(
    context,
    { ...spec, source, scope: source },
    async session => {
      const walkAll = () =>
        walk(session, {
          fetch: async place => {
            const page = await list.fetch(place);
            if (!page) {
              throw new NoKeyError();
            }
            return page;
          },
          take: ({ items }) => ({ rows: items.map(list.rowOf) }),
        });
      try {
        await walkAll();
        return await confirmMissing(session, {
          again: async () => {
            await walkAll();
            return undefined;
          },
        });
      } catch (error) {
        return failedBy(error, key);
      }
    },
  );
}

/** How a read ends that an error stops; what concerns more than this list is thrown on. */
function failedBy(error: unknown, key: string): FinishRead {
  const failed = (code: string, text: string): FinishRead => ({
    outcome: 'failed',
    reason: reasonText(code, text),
  });
  if (error instanceof NoKeyError) {
    return failed('no-credential', 'The key of the organization is not stored');
  }
  if (
    error instanceof CredentialRefusedError ||
    error instanceof MissingScopeError ||
    error instanceof NotVisibleError
  ) {
    const { code, text } = credentialsProblem(error, key, { now: new Date() });
    return failed(code, text);
  }
  if (error instanceof RepeatedCursorError) {
    const { code, text } = reasonOf(error);
    return failed(code, text);
  }
  throw error;
}

function tokenRow(token: OrganizationApiToken): ObservedRow<CredentialPayload> {
  const { id, accountId, label, lastActiveAt } = token;
  return {
    key: `api-token/${id}`,
    payload: {
      kind: 'api-token',
      accountId,
      status: token.status ?? null,
      createdAt: token.createdAt ?? null,
      expiresAt: token.expiresAt ?? null,
      createdBy: null,
    },
    credential: { accountId, label, lastUsedAt: lastActiveAt },
  };
}

function serviceAccountRow(
  account: OrganizationServiceAccount,
): ObservedRow<CredentialPayload> {
  const { accountId, displayName, email, status, createdById } = account;
  return {
    key: `service-account/${accountId}`,
    payload: {
      kind: 'service-account',
      accountId,
      status: status ?? null,
      createdAt: null,
      expiresAt: null,
      createdBy: createdById ?? null,
    },
    profile: {
      kind: 'account',
      id: accountId,
      name: displayName,
      email,
      emailFrom: 'organization',
    },
  };
}
