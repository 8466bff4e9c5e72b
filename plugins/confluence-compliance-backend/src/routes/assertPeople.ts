// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ContainerOwner } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/**
 * Looks for the people that were named in the catalog, as the person who named them sees it. What the
 * catalog cannot answer now does not keep anybody from working.
 *
 * @param named - refs of users, by the field that names them
 * @throws an InputError that names the field
 */
export async function assertPeople(
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  named: Record<string, string | undefined>,
  credentials: BackstageCredentials,
): Promise<void> {
  const asked = Object.entries(named).flatMap(([field, ref]) =>
    ref === undefined ? [] : [{ field, ref: ref.toLowerCase() }],
  );
  const entityRefs = [...new Set(asked.map(({ ref }) => ref))];
  if (entityRefs.length === 0) {
    return;
  }
  let found: Set<string>;
  try {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind'] },
      { credentials },
    );
    found = new Set(entityRefs.filter((_, place) => items[place]));
  } catch {
    return;
  }
  const missing = asked.find(({ ref }) => !found.has(ref));
  if (missing) {
    throw new InputError(
      `${missing.field} '${missing.ref}' is not in the catalog: name a user who is, such as user:default/lena`,
    );
  }
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
