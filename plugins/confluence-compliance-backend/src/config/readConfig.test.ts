// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readConfig } from './readConfig';

const secret = 'hunter2-very-secret';
const auth = { method: 'api-token', email: 'a@example.com', token: secret };
const key = { id: 'a', secret: Buffer.alloc(32).toString('base64') };
const acme = { id: 'acme', site: 'acme.atlassian.net', auth: [auth] };

function read(confluenceCompliance: unknown, rest: JsonObject = {}) {
  return readConfig(
    new ConfigReader({ ...rest, confluenceCompliance } as JsonObject),
  );
}

const withSite = (site: unknown, more: object = {}) => ({
  connections: [{ ...acme, site }],
  ...more,
});
const withAuth = (...methods: unknown[]) => ({
  connections: [{ ...acme, auth: methods }],
});

describe('readConfig', () => {
  it('fills in what is not said', () => {
    expect(read(undefined)).toEqual({
      atlassian: {
        authUrl: 'https://auth.atlassian.com',
        apiUrl: 'https://api.atlassian.com',
      },
      allowedSites: ['*.atlassian.net'],
      sealingKeys: [],
      oauth: undefined,
      connections: [],
      labels: [],
      pageSubjects: 'labelled',
      people: [
        { source: 'catalog', filter: { 'metadata.namespace': 'default' } },
      ],
      services: [],
      permissionsEnabled: false,
      allowWithoutPermissions: false,
      schedule: {
        every: { seconds: 30 },
        slice: { minutes: 2 },
        timeout: { minutes: 3 },
        checks: { hours: 6 },
        people: { hours: 1 },
      },
      checks: {},
      catalog: { namespace: 'confluence', accounts: 'user', labels: [] },
      criticalSystems: [],
      policies: [],
    });
    expect(read(withSite('acme.atlassian.net')).connections).toEqual([
      {
        id: 'acme',
        title: 'acme',
        site: 'https://acme.atlassian.net',
        purposes: ['access-review', 'policy'],
        auth: [auth],
        cadence: {
          accounts: { hours: 6 },
          groups: { hours: 6 },
          memberships: { hours: 6 },
          spaces: { hours: 6 },
          grants: { hours: 6 },
          labels: { hours: 1 },
          pages: { hours: 1 },
          pagesFull: { days: 7 },
          directory: { days: 1 },
        },
      },
    ]);
  });

  it('takes what is said', () => {
    const config = read(
      {
        atlassian: {
          authUrl: 'http://127.0.0.1:7900/',
          apiUrl: 'http://127.0.0.1:7900',
        },
        allowedSites: ['127.0.0.1', 'wiki.example.com'],
        services: [
          {
            subject: 'plugin:catalog',
            permissions: ['confluence-compliance.changes.read'],
          },
        ],
        connections: [
          {
            id: 'sandbox',
            title: 'Sandbox',
            site: 'http://127.0.0.1:7900/wiki',
            owner: 'group:default/security',
            purposes: ['access-review', 'policy'],
            auth: [
              {
                method: 'service-account',
                clientId: 'client',
                clientSecret: secret,
                purposes: ['policy'],
              },
              { ...auth, purposes: ['access-review'] },
            ],
            userGroup: 'confluence-users',
            organization: { id: 'o', apiKey: secret, expiresAt: '2027-01-31' },
            cadence: { memberships: '15m', pagesFull: 'P2D' },
          },
          { ...acme, site: 'https://WIKI.example.com/' },
        ],
        catalog: {
          owner: 'group:default/security',
          namespace: 'atlassian',
          accounts: 'resource',
          pages: { labels: ['policy', 'policy'], all: true },
        },
        people: [{ source: 'catalog', filter: { kind: ['User'] } }],
        secrets: { keys: [key, { ...key, id: 'b' }] },
        oauth: { clientId: 'id', clientSecret: secret },
        allowWithoutPermissions: true,
        schedule: { every: { seconds: 5 } },
        checks: { 'access.offboarded-removed': { graceDays: 3 } },
      },
      {
        permission: { enabled: true },
        app: { baseUrl: 'https://portal.example/' },
      },
    );
    expect(config).toMatchObject({
      atlassian: {
        authUrl: 'http://127.0.0.1:7900',
        apiUrl: 'http://127.0.0.1:7900',
      },
      labels: ['policy'],
      pageSubjects: 'all',
      people: [{ source: 'catalog', filter: { kind: ['User'] } }],
      sealingKeys: [
        { id: 'a', secret: new Uint8Array(32) },
        { id: 'b', secret: new Uint8Array(32) },
      ],
      oauth: {
        clientId: 'id',
        clientSecret: secret,
        callbackUrl:
          'https://portal.example/confluence-compliance/connections/authorized',
      },
      permissionsEnabled: true,
      allowWithoutPermissions: true,
      schedule: { every: { seconds: 5 }, slice: { minutes: 2 } },
      checks: { 'access.offboarded-removed': { graceDays: 3 } },
      catalog: { namespace: 'atlassian', accounts: 'resource' },
    });
    expect(config.connections).toMatchObject([
      {
        title: 'Sandbox',
        site: 'http://127.0.0.1:7900',
        cadence: {
          memberships: { minutes: 15 },
          pagesFull: { days: 2 },
          accounts: { hours: 6 },
        },
      },
      { site: 'https://wiki.example.com' },
    ]);
  });

  it.each<[string, unknown, string]>([
    [
      'a text in place of the block',
      'x',
      'confluenceCompliance must be an object',
    ],
    ['a misspelt key', { conections: [] }, "unknown key 'conections'"],
    [
      'a misspelt key of a connection',
      { connections: [{ ...acme, ovner: 'x' }] },
      "confluenceCompliance.connections[0] has the unknown key 'ovner'",
    ],
    [
      'a key of a later version',
      { retention: { history: 'P25M' } },
      'confluenceCompliance.retention is not supported by this version yet',
    ],
    [
      'no id',
      { connections: [{ ...acme, id: undefined }] },
      'connections[0].id is missing',
    ],
    [
      'bad characters in an id',
      { connections: [{ ...acme, id: 'Acme_1' }] },
      'connections[0].id must be 1 to 63 lowercase letters',
    ],
    [
      'an id of 64',
      { connections: [{ ...acme, id: 'a'.repeat(64) }] },
      'connections[0].id must be',
    ],
    [
      'an id twice',
      { connections: [acme, { ...acme, site: 'other.atlassian.net' }] },
      "connections[1].id 'acme' is used twice",
    ],
    [
      'a site twice',
      {
        connections: [
          acme,
          { ...acme, id: 'b', site: 'https://ACME.atlassian.net/wiki/' },
        ],
      },
      "connections[1].site is the site of the connection 'acme' too",
    ],
    [
      'no site',
      withSite(undefined),
      'connections[0].site is missing: set it to a string',
    ],
    [
      'no address',
      withSite('https://'),
      'connections[0].site must be an address such as',
    ],
    [
      'another scheme',
      withSite('ftp://acme.atlassian.net'),
      'connections[0].site must begin with https://',
    ],
    [
      'http',
      withSite('http://acme.atlassian.net'),
      'connections[0].site must begin with https://',
    ],
    [
      'http for this machine, not named',
      withSite('http://127.0.0.1:8080'),
      "connections[0].site may only use http when confluenceCompliance.allowedSites names the host '127.0.0.1'",
    ],
    [
      'a path',
      withSite('acme.atlassian.net/jira'),
      'connections[0].site must be the address of a site without a path',
    ],
    [
      'credentials in a site',
      withSite(`https://me:${secret}@acme.atlassian.net`),
      'connections[0].site must not contain credentials',
    ],
    [
      'a host that is not allowed',
      withSite('https://acme.atlassian.net.example.com'),
      'connections[0].site is on a host that confluenceCompliance.allowedSites (*.atlassian.net) does not name',
    ],
    [
      'a host that only ends alike',
      withSite('https://evil-atlassian.net'),
      'does not name',
    ],
    [
      'everything allowed',
      { allowedSites: ['*'] },
      'allowedSites[0] must be a host name',
    ],
    [
      'a bad gateway',
      { atlassian: { apiUrl: 'http://api.example.com' } },
      'confluenceCompliance.atlassian.apiUrl must begin with https://',
    ],
    [
      'no auth',
      { connections: [{ ...acme, auth: undefined }] },
      'connections[0].auth is missing: set it to a list',
    ],
    [
      'an empty auth',
      withAuth(),
      'connections[0].auth needs at least one entry',
    ],
    [
      'an unknown method',
      withAuth({ method: 'password' }),
      'connections[0].auth[0].method must be a method that exists: set it to oauth, service-account, api-token or scoped-api-token',
    ],
    [
      'oauth without an app',
      withAuth({ method: 'oauth' }),
      'connections[0].auth[0].method needs an OAuth app: add confluenceCompliance.oauth',
    ],
    [
      'an OAuth app without the address of the portal',
      { oauth: { clientId: 'id', clientSecret: secret } },
      'oauth.callbackUrl is missing: set it, or app.baseUrl',
    ],
    [
      'a method twice',
      withAuth(
        { ...auth, purposes: ['policy'] },
        { ...auth, purposes: ['access-review'] },
      ),
      "connections[0].auth[1].method 'api-token' is there twice",
    ],
    [
      'an organization without a key',
      { connections: [{ ...acme, organization: { id: 'o' } }] },
      'connections[0].organization.apiKey is missing',
    ],
    [
      'a last day that is none',
      withAuth({ ...auth, expiresAt: 'soon' }),
      'connections[0].auth[0].expiresAt must be the last day of the credential',
    ],
    [
      'a key that is too short',
      { secrets: { keys: [{ id: 'a', secret: 'c2hvcnQ=' }] } },
      'secrets.keys[0].secret must be 32 bytes in base64',
    ],
    [
      'a key that is no base64',
      { secrets: { keys: [{ id: 'a', secret: `${'!'.repeat(43)}=` }] } },
      'secrets.keys[0].secret must be 32 bytes in base64',
    ],
    [
      'a key id twice',
      { secrets: { keys: [key, key] } },
      "secrets.keys[1].id 'a' is used twice",
    ],
    [
      'letters of another alphabet in a site',
      withSite('https://\u0430cme.atlassian.net'),
      'connections[0].site must be written in plain ASCII letters',
    ],
    [
      'a site in punycode',
      withSite('https://xn--cme-7cd.atlassian.net'),
      'connections[0].site must be written in plain ASCII letters',
    ],
    [
      'no token',
      withAuth({ ...auth, token: undefined }),
      'connections[0].auth[0].token is missing',
    ],
    [
      'an empty token',
      withAuth({ ...auth, token: ' ' }),
      'connections[0].auth[0].token must not be empty',
    ],
    [
      'a token as a number',
      withAuth({ ...auth, token: 12 }),
      'connections[0].auth[0].token must be a string',
    ],
    [
      'a key of another method',
      withAuth({ ...auth, clientSecret: secret }),
      "connections[0].auth[0] has the unknown key 'clientSecret'",
    ],
    [
      'an unknown purpose',
      { connections: [{ ...acme, purposes: ['audit'] }] },
      'connections[0].purposes[0] must be one of: access-review, policy',
    ],
    [
      'a purpose without a method',
      {
        connections: [
          {
            ...acme,
            purposes: ['access-review', 'policy'],
            auth: [{ ...auth, purposes: ['policy'] }],
          },
        ],
      },
      "connections[0].auth has no method for the purpose 'access-review'",
    ],
    [
      'a method for another purpose',
      {
        connections: [
          {
            ...acme,
            purposes: ['access-review'],
            auth: [auth, { ...auth, purposes: ['policy'] }],
          },
        ],
      },
      "connections[0].auth[1].purposes names 'policy', which is not a purpose of the connection",
    ],
    [
      'a bad duration',
      { connections: [{ ...acme, cadence: { pages: 'often' } }] },
      "connections[0].cadence.pages must be a duration such as { hours: 6 }, '6h' or 'PT6H'",
    ],
    [
      'no duration at all',
      { schedule: { every: { seconds: 0 } } },
      'schedule.every must be a duration',
    ],
    [
      'an unknown dataset',
      { connections: [{ ...acme, cadence: { page: '1h' } }] },
      "connections[0].cadence has the unknown key 'page'",
    ],
    [
      'a service that is a user',
      {
        services: [
          {
            subject: 'user:default/me',
            permissions: ['confluence-compliance.changes.read'],
          },
        ],
      },
      'services[0].subject must be a service principal',
    ],
    [
      'a permission that does not exist',
      { services: [{ subject: 'plugin:catalog', permissions: ['all'] }] },
      'services[0].permissions[0] must be one of: confluence-compliance.connection.read',
    ],
    [
      'another personnel source',
      { people: [{ source: 'hr' }] },
      'people[0].source must be catalog',
    ],
    [
      'a bad namespace',
      { catalog: { namespace: 'A B' } },
      'catalog.namespace must be',
    ],
    [
      'the namespace of people',
      { catalog: { namespace: 'default' } },
      'catalog.namespace must not be default',
    ],
    [
      'a bad mirror',
      { catalog: { accounts: 'all' } },
      'catalog.accounts must be one of: user, resource, none',
    ],
  ])('refuses %s', (_, confluenceCompliance, message) => {
    let error: Error | undefined;
    try {
      read(confluenceCompliance);
    } catch (caught) {
      error = caught as Error;
    }
    expect(error?.message).toContain(message);
    expect(error?.message).toMatch(/^confluenceCompliance/);
    expect(error?.message).not.toContain('\n');
    expect(error?.message).not.toContain(secret);
    expect(error).not.toHaveProperty('cause', expect.anything());
  });
});
