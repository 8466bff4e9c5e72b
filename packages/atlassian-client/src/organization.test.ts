// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';
import {
  createOrganizationClient,
  type OrganizationClientOptions,
} from './index';
import {
  closing,
  errorOf,
  everythingIn,
  fakeClock,
  formsOf,
  type Reply,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const apiKey = 'ATCTT3xFfGN0-s3cret+/=';
const organizationId = 'a1b2c3d4-0000-4000-8000-1234567890ab';

const clientFor = (options: Partial<OrganizationClientOptions> = {}) =>
  closing(
    createOrganizationClient({
      organizationId,
      apiKey,
      apiUrl: server.url,
      ...fakeClock(),
      ...options,
    }),
  );

it('reads the organization with its key', async () => {
  server.handle = () => ({
    body: {
      data: {
        id: organizationId,
        type: 'orgs',
        attributes: { name: 'Acme' },
        relationships: {},
        links: {},
      },
    },
  });
  const client = clientFor();
  expect(await client.organization()).toEqual({
    id: organizationId,
    name: 'Acme',
  });
  const [{ method, url, headers }] = server.seen;
  expect(`${method} ${url.pathname}`).toBe(
    `GET /admin/v1/orgs/${organizationId}`,
  );
  expect(headers.authorization).toBe(`Bearer ${apiKey}`);
  expect(client.stats()).toMatchObject({ requests: 1, points: 0 });
});

it('takes an organization without a name', async () => {
  server.handle = () => ({ body: { data: { id: 'o', attributes: null } } });
  expect(await clientFor().organization()).toEqual({ id: 'o', name: 'o' });
});

it.each<[string, Reply, object]>([
  [
    'a key that is not known',
    { status: 401, body: { code: 401, message: 'Unauthorized' } },
    { name: 'CredentialRefusedError', reason: 'unauthenticated' },
  ],
  [
    'a key that may not',
    { status: 403 },
    { name: 'CredentialRefusedError', reason: 'forbidden' },
  ],
  ['another organization', { status: 404 }, { name: 'NotVisibleError' }],
  ['an error', { status: 500 }, { kind: 'server' }],
  ['other JSON', { body: { data: [] } }, { kind: 'invalid-response' }],
  [
    'a wait',
    { status: 429, headers: { 'retry-after': '999' } },
    { name: 'QuotaExceededError' },
  ],
])('says what %s is, and never the key or the id', async (_, reply, facts) => {
  server.handle = () => reply;
  const client = clientFor();
  const error = await errorOf(client.organization());
  expect(error).toMatchObject({
    ...facts,
    endpoint: 'GET /admin/v1/orgs/{orgId}',
  });
  for (const value of [error, client]) {
    for (const hidden of [...formsOf(apiKey), organizationId]) {
      expect(everythingIn(value)).not.toContain(hidden);
    }
  }
});

it.each<[Partial<OrganizationClientOptions>, string]>([
  [{ apiKey: 'two words' }, 'apiKey'],
  [{ apiKey: 'kéy' }, 'apiKey'],
  [{ apiKey: '' }, 'apiKey'],
  [{ organizationId: '../two words' }, 'organizationId'],
  [{ organizationId: '' }, 'organizationId'],
  [{ apiUrl: 'http://evil.example' }, 'apiUrl'],
])('refuses %j', (options, name) => {
  let error: unknown;
  try {
    clientFor(options);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(TypeError);
  expect(inspect(error)).toContain(`${name} must`);
  expect(inspect(error)).not.toMatch(/two words|kéy/);
});

it('ends with its signal', async () => {
  const reason = new Error('stop');
  const signal = AbortSignal.abort(reason);
  expect(await errorOf(clientFor().organization({ signal }))).toBe(reason);
});
