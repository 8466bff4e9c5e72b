// SPDX-License-Identifier: Apache-2.0
import { type Example, listErrors, noParameters } from './example';
import type { Known } from './examples';

/** An example of every route about connections and their runs. */
export function connectionExamples({
  newConnection,
  run,
}: Pick<Known, 'newConnection' | 'run'>): Record<string, Example> {
  const made = '/connections/drafted';
  const [auth] = newConnection.auth;
  const wrongConnections: Array<[string, object]> = [
    ['purposes', { ...newConnection, purposes: [] }],
    ['adminConfirmed', { ...newConnection, adminConfirmed: false }],
    ['id', { ...newConnection, id: 'Not An Id' }],
    ['auth', { ...newConnection, auth: [] }],
    [
      'auth[0].token',
      { ...newConnection, auth: [{ ...auth, token: undefined }] },
    ],
    ['auth[1].method', { ...newConnection, auth: [auth, auth] }],
    [
      'auth.token',
      { ...newConnection, auth: [{ ...auth, token: 'a b\u00e9' }] },
    ],
    ['auth', { ...newConnection, auth: [{ method: 'password' }] }],
    ['more', { ...newConnection, more: 1 }],
    ['organization.apiKey', { ...newConnection, organization: { id: 'o' } }],
    ...[
      undefined,
      'http://169.254.169.254',
      'https://169.254.169.254',
      'https://acme.atlassian.net.evil.example',
      'https://\u0430cme.atlassian.net',
      'https://xn--cme-7cd.atlassian.net',
      'https://localhost',
      'http://localhost/?other',
      'http://me:you@localhost',
      'ftp://localhost',
      'file:///etc/passwd',
      'https://',
    ].map((site): [string, object] => ['site', { ...newConnection, site }]),
  ];
  const accept = { readId: 'r', reason: 'A planned clean-up' };
  return {
    listConnections: {
      good: '/connections',
      bad: noParameters('/connections'),
    },
    getConnection: {
      good: '/connections/northwind',
      bad: noParameters('/connections/northwind'),
      missing: '/connections/nowhere',
    },
    getConnectionSetup: {
      good: '/connection-setup',
      bad: noParameters('/connection-setup'),
    },
    createConnection: {
      good: '/connections',
      body: newConnection,
      bad: [
        ['/connections?x=1', 'x'],
        ...wrongConnections.map(([names, body]): Example['bad'][number] => [
          '/connections',
          names,
          body,
        ]),
      ],
    },
    updateConnection: {
      good: `${made}`,
      body: { title: 'Second site' },
      bad: [
        [made, 'enable', { enable: true }],
        [made, 'purposes', { purposes: [] }],
        [made, 'owner', { owner: 'a:b:c' }],
      ],
      missing: '/connections/nowhere',
    },
    testConnection: {
      good: `${made}/test`,
      bad: [[`${made}/test`, 'force', { force: true }]],
      missing: '/connections/nowhere/test',
    },
    authorizeConnection: {
      good: `${made}/authorize`,
      bad: [
        [`${made}/authorize?x=1`, 'x'],
        ['/connections/northwind/authorize', 'OAuth'],
      ],
      missing: '/connections/nowhere/authorize',
    },
    completeAuthorization: {
      good: '',
      body: { code: 'c', state: 's' },
      bad: [
        [`${made}/complete`, 'state', { code: 'c' }],
        [`${made}/complete`, 'code', { state: 's' }],
        [`${made}/complete`, 'state', { code: 'c', state: 's' }],
        [`${made}/complete`, 'code', { code: 'c'.repeat(5000), state: 's' }],
      ],
      missing: '/connections/nowhere/complete',
    },
    listUserGroupChoices: {
      good: '/connections/northwind/user-groups?search=conf',
      bad: [[`${made}/user-groups?q=x`, 'q']],
      missing: '/connections/nowhere/user-groups',
    },
    deleteConnection: {
      good: `/connections/${newConnection.id}`,
      bad: [
        [`${made}?history=maybe`, 'history'],
        [`${made}?history=delete&entities=keep`, 'entities'],
      ],
      missing: '/connections/nowhere',
    },
    listContainers: {
      good: '/connections/northwind/containers?limit=200',
      bad: [
        ...listErrors('/connections/northwind/containers'),
        ['/connections/northwind/containers?incomplete=1', 'incomplete'],
      ],
      missing: '/connections/nowhere/containers',
    },
    listRuns: {
      good: '/connections/northwind/runs',
      bad: listErrors('/connections/northwind/runs'),
      missing: '/connections/nowhere/runs',
    },
    syncNow: {
      good: '/connections/northwind/sync',
      bad: [
        ...noParameters('/connections/northwind/sync'),
        ['/connections/northwind/sync', 'force', { force: true }],
      ],
      missing: '/connections/nowhere/sync',
    },
    getRun: {
      good: `/runs/${run}`,
      bad: noParameters(`/runs/${run}`),
      missing: '/runs/00000000-0000-4000-8000-000000000000',
    },
    listRefused: {
      // Nothing was refused, so that this one has no good request here.
      good: '',
      bad: [
        [`/runs/${run}/refused?readId=r&limit=0`, 'limit'],
        [`/runs/${run}/refused?readId=r&cursor=`, 'cursor'],
        [`/runs/${run}/refused?readId=r&asOf=1`, 'asOf'],
        [`/runs/${run}/refused`, 'readId'],
        [`/runs/${run}/refused?readId=%00`, 'readId'],
      ],
      missing: `/runs/${run}/refused?readId=r`,
    },
    acceptShrink: {
      // Nothing was refused, so that this one has no good request here.
      good: '',
      body: accept,
      bad: [
        [`/runs/${run}/accept`, 'readId', { reason: 'x' }],
        [`/runs/${run}/accept`, 'reason', { readId: 'r', reason: ' ' }],
        [`/runs/${run}/accept`, 'reason', { readId: 'r', reason: 7 }],
        [`/runs/${run}/accept`, 'more', { ...accept, more: 1 }],
        [`/runs/${run}/accept`, 'readId', { ...accept, readId: 'a\0' }],
      ],
      missing: `/runs/${run}/accept`,
    },
  };
}
