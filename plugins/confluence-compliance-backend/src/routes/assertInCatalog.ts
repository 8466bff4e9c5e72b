// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/** What is entered in an error's field, and what to enter instead. */
interface Named {
  /** Refs of entities, in their normal form, by the field that names them. */
  refs: Record<string, string | undefined>;
  /** What to do where one is not there. */
  cure: string;
}

/**
 * Looks for entities that were entered in the catalog, as the person who entered them sees it. What the
 * catalog cannot answer now does not keep anybody from working.
 *
 * @throws an InputError that names the field
 */
export async function assertInCatalog(
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  { refs, cure }: Named,
  credentials: BackstageCredentials,
): Promise<void> {
  const asked = Object.entries(refs).flatMap(([field, ref]) =>
    ref === undefined ? [] : [{ field, ref: ref.toLowerCase() }],
  );
  const entityRefs = [...new Set(asked.map(({ ref }) => ref))];
  if (entityRefs.length === 0) {
    return;
  }
  const answer = await catalog
    .getEntitiesByRefs({ entityRefs, fields: ['kind'] }, { credentials })
    .catch(() => undefined);
  const missing =
    answer && asked.find(({ ref }) => !answer.items[entityRefs.indexOf(ref)]);
  if (missing) {
    throw new InputError(
      `${missing.field} '${missing.ref}' is not in the catalog: ${cure}`,
    );
  }
}
