// SPDX-License-Identifier: Apache-2.0
import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type ConditionalPolicyDecision,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import {
  type AccountCriteria,
  accountResourceRef,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Request } from 'express';
import type { ComplianceConfig } from '../config';
import { nothing, parseRequest } from './parse';
import type { Route } from './route';

export interface AuthorizeDeps {
  config: Pick<
    ComplianceConfig,
    'services' | 'permissionsEnabled' | 'allowWithoutPermissions'
  >;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
}

/** Who may go on, and what they may see. */
export interface Allowed {
  /** User entity ref or service subject. */
  actor: string;
  credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >;
  /** The accounts they may see; absent: all. */
  accounts?: AccountCriteria;
}

/**
 * Lets a request through only when everything about it is allowed.
 *
 * @throws a `NotAllowedError` that names what is missing
 */
export async function authorize(
  deps: AuthorizeDeps,
  req: Request,
  route: Route,
): Promise<Allowed> {
  const credentials = await deps.httpAuth.credentials(req, {
    allow: ['user', 'service'],
  });
  const { principal } = credentials;
  refuseOutright(deps.config, principal, route);
  const resourceRef = await route.resourceRef?.(
    parseRequest(route.params ?? nothing, req.params),
  );
  const decisions = await Promise.all(
    route.permissions.map(permission =>
      decide(deps.permissions, permission, resourceRef, credentials),
    ),
  );
  let accounts: AccountCriteria | undefined;
  route.permissions.forEach((permission, i) => {
    const decision = decisions[i];
    if (decision?.result === AuthorizeResult.ALLOW) {
      return;
    }
    if (!route.narrows || !isAboutAccounts(decision)) {
      throw new NotAllowedError(`Missing the permission '${permission.name}'`);
    }
    accounts = createConditionTransformer(
      deps.permissionsRegistry.getPermissionRuleset(accountResourceRef),
    )(decision.conditions);
  });
  if (!route.permissions.length) {
    throw new NotAllowedError('This has no permission that could be given');
  }
  const actor =
    principal.type === 'service' ? principal.subject : principal.userEntityRef;
  return { actor, credentials, accounts };
}

/** Whether whoever was let through has another permission too, and not under conditions. */
export async function allows(
  { config, permissions }: AuthorizeDeps,
  credentials: Allowed['credentials'],
  permission: Permission,
): Promise<boolean> {
  const { principal } = credentials;
  if (
    principal.type === 'service' &&
    !isNamed(config, principal.subject, permission.name)
  ) {
    return false;
  }
  const said = await decide(permissions, permission, undefined, credentials);
  return said?.result === AuthorizeResult.ALLOW;
}

/** What the policy says; a resource permission without its one resource may be given under conditions. */
async function decide(
  permissions: PermissionsService,
  permission: Permission,
  resourceRef: string | undefined,
  credentials: BackstageCredentials,
): Promise<PolicyDecision | undefined> {
  const options = { credentials };
  if (!isResourcePermission(permission)) {
    return (await permissions.authorize([{ permission }], options))[0];
  }
  if (resourceRef !== undefined) {
    const asked = { permission, resourceRef };
    return (await permissions.authorize([asked], options))[0];
  }
  return (await permissions.authorizeConditional([{ permission }], options))[0];
}

function isAboutAccounts(
  decision: PolicyDecision | undefined,
): decision is ConditionalPolicyDecision {
  return (
    decision?.result === AuthorizeResult.CONDITIONAL &&
    decision.pluginId === accountResourceRef.pluginId &&
    decision.resourceType === accountResourceRef.resourceType
  );
}

/** Refuses what no policy is asked about. */
function refuseOutright(
  config: AuthorizeDeps['config'],
  principal: BackstageUserPrincipal | BackstageServicePrincipal,
  { permissions, method, servicesOnly, streams }: Route,
): void {
  if (principal.type === 'service') {
    permissions.forEach(({ name }) =>
      refuseUnnamed(config, principal.subject, name),
    );
  } else if (servicesOnly) {
    throw new NotAllowedError(
      'This is for services named in confluenceCompliance.services only',
    );
  } else if (
    (method !== 'get' || streams) &&
    !config.permissionsEnabled &&
    !config.allowWithoutPermissions
  ) {
    throw new NotAllowedError(
      'Without the permission framework nothing can be changed or exported: set permission.enabled to true, or confluenceCompliance.allowWithoutPermissions to let everybody who is signed in do it',
    );
  }
}

/** Backstage allows services everything, so that only the configuration can say no. */
function refuseUnnamed(
  config: Pick<ComplianceConfig, 'services'>,
  subject: string,
  permission: string,
): void {
  if (!isNamed(config, subject, permission)) {
    throw new NotAllowedError(
      `The service '${subject}' is not allowed: name it with the permission '${permission}' in confluenceCompliance.services`,
    );
  }
}

function isNamed(
  { services }: Pick<ComplianceConfig, 'services'>,
  subject: string,
  permission: string,
): boolean {
  return services.some(
    service =>
      service.subject === subject && service.permissions.includes(permission),
  );
}
