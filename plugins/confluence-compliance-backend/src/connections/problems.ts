// SPDX-License-Identifier: Apache-2.0
import {
  MissingScopeError,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import type {
  AuthMethod,
  Problem,
  Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { reasonOf } from './failures';

/** What is known around a failure. */
export interface ProblemContext {
  method?: AuthMethod;
  site?: string;
  /** Last day of the credential. */
  expiresAt?: string;
  now: Date;
}

/** Where each credential is made, with Atlassian's names of the menus. */
const places: Record<AuthMethod, string> = {
  oauth:
    'open developer.atlassian.com, Developer console, your app, Permissions',
  'service-account':
    'open admin.atlassian.com, Directory, Service accounts, the account',
  'api-token': 'open id.atlassian.com, Security, Create and manage API tokens',
  'scoped-api-token':
    'open id.atlassian.com, Security, Create and manage API tokens',
};

/** What to do about a site that may not be connected. */
export const siteCures = {
  'site-not-allowed':
    'Ask the platform team to add its host to confluenceCompliance.allowedSites.',
  'site-connected':
    'Go on with one of the two connections, and delete the other.',
};

/** A failure of a credential in words, with what to do about it. */
export function problemOf(error: unknown, context: ProblemContext): Problem {
  const reason = reasonOf(error);
  const { method, site = 'the site', expiresAt } = context;
  const place = method && places[method];
  switch (reason.code) {
    case 'scope-missing':
      return {
        ...reason,
        scopes:
          error instanceof MissingScopeError
            ? [...error.scopes.granular]
            : undefined,
        cure: scopeCure(method),
      };
    case 'credential-refused':
      if (expiresAt && lastDayIsOver(expiresAt, context.now)) {
        return {
          code: 'token-expired',
          text: `The credential has expired on ${expiresAt}`,
          cure: `To make a new one, ${place}. Then enter it here.`,
        };
      }
      return {
        ...reason,
        text: 'Atlassian does not accept the credential: it is wrong, revoked or expired',
        cure: refusalCure(method),
      };
    case 'no-product-access':
      return {
        ...reason,
        cure: `Give the account the product Confluence on ${site}: open admin.atlassian.com, Directory, Users, the account, and add the role User for Confluence.`,
      };
    case 'wrong-site':
      return {
        ...reason,
        text: `There is no Confluence at ${site}, or the credential does not open it`,
        cure: 'Compare the address with the one in your browser when you are in Confluence. A credential opens only the sites of its own organization, OAuth only those that were chosen.',
      };
    case 'reconnect':
      return {
        ...reason,
        cure: 'Reconnect: Atlassian ends a grant after 90 days without use, or when its person changes the password.',
      };
    case 'not-connected':
      return { ...reason, cure: 'Continue to Atlassian and accept there.' };
    case 'no-site':
      return {
        ...reason,
        cure: 'Enter the address in Credentials, or grant again at Atlassian.',
      };
    case 'no-credential':
      return { ...reason, cure: 'Enter the credential again.' };
    case 'site-not-allowed':
    case 'site-connected':
      return { ...reason, cure: siteCures[reason.code] };
    case 'upstream-network':
    case 'upstream-timeout':
      return {
        code: 'network',
        text: `${site} could not be reached from the backend${codeIn(error)}`,
        cure: 'Check the address, the name server, and the proxy: the backend obeys HTTPS_PROXY and NO_PROXY, and certificates in NODE_EXTRA_CA_CERTS.',
      };
    case 'upstream-address':
      return {
        code: 'address',
        text: `${site} leads to an address that is not public`,
        cure: 'A site of Atlassian stands on the internet: check the address and the name server.',
      };
    default:
      return reason;
  }
}

/** A failure of the organization's key. */
export function organizationProblem(
  error: unknown,
  context: ProblemContext,
): Problem {
  const problem = problemOf(error, { ...context, site: 'api.atlassian.com' });
  switch (problem.code) {
    case 'credential-refused':
    case 'forbidden':
      return {
        code: 'organization-key-refused',
        text: 'Atlassian does not accept the key of the organization',
        cure: 'Open admin.atlassian.com, Settings, API keys, create a key and enter it here. Everything that needs no organization still works.',
      };
    case 'token-expired':
      return {
        ...problem,
        cure: 'Open admin.atlassian.com, Settings, API keys, create a new key and enter it here.',
      };
    case 'not-visible':
      return {
        code: 'organization-not-found',
        text: 'The key does not open an organization with this id',
        cure: 'The id stands in the address of admin.atlassian.com after /o/.',
      };
    default:
      return problem;
  }
}

/** What a key needs for each list of the credentials of an organization, and what the list is called. */
const CREDENTIAL_LISTS: Record<string, { scope: string; what: string }> = {
  'api-tokens': { scope: 'read:tokens:admin', what: 'API tokens' },
  'service-accounts': {
    scope: 'read:service-accounts:admin',
    what: 'service accounts',
  },
};

/**
 * A failure of the organization's key with one of its lists of credentials. What the key may read it
 * says only by refusing, and Atlassian does not offer the list of service accounts everywhere.
 */
export function credentialsProblem(
  error: unknown,
  list: string,
  context: ProblemContext,
): Problem {
  const { scope, what } = CREDENTIAL_LISTS[list];
  const { code } = reasonOf(error);
  if (code === 'forbidden' || code === 'scope-missing') {
    return {
      code: 'scope-missing',
      text: `The key of the organization may not read ${what}: it needs the scope ${scope}`,
      scopes: [scope],
      cure: 'The scopes of a key cannot be changed: open admin.atlassian.com, Settings, API keys, create one with this scope too and enter it here.',
    };
  }
  if (code === 'not-visible') {
    return {
      code: 'not-offered',
      text: `Atlassian does not offer the list of ${what} to this organization`,
    };
  }
  return organizationProblem(error, context);
}

/** What a run says, with what to do about it where that is known. */
export function runProblem(reason: Reason, method?: AuthMethod): Problem {
  return reason.code === 'scope-missing'
    ? {
        ...reason,
        scopes:
          reason.text.match(/read:[a-z.-]+:(confluence|admin)/g) ?? undefined,
        cure: scopeCure(method),
      }
    : reason;
}

/** Whether the last day of a credential is over, everywhere on earth. */
export function lastDayIsOver(lastDay: string, now: Date): boolean {
  return now.getTime() >= endOf(lastDay);
}

/** Epoch in milliseconds at which a credential has surely ended. */
export function endOf(lastDay: string): number {
  return Date.parse(`${lastDay}T00:00:00Z`) + 24 * 3_600_000;
}

function scopeCure(method: AuthMethod | undefined): string {
  switch (method) {
    case 'oauth':
      return `Add the scope to the app: ${places.oauth}. Then reconnect.`;
    case 'service-account':
      return `The scopes of a credential cannot be changed: ${places['service-account']}, choose Create credentials with this scope too, and enter it here.`;
    case 'scoped-api-token':
      return `The scopes of a token cannot be changed: ${places['scoped-api-token']}, create one with this scope too, and enter it here.`;
    default:
      return 'Use a credential with this scope.';
  }
}

function refusalCure(method: AuthMethod | undefined): string {
  switch (method) {
    case 'oauth':
      return 'Check confluenceCompliance.oauth in the configuration, then reconnect.';
    case 'service-account':
      return `Compare client id and secret: ${places['service-account']}. A secret is shown once; make a new credential when it is lost.`;
    case 'scoped-api-token':
      return `Email and token must be of the same account, and the token one with scopes: ${places['scoped-api-token']}.`;
    default:
      return `Email and token must be of the same account, and the token one without scopes: ${places['api-token']}.`;
  }
}

function codeIn(error: unknown): string {
  return error instanceof UpstreamError && error.code ? ` (${error.code})` : '';
}
