// SPDX-License-Identifier: Apache-2.0
import {
  acme,
  auth,
  key,
  read,
  secret,
  withAuth,
  withSite,
} from './__testUtils__/read';

describe('A configuration with a mistake', () => {
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
      'a framework that nobody knows',
      { policies: { frameworks: ['soc3'] } },
      'confluenceCompliance.policies.frameworks[0] must be one of soc2, iso27001, nist80053, csf2, hipaa, pci-dss, cis-v8',
    ],
    [
      'a retention that is no ISO duration',
      { retention: { history: '25 months' } },
      'confluenceCompliance.retention.history must be an ISO 8601 duration longer than nothing and at most 100 years, such as P25M',
    ],
    [
      'a retention of nothing',
      { retention: { evidence: 'P0D' } },
      'confluenceCompliance.retention.evidence must be an ISO 8601 duration',
    ],
    [
      'a misspelt retention',
      { retention: { profiles: 'P90D' } },
      "confluenceCompliance.retention has the unknown key 'profiles'",
    ],
    [
      'a digest to nobody',
      { findings: { digest: { to: 'security' } } },
      'confluenceCompliance.findings.digest.to must be the ref of a group or user, such as group:default/security',
    ],
    [
      'a digest every hour',
      { findings: { digest: { to: 'group:default/a', every: '1h' } } },
      'confluenceCompliance.findings.digest.every must be whole days',
    ],
    [
      'a schedule of a check that is no duration',
      { checks: { 'access.shared-account': { schedule: 'hourly' } } },
      'confluenceCompliance.checks.access.shared-account.schedule must be a duration such as',
    ],
    [
      'a schedule of a check of nothing',
      { checks: { 'access.shared-account': { schedule: { hours: 0 } } } },
      'confluenceCompliance.checks.access.shared-account.schedule must be a duration such as',
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
      'people[0].source must be catalog or file',
    ],
    [
      'a file that is nowhere',
      { people: [{ source: 'file', id: 'hr' }] },
      'people[0].path or url must be set, and not both',
    ],
    [
      'a file that anybody on the way can change',
      {
        people: [{ source: 'file', id: 'hr', url: 'http://hr.example/p.csv' }],
      },
      'people[0].url must be an https URL',
    ],
    [
      'two sources of one id',
      {
        people: [
          { source: 'file', id: 'hr', path: 'a.csv' },
          { source: 'file', id: 'hr', path: 'b.csv' },
        ],
      },
      "people[1].id 'hr' is there twice",
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
