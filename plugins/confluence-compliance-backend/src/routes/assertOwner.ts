// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { readOwner } from '../connections';

/**
 * Looks for an owner that was entered in the catalog, as the person who entered it sees it. What the
 * catalog cannot answer now does not keep anybody from connecting a site.
 *
 * @throws an InputError that names the field
 */
export async function assertOwner(
  catalog: Pick<CatalogService, 'getEntityByRef'>,
  entered: string,
  credentials: BackstageCredentials,
): Promise<void> {
  const ref = readOwner(entered);
  let found: boolean;
  try {
    found = Boolean(await catalog.getEntityByRef(ref, { credentials }));
  } catch {
    return;
  }
  if (!found) {
    throw new InputError(
      `owner '${ref}' is not in the catalog: enter a team that is, such as group:default/security, or leave it empty`,
    );
  }
}
