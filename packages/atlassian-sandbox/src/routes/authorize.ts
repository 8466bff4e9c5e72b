// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint } from '../api';
import { OAuthApp } from '../auth/OAuthApp';
import { ADMIN_NAME } from '../world/demo/people';
import { accountIdOf } from '../world/ids';
import { Account } from '../world/types';
import { consentPage, refusalPage } from './consentPage';
import { fieldsOf, listOf } from './form';

/** Who can sign in on the consent page: the administrator first, then others who see less. */
const SIGN_INS = [
  ADMIN_NAME,
  'ada.lindqvist',
  'hugo.reyes',
  'zoe.karlsson',
  'wanda.ilesanmi',
];

/** What a client asks for at the consent page; all of it goes through the form. */
export interface AuthorizeRequest {
  audience: string;
  client_id: string;
  scope: string;
  redirect_uri: string;
  state: string;
  response_type: string;
}

const html = (status: number, body: string): Answer => ({
  status,
  body,
  headers: {
    'content-type': 'text/html;charset=UTF-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
  },
});

/** Only this machine can be redirected to: the sandbox is for trying out. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    (protocol === 'http:' || protocol === 'https:') &&
    ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  );
}

/** What is asked for, or why it cannot be answered; such a reason is never sent to the redirect address. */
function read(
  fields: Record<string, unknown>,
  app: OAuthApp,
): AuthorizeRequest | string {
  const text = (name: string) =>
    typeof fields[name] === 'string' ? String(fields[name]) : '';
  const asked: AuthorizeRequest = {
    audience: text('audience'),
    client_id: text('client_id'),
    scope: text('scope'),
    redirect_uri: text('redirect_uri'),
    state: text('state'),
    response_type: text('response_type'),
  };
  if (asked.client_id !== app.clientId)
    return `There is no app with the client id "${asked.client_id}".`;
  if (asked.redirect_uri === '') return 'redirect_uri is missing.';
  if (!isLoopback(asked.redirect_uri))
    return `redirect_uri "${asked.redirect_uri}" does not lead to this machine.`;
  if (asked.response_type !== 'code')
    return `response_type must be "code", not "${asked.response_type}".`;
  if (asked.state === '') return 'state is missing.';
  if (asked.audience !== 'api.atlassian.com')
    return `audience must be "api.atlassian.com", not "${asked.audience}".`;
  if (asked.scope.trim() === '') return 'scope is missing.';
  return asked;
}

function redirect(
  { redirect_uri, state }: AuthorizeRequest,
  result: Record<string, string>,
): Answer {
  const location = new URL(redirect_uri);
  for (const [name, value] of Object.entries({ ...result, state }))
    location.searchParams.set(name, value);
  return { status: 302, headers: { location: location.toString() } };
}

function consent(
  { world, sites }: ApiRequest,
  app: OAuthApp,
  asked: AuthorizeRequest,
  problem?: string,
): Answer {
  const accounts = SIGN_INS.map(name => world.accounts.get(accountIdOf(name)));
  return html(
    problem ? 400 : 200,
    consentPage({
      app: app.name,
      asked,
      accounts: accounts.filter(
        (account): account is Account => account?.status === 'active',
      ),
      sites,
      problem,
    }),
  );
}

function decide(
  request: ApiRequest,
  app: OAuthApp,
  asked: AuthorizeRequest,
): Answer {
  const fields = fieldsOf(request.body);
  if (fields.decision !== 'accept')
    return redirect(asked, {
      error: 'access_denied',
      error_description: 'User did not authorize the request',
    });
  const account = request.world.accounts.get(String(fields.account));
  if (account?.status !== 'active')
    return consent(request, app, asked, 'Choose who signs in.');
  const chosen = listOf(fields.site);
  const cloudIds = request.sites
    .map(({ cloudId }) => cloudId)
    .filter(cloudId => chosen.includes(cloudId));
  if (cloudIds.length === 0)
    return consent(request, app, asked, 'Choose at least one site.');
  const code = app.issueCode({
    account,
    scopes: asked.scope.trim().split(/\s+/),
    cloudIds,
    redirectUri: asked.redirect_uri,
  });
  return redirect(asked, { code });
}

/** The consent page of the 3LO flow, and what its buttons do. */
export function authorizeEndpoints(app: OAuthApp): readonly Endpoint[] {
  const at = (
    method: 'GET' | 'POST',
    fields: (request: ApiRequest) => Record<string, unknown>,
    answer: (request: ApiRequest, asked: AuthorizeRequest) => Answer,
  ): Endpoint => ({
    method,
    template: '/authorize',
    guard: 'public',
    answer: request => {
      const asked = read(fields(request), app);
      return typeof asked === 'string'
        ? html(400, refusalPage(asked))
        : answer(request, asked);
    },
  });
  return [
    at(
      'GET',
      ({ query }) => Object.fromEntries(query),
      (request, asked) => consent(request, app, asked),
    ),
    at(
      'POST',
      ({ body }) => fieldsOf(body),
      (request, asked) => decide(request, app, asked),
    ),
  ];
}
