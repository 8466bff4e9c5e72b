// SPDX-License-Identifier: Apache-2.0
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { root } from './base';

/** What can be picked of the catalog. */
export type PickedKind = 'User' | 'Group';

/** A person or a group of the catalog. */
export interface PickedEntity {
  ref: string;
  /** What it is called there; its name where nothing else is said. */
  title: string;
}

/** More than are looked at, since mirrors among them are left out. */
const FOUND = 50;

/** Where names stand, as the catalog keeps them to be searched. */
const NAMES = ['metadata.name', 'metadata.title', 'spec.profile.displayname'];

/** Annotation of our mirrors of accounts and groups, which answer for nothing. */
const MIRROR = 'atlassian.net/connection';

/** People and groups of the catalog that a search finds; none in an app without a catalog. */
export function useEntities(
  search: string,
  { kinds, enabled }: { kinds: readonly PickedKind[]; enabled: boolean },
) {
  const catalog = useApiHolder().get(catalogApiRef);
  return useQuery({
    queryKey: [root, 'entities', kinds, search],
    queryFn: async (): Promise<PickedEntity[]> => {
      const { items } = await catalog!.queryEntities({
        filter: { kind: [...kinds] },
        fields: ['kind', 'metadata', 'spec.profile.displayName'],
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
        limit: FOUND,
        ...(search && { fullTextFilter: { term: search, fields: NAMES } }),
      });
      return items
        .filter(({ metadata }) => !(MIRROR in (metadata.annotations ?? {})))
        .map(entity => {
          const { metadata, spec } = entity;
          const profile = spec?.profile as { displayName?: string } | undefined;
          return {
            ref: stringifyEntityRef(entity),
            title: profile?.displayName ?? metadata.title ?? metadata.name,
          };
        });
    },
    enabled: enabled && catalog !== undefined,
    placeholderData: keepPreviousData,
  });
}
