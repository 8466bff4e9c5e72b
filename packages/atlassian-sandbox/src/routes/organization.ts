// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok, Refusal } from '../api';
import { uuidOf } from '../world/ids';
import { adminLimit, checkOrganization, failed } from './adminErrors';

const DIRECTORY = {
  directoryId: uuidOf('directory:northwind'),
  name: 'Northwind',
};

/** Refuses a path that names another directory; the hyphen stands for all. */
export function checkDirectory({ params }: ApiRequest): void {
  if (
    params.directoryId !== '-' &&
    params.directoryId !== DIRECTORY.directoryId
  )
    throw new Refusal(failed(404, 'ADMIN-404-3', 'Directory not found'));
}

function shape({ world, sites }: ApiRequest): Record<string, unknown> {
  const self = `${sites[0].url}/admin/v1/orgs/${world.orgId}`;
  return {
    id: world.orgId,
    type: 'orgs',
    attributes: { name: 'Northwind' },
    relationships: {
      domains: { links: { related: `${self}/domains` } },
      users: { links: { related: `${self}/users` } },
    },
    links: { self },
  };
}

function list(request: ApiRequest): Answer {
  return ok({
    data: [shape(request)],
    links: { self: `${request.sites[0].url}/admin/v1/orgs` },
  });
}

function one(request: ApiRequest): Answer {
  checkOrganization(request);
  return ok({ data: shape(request) });
}

/** Every account is in the one directory of the organization. */
function directories(request: ApiRequest): Answer {
  checkOrganization(request);
  const { world, query } = request;
  adminLimit(query.get('limit') ?? undefined, 20);
  // One directory never needs a second page, so no cursor was ever given out.
  if (query.has('cursor'))
    throw new Refusal(failed(400, 'ADMIN-400-3', 'Invalid cursor'));
  const ids = query.getAll('directoryIds').flatMap(text => text.split(','));
  const term = (query.get('searchTerm') ?? '').toLowerCase();
  const accountId = query.get('accountId');
  const fits =
    (ids.length === 0 || ids.includes(DIRECTORY.directoryId)) &&
    DIRECTORY.name.toLowerCase().includes(term) &&
    (accountId === null || world.accounts.has(accountId));
  return ok({ data: fits ? [DIRECTORY] : [], links: {} });
}

const at = (template: string, answer: Endpoint['answer']): Endpoint => ({
  method: 'GET',
  template,
  guard: 'organization',
  answer,
});

export const organizationEndpoints: readonly Endpoint[] = [
  at('/admin/v1/orgs', list),
  at('/admin/v1/orgs/{orgId}', one),
  at('/admin/v2/orgs/{orgId}/directories', directories),
];
