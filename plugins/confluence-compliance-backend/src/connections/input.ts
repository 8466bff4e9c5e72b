// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { assertPublicHost } from '@confluence-compliance/atlassian-client';
import type {
  createConnectionSchema,
  methodInputSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { z } from 'zod';
import {
  type ComplianceConfig,
  idSchema,
  isLoopback,
  mistakesOfMethods,
  readAllowedSite,
} from '../config';
import type { Secrets } from './Clients';
import type { ConnectionDefinition, Method } from './types';

type MethodInput = z.output<typeof methodInputSchema>;
type OrganizationInput = NonNullable<
  z.output<typeof createConnectionSchema>['organization']
>;

/** What was entered, apart from the secrets in it. */
export interface Entered<T> {
  value: T;
  secrets: Secrets;
}

/**
 * The origin of a site that may be connected and is connected only once.
 *
 * @throws an InputError or ConflictError that names the field
 */
export async function readSite(
  entered: string,
  config: Pick<ComplianceConfig, 'allowedSites'>,
  others: readonly ConnectionDefinition[],
): Promise<string> {
  const site = readAllowedSite(withoutPath(entered), config.allowedSites);
  const twin = others.find(other => other.site === site && !other.ended);
  if (twin) {
    throw new ConflictError(
      `site is connected already, as '${twin.title}': a site has one connection`,
    );
  }
  const { hostname, protocol } = new URL(site);
  // Plain http is only for this machine itself, which the configuration has named.
  if (protocol === 'https:') {
    if (isLoopback(hostname)) {
      throw new InputError(
        `site '${hostname}' is this machine itself: enter http:// in front of it`,
      );
    }
    await assertPublicHost(hostname).catch(() => {
      throw new InputError(
        `site '${hostname}' leads to an address that is not public: a site of Atlassian stands on the internet`,
      );
    });
  }
  return site;
}

/** A page of the site can be pasted; a query or credentials in it are still refused. */
function withoutPath(entered: string): string {
  return entered
    .trim()
    .replace(/^((?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#\\]+)\/(?!\/)[^?#]*/i, '$1');
}

/** @throws an InputError when the methods do not serve the purposes */
export function assertMethods(
  purposes: ConnectionDefinition['purposes'],
  auth: ReadonlyArray<Pick<Method, 'method' | 'purposes'>>,
): void {
  const [mistake] = mistakesOfMethods({ purposes, auth: [...auth] });
  if (mistake) {
    throw new InputError(`${nameOf(mistake.path)} ${mistake.message}`);
  }
}

/** Methods that fit the purposes, apart from their secrets. */
export function readMethods(
  purposes: ConnectionDefinition['purposes'],
  auth: readonly MethodInput[],
  config: Pick<ComplianceConfig, 'oauth'>,
): Entered<Method[]> {
  assertMethods(purposes, auth);
  const secrets: Secrets = {};
  const value = auth.map((entered, index): Method => {
    switch (entered.method) {
      case 'oauth':
        if (!config.oauth) {
          throw new InputError(
            `auth[${index}].method needs an OAuth app: set confluenceCompliance.oauth`,
          );
        }
        return entered;
      case 'service-account': {
        const { clientSecret, ...method } = entered;
        secrets[entered.method] = clientSecret;
        return method;
      }
      default: {
        const { token, ...method } = entered;
        secrets[entered.method] = token;
        return method;
      }
    }
  });
  return { value, secrets };
}

export function readOrganization({
  apiKey,
  ...value
}: OrganizationInput): Entered<ConnectionDefinition['organization'] & object> {
  return { value, secrets: { organization: apiKey } };
}

/** The path of the field in which the secret of a method is entered. */
export function secretField(methods: readonly Method[], index: number): string {
  return methods[index].method === 'service-account'
    ? `auth[${index}].clientSecret`
    : `auth[${index}].token`;
}

/** No longer one can be stored. */
const MAX_OWNER = 255;

/** An entity ref in its full form. */
export function readOwner(value: string): string {
  if (!/^[\w.-]+(:[\w.-]+)?(\/[\w.-]+)?$/.test(value)) {
    throw new InputError(
      'owner must be an entity ref such as group:default/security',
    );
  }
  const ref = stringifyEntityRef(
    parseEntityRef(value, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    }),
  );
  if (ref.length > MAX_OWNER) {
    throw new InputError(`owner must have at most ${MAX_OWNER} characters`);
  }
  return ref;
}

/** The id that was entered, or one made of title or site. */
export function readId(
  entered: string | undefined,
  from: string,
  taken: ReadonlySet<string>,
): string {
  if (entered !== undefined) {
    const parsed = idSchema.safeParse(entered);
    if (!parsed.success) {
      throw new InputError(`id ${parsed.error.issues[0].message}`);
    }
    if (taken.has(entered)) {
      throw new ConflictError(`id '${entered}' is taken: choose another`);
    }
    return entered;
  }
  const slug =
    from
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, 40)
      .replace(/-+$/, '') || 'confluence';
  let id = slug;
  for (let n = 2; taken.has(id); n += 1) {
    id = `${slug}-${n}`;
  }
  return id;
}

function nameOf(path: PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') {
      return `${name}[${part}]`;
    }
    return name ? `${name}.${String(part)}` : String(part);
  }, '');
}
