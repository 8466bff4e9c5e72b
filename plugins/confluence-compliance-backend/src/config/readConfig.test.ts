// SPDX-License-Identifier: Apache-2.0
import { acme, auth, key, read, secret, withSite } from './__testUtils__/read';
import { PLACEHOLDERS } from './policyStructure';

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
      reviews: { removal: { enabled: false, credentials: [] }, templates: [] },
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
      frameworks: ['soc2', 'iso27001'],
      documentsNotNeeded: [],
      policies: [],
      policyStructure: { headings: [], placeholders: [...PLACEHOLDERS] },
      exceptions: { maxDays: 180 },
      retention: {
        history: 'P25M',
        profilesAfterGone: 'P90D',
        evidence: 'P7Y',
      },
      findings: {},
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
        checks: {
          'access.offboarded-removed': { graceDays: 3 },
          'review.on-cadence': { schedule: '1h', graceDays: 14 },
        },
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
      checks: {
        'access.offboarded-removed': { graceDays: 3 },
        'review.on-cadence': { schedule: { hours: 1 }, graceDays: 14 },
      },
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
});
