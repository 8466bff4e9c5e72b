// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ContainerOwner } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { assertInCatalog } from './assertInCatalog';

/**
 * Looks for the people that were named in the catalog; see `assertInCatalog`.
 *
 * @param refs - of users, by the field that names them
 * @throws an InputError that names the field
 */
export async function assertPeople(
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  refs: Record<string, string | undefined>,
  credentials: BackstageCredentials,
): Promise<void> {
  const cure = 'name a user who is, such as user:default/lena';
  await assertInCatalog(catalog, { refs, cure }, credentials);
}

/** Everybody whom a review or a template names, by field. */
export function peopleOfReview(body: {
  owner?: string;
  reviewer?: string;
  fallbackReviewer: string;
  owners?: ContainerOwner[];
}): Record<string, string | undefined> {
  const { owner, reviewer, fallbackReviewer, owners = [] } = body;
  return {
    owner,
    reviewer,
    fallbackReviewer,
    ...Object.fromEntries(
      owners.map((one, place) => [`owners[${place}].owner`, one.owner]),
    ),
  };
}
