// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Looks for the groups whom a policy is to concern in the catalog, as the person who entered them sees
 * it. What the catalog cannot answer now does not keep anybody from entering them: the verdict is
 * unknown until they are read.
 *
 * @throws an InputError that names the first that is not there
 */
export async function assertGroups(
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  entityRefs: string[] = [],
  credentials: BackstageCredentials,
): Promise<void> {
  if (entityRefs.length === 0) {
    return;
  }
  const fields = ['kind', 'metadata.name'];
  const found = await catalog
    .getEntitiesByRefs({ entityRefs, fields }, { credentials })
    .catch(() => undefined);
  const missing = found?.items.findIndex(item => !item) ?? -1;
  if (missing >= 0) {
    throw new InputError(
      `acknowledgedBy[${missing}]: '${entityRefs[missing]}' is not in the catalog: enter a group that is, such as group:default/staff`,
    );
  }
}
