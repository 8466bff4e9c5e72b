// SPDX-License-Identifier: Apache-2.0
import type {
  SpacePermission,
  SpaceRoleAssignment,
} from '@confluence-compliance/atlassian-client';
import type { GrantPayload, ObservedRow } from '../../history';
import type { SpaceGrants } from '../plan';

export type GrantRow = ObservedRow<GrantPayload>;

/** Our word for Atlassian's `user`; every other word stays. */
const principalTypes = new Map([['user', 'account']]);

/** The key does not say by which role: a site that goes over to roles keeps its rows. */
function grantRow(grant: GrantPayload): GrantRow {
  const { spaceId, principalType, principalId, operation, target } = grant;
  const payload = {
    ...grant,
    principalType: principalTypes.get(principalType) ?? principalType,
  };
  return {
    key: [spaceId, payload.principalType, principalId, operation, target].join(
      '/',
    ),
    payload,
  };
}

/** A permission, which is a grant as it stands. */
export function rowOfPermission(
  spaceId: string,
  { principal, operation: { key, targetType } }: SpacePermission,
): GrantRow {
  return grantRow({
    spaceId,
    principalType: principal.type,
    principalId: principal.id,
    operation: key,
    target: targetType,
    role: null,
  });
}

/** Everything that a role allows; undefined when the role is not known. */
export function rowsOfAssignment(
  spaceId: string,
  { principalType, principalId, roleId }: SpaceRoleAssignment,
  roles: SpaceGrants['roles'],
): GrantRow[] | undefined {
  const role = Object.hasOwn(roles, roleId) ? roles[roleId] : undefined;
  return role?.allows.map(([operation, target]) =>
    grantRow({
      spaceId,
      principalType,
      principalId,
      operation,
      target,
      role: role.name,
    }),
  );
}
