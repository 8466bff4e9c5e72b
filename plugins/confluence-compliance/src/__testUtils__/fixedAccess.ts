// SPDX-License-Identifier: Apache-2.0
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  groupAccess,
  nobodyAccess,
  personAccess,
  teamAccess,
  twoAccountsAccess,
} from './fixtures/access';
import {
  criticalSpaceAccess,
  noPolicyAccess,
  policyAccess,
  publicSpaceAccess,
  siteAccess,
  spaceAccess,
  unreadSpaceAccess,
} from './fixtures/spaceAccess';

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
