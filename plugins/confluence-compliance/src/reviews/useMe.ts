// SPDX-License-Identifier: Apache-2.0
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { root } from '../queries';

/** User entity ref of whoever looks; undefined while nobody knows. */
export function useMe(): string | undefined {
  const identity = useApi(identityApiRef);
  return useQuery({
    queryKey: [root, 'identity'],
    queryFn: () => identity.getBackstageIdentity(),
    select: ({ userEntityRef }) => userEntityRef,
    staleTime: Infinity,
  }).data;
}
