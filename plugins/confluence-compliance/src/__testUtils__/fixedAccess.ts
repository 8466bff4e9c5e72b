// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
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

const refuse = (status: number, message: string) =>
  ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  );

/**
 * What is known of an entity of the development app; whoever is not invented sees what Ana
 * has. The names `loading`, `forbidden`, `missing` and `broken` show the other states.
 */
export async function fixedAccess(entityRef: string): Promise<Access> {
  switch (entityRef.split('/')[1]) {
    case 'loading':
      return new Promise(() => {});
    case 'forbidden':
      throw await refuse(403, 'Missing confluence-compliance.access.read');
    case 'missing':
      throw await refuse(404, `There is no entity ${entityRef}`);
    case 'broken':
      throw await refuse(503, 'The database does not answer');
    default:
      return (
        known.find(access => access.entityRef === entityRef) ?? {
          ...personAccess,
          entityRef,
        }
      );
  }
}
