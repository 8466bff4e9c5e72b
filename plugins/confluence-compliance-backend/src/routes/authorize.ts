// SPDX-License-Identifier: Apache-2.0
import {
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import type { ComplianceConfig } from '../config';
import type { Route } from './route';

export interface AuthorizeDeps {
  config: Pick<
    ComplianceConfig,
    'services' | 'permissionsEnabled' | 'allowWithoutPermissions'
  >;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}

/**
 * Lets a request through only when everything about it is allowed.
 *
 * @returns who asks
 * @throws a `NotAllowedError` that names what is missing
 */
export async function authorize(
  { config, httpAuth, permissions }: AuthorizeDeps,
  req: Request,
  { permissions: needed, method, servicesOnly }: Route,
): Promise<string> {
  const credentials = await httpAuth.credentials(req, {
    allow: ['user', 'service'],
  });
  const { principal } = credentials;
  if (principal.type === 'service') {
    needed.forEach(({ name }) =>
      refuseUnnamed(config, principal.subject, name),
    );
  } else if (servicesOnly) {
    throw new NotAllowedError(
      'This is for services named in confluenceCompliance.services only',
    );
  } else if (
    method !== 'get' &&
    !config.permissionsEnabled &&
    !config.allowWithoutPermissions
  ) {
    throw new NotAllowedError(
      'Without the permission framework nothing can be changed: set permission.enabled to true, or confluenceCompliance.allowWithoutPermissions to let everybody who is signed in do it',
    );
  }
  const decisions = await permissions.authorize(
    needed.map(permission => ({ permission })),
    { credentials },
  );
  const missing = needed.find(
    (_, i) => decisions[i]?.result !== AuthorizeResult.ALLOW,
  );
  if (missing || !needed.length) {
    throw new NotAllowedError(`Missing the permission '${missing?.name}'`);
  }
  return principal.type === 'service'
    ? principal.subject
    : principal.userEntityRef;
}

/** Backstage allows services everything, so that only the configuration can say no. */
function refuseUnnamed(
  { services }: Pick<ComplianceConfig, 'services'>,
  subject: string,
  permission: string,
): void {
  const named = services.some(
    service =>
      service.subject === subject && service.permissions.includes(permission),
  );
  if (!named) {
    throw new NotAllowedError(
      `The service '${subject}' is not allowed: name it with the permission '${permission}' in confluenceCompliance.services`,
    );
  }
}
