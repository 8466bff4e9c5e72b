// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { readOwner } from '../connections';
import { assertInCatalog } from './assertInCatalog';

/**
 * Looks for an owner that was entered in the catalog; see `assertInCatalog`.
 *
 * @throws an InputError that names the field
 */
export async function assertOwner(
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  entered: string,
  credentials: BackstageCredentials,
): Promise<void> {
  const named = {
    refs: { owner: readOwner(entered) },
    cure: 'enter a team that is, such as group:default/security, or leave it empty',
  };
  await assertInCatalog(catalog, named, credentials);
}
