// SPDX-License-Identifier: Apache-2.0
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  criticalSpaceAccess,
  groupAccess,
  nobodyAccess,
  noPolicyAccess,
  personAccess,
  policyAccess,
  publicSpaceAccess,
  siteAccess,
  spaceAccess,
  teamAccess,
  twoAccountsAccess,
  unreadSpaceAccess,
} from './fixtures/access';

const known: Access[] = [
  personAccess,
  nobodyAccess,
  { ...twoAccountsAccess, entityRef: 'user:default/nina.patel' },
  teamAccess,
  groupAccess,
  criticalSpaceAccess,
  spaceAccess,
  publicSpaceAccess,
  unreadSpaceAccess,
  siteAccess,
  policyAccess,
  noPolicyAccess,
];

/** What is known of an entity; whoever is not invented has what Ana has. */
export function fixedAccess(entityRef: string): Access {
  return (
    known.find(access => access.entityRef === entityRef) ?? {
      ...personAccess,
      entityRef,
    }
  );
}
