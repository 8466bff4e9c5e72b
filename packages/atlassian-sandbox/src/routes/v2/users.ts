// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok } from '../../api';
import { Account } from '../../world/types';
import { invalid } from './paging';
import { v2User } from './shapes';

/** Accounts by id, at most 250; ids that nobody has are left out. */
function bulk({ world, body, siteUrl }: ApiRequest): Answer {
  const ids: unknown =
    typeof body === 'object' && body !== null && 'accountIds' in body
      ? body.accountIds
      : undefined;
  if (
    !Array.isArray(ids) ||
    ids.length === 0 ||
    !ids.every(id => typeof id === 'string')
  ) {
    throw invalid(
      "'accountIds' must be a list of account ids that is not empty",
    );
  }
  if (ids.length > 250)
    throw invalid("'accountIds' must not name more than 250 accounts");
  const accounts = [...new Set<string>(ids)]
    .map(id => world.accounts.get(id))
    .filter((account): account is Account => account !== undefined);
  return ok({
    results: accounts.map(v2User),
    _links: { base: `${siteUrl}/wiki` },
  });
}

export const bulkUserEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    template: '/wiki/api/v2/users-bulk',
    guard: 'site',
    scopes: [['read:user:confluence']],
    answer: bulk,
  },
];
