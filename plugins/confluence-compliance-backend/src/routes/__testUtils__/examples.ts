// SPDX-License-Identifier: Apache-2.0
import { type KnownReviews, reviewExamples } from './reviewExamples';

/** How a route is tried. */
export interface Example {
  /** A request that succeeds. */
  good: string;
  body?: unknown;
  /** Requests that are wrong, and what the answer names. */
  bad: Array<[path: string, names: string, body?: unknown]>;
  /** Something that does not exist. */
  missing?: string;
}

/** What the examples need to know of the synced world. */
export interface Known {
  account: string;
  group: string;
  run: string;
  /** Key of a space. */
  space: string;
  /** The page of the policy infosec. */
  policyPage: { pageId: string; version: number };
  /** Reviews, by what can be done with them. */
  reviews: KnownReviews;
  /** Name of a user of the catalog. */
  person: string;
  /** Exceptions that somebody else asked for, one for each decision; the last is live. */
  exceptions: string[];
  /** Id of a finding that nobody asked to except. */
  finding: string;
  /** A new connection that can be made. */
  newConnection: { id: string; auth: object[] };
}

const marked = {
  owner: 'group:default/security',
  reviewEvery: 'P6M',
  rule: { kind: 'groups', groups: ['finance'] },
};

const mapping = {
  connection: 'northwind',
  page: { by: 'label', label: 'policy-backup' },
};

const listErrors = (path: string): Example['bad'] => [
  [`${path}?limit=0`, 'limit'],
  [`${path}?limit=201`, 'limit'],
  [`${path}?limit=x`, 'limit'],
  [`${path}?cursor=broken`, 'cursor'],
  [`${path}?cursor=`, 'cursor'],
  [`${path}?lmit=1`, 'lmit'],
];

const pinnedErrors = (path: string): Example['bad'] => [
  ...listErrors(path),
  [`${path}?asOf=yesterday`, 'asOf'],
  [`${path}?asOf=999999999`, 'asOf'],
  [`${path}?asOf=2999-01-01T00:00:00Z`, 'asOf'],
];

const searchErrors = (path: string): Example['bad'] => [
  ...pinnedErrors(path),
  [`${path}?connection=nowhere`, 'connection'],
  [`${path}?connection=a&connection=b`, 'connection'],
  [`${path}?sort=payload`, 'sort'],
];

const changes = (of: string, missing: string): Example => ({
  good: `${of}/changes?only=access&limit=200`,
  bad: [...pinnedErrors(`${of}/changes`), [`${of}/changes?only=names`, 'only']],
  missing: `${missing}/changes`,
});

const noParameters = (path: string): Example['bad'] => [[`${path}?x=1`, 'x']];

/** An example of every route, by the id of the route. */
export function examplesOf({
  account,
  exceptions,
  finding,
  policyPage,
  group,
  newConnection,
  person,
  reviews,
  run,
  space,
}: Known): Record<string, Example> {
  const erase = `/accounts/northwind/${account}/erase`;
  const link = `/accounts/northwind/${account}/link`;
  const classed = `/accounts/northwind/${account}/class`;
  const grants = `/accounts/northwind/${account}/access`;
  const inSpace = `/spaces/northwind/${space}`;
  const members = `/groups/northwind/${group}/members`;
  const comments = `/findings/${encodeURIComponent(finding)}/comments`;
  const made = '/connections/drafted';
  const [auth] = newConnection.auth;
  const exception = {
    findings: [finding],
    reason: 'The account is needed for the audit of March',
    control: 'It is watched daily',
    until: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
  };
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
    listPeople: {
      good: '/people?search=a&limit=200',
      bad: [
        ...pinnedErrors('/people'),
        ['/people?search=', 'search'],
        ['/people?search=%00', 'search'],
      ],
    },
    listPeopleSources: {
      good: '/people/sources',
      bad: noParameters('/people/sources'),
    },
    confirmDeparture: {
      // Nobody has gone, so that this one has no good request here.
      good: '',
      body: { person: 'user:default/nobody-at-all', reason: 'Has left' },
      bad: [
        ['/people/departures', 'person', { reason: 'x' }],
        ['/people/departures', 'reason', { person: 'p', reason: ' ' }],
        ['/people/departures?x=1', 'x'],
      ],
      missing: '/people/departures',
    },
    acceptPeopleShrink: {
      // Nothing was refused, so that this one has no good request here.
      good: '',
      body: { reason: 'A spin-off' },
      bad: [
        ['/people/sources/catalog/accept', 'reason', {}],
        ['/people/sources/catalog/accept', 'more', { reason: 'x', more: 1 }],
      ],
      missing: '/people/sources/nowhere/accept',
    },
    listUnidentified: {
      good: '/accounts/unidentified?limit=200',
      bad: [
        ...listErrors('/accounts/unidentified'),
        ['/accounts/unidentified?connection=nowhere', 'connection'],
        ['/accounts/unidentified?asOf=1', 'asOf'],
      ],
    },
    getAccountDecisions: {
      good: `/accounts/northwind/${account}/decisions`,
      bad: noParameters(`/accounts/northwind/${account}/decisions`),
      missing: '/accounts/northwind/nobody/decisions',
    },
    linkAccount: {
      good: link,
      body: { to: 'nobody', reason: 'Nobody knows it' },
      bad: [
        [link, 'to', {}],
        [link, 'reason', { to: 'undo' }],
        [link, 'reason', { to: 'nobody', reason: ' ' }],
        [link, 'person', { to: 'person', source: 's', reason: 'x' }],
        [
          link,
          'person',
          {
            to: 'person',
            source: 'people:catalog',
            person: 'user:default/nobody-at-all',
            reason: 'x',
          },
        ],
        [link, 'more', { to: 'undo', reason: 'x', more: 1 }],
        [`${link}?x=1`, 'x'],
      ],
      missing: '/accounts/northwind/nobody/link',
    },
    classifyAccount: {
      good: classed,
      body: { class: 'service', purpose: 'Exports' },
      bad: [
        [classed, 'class', { class: 'robot' }],
        [classed, 'owner', { class: 'service', owner: 'a:b:c' }],
        [classed, 'owner', { class: 'service', owner: 'group:default/none' }],
        [classed, 'purpose', { class: 'service', purpose: ' ' }],
        [classed, 'more', { more: 1 }],
      ],
      missing: '/accounts/northwind/nobody/class',
    },
    listAccounts: {
      good: '/accounts?q=a&limit=200',
      bad: [
        ...searchErrors('/accounts'),
        ['/accounts?class=robot', 'class'],
        ['/accounts?person=maybe', 'person'],
        ['/accounts?findings=none', 'findings'],
        ['/accounts?q=', 'q'],
        ['/accounts?q=%00', 'q'],
      ],
    },
    getAccount: {
      good: `/accounts/northwind/${account}`,
      bad: [
        [`/accounts/northwind/${account}?asOf=x`, 'asOf'],
        [`/accounts/northwind/a%00b`, 'accountId'],
        [`/accounts/northwind/${'a'.repeat(300)}`, 'accountId'],
      ],
      missing: '/accounts/northwind/nobody',
    },
    listAccountGrants: {
      good: `${grants}?limit=200`,
      bad: [...pinnedErrors(grants), [`${grants}?connection=a`, 'connection']],
      missing: '/accounts/northwind/nobody/access',
    },
    listAccountChanges: changes(
      `/accounts/northwind/${account}`,
      '/accounts/northwind/nobody',
    ),
    listGroupChanges: changes(
      `/groups/northwind/${group}`,
      '/groups/northwind/nobodies',
    ),
    listSpaceChanges: changes(inSpace, '/spaces/northwind/NOWHERE'),
    eraseAccount: {
      good: erase,
      body: { reason: 'Asked for by the person' },
      bad: [
        [erase, 'reason', {}],
        [erase, 'reason', { reason: ' ' }],
        [erase, 'more', { reason: 'x', more: 1 }],
        [`${erase}?x=1`, 'x'],
        ['/accounts/northwind/a%00b/erase', 'accountId'],
      ],
      missing: '/accounts/northwind/nobody/erase',
    },
    listGroups: { good: '/groups?limit=200', bad: searchErrors('/groups') },
    getGroup: {
      good: `/groups/northwind/${group}`,
      bad: [
        [`/groups/northwind/${group}?asOf=x`, 'asOf'],
        ['/groups/northwind/a%00b', 'groupId'],
      ],
      missing: '/groups/northwind/nobodies',
    },
    listGroupGrants: {
      good: `/groups/northwind/${group}/access?limit=200`,
      bad: pinnedErrors(`/groups/northwind/${group}/access`),
      missing: '/groups/northwind/nobodies/access',
    },
    listGroupMembers: {
      good: members,
      bad: pinnedErrors(members),
      missing: '/groups/northwind/nobodies/members',
    },
    listSpaces: { good: '/spaces?limit=200', bad: searchErrors('/spaces') },
    getSpace: {
      good: inSpace,
      bad: [
        [`${inSpace}?asOf=x`, 'asOf'],
        ['/spaces/northwind/a%00b', 'key'],
        [`/spaces/northwind/${'a'.repeat(300)}`, 'key'],
      ],
      missing: '/spaces/northwind/NOWHERE',
    },
    listSpaceGrants: {
      good: `${inSpace}/access?limit=200`,
      bad: pinnedErrors(`${inSpace}/access`),
      missing: '/spaces/northwind/NOWHERE/access',
    },
    listPages: {
      good: '/pages?label=policy&owner=712020:a&limit=200',
      bad: searchErrors('/pages'),
    },
    listChecks: {
      good: '/checks?connection=northwind',
      bad: [
        ...noParameters('/checks'),
        ['/checks?connection=nowhere', 'connection'],
      ],
    },
    listControls: {
      good: '/controls?connection=northwind',
      bad: [
        ...noParameters('/controls'),
        ['/controls?connection=nowhere', 'connection'],
        ['/controls?asOf=yesterday', 'asOf'],
        ['/controls?asOf=2020-01-01', 'asOf'],
      ],
    },
    getCheck: {
      good: '/checks/access.offboarded-removed',
      bad: noParameters('/checks/access.offboarded-removed'),
      missing: '/checks/none',
    },
    runCheck: {
      good: '/checks/access.offboarded-removed/run',
      bad: noParameters('/checks/access.offboarded-removed/run'),
      missing: '/checks/none/run',
    },
    listAttestations: {
      good: '/checks/space.public-links/attestations',
      bad: noParameters('/checks/space.public-links/attestations'),
      missing: '/checks/none/attestations',
    },
    attestCheck: {
      good: '/checks/space.public-links/attestations',
      body: { connection: 'northwind', answer: 'no', note: 'Two of them' },
      bad: [
        [
          '/checks/space.public-links/attestations',
          'answer',
          { connection: 'northwind', answer: 'maybe' },
        ],
        [
          '/checks/space.public-links/attestations',
          'until',
          { connection: 'northwind', answer: 'yes' },
        ],
        [
          '/checks/space.public-links/attestations',
          'evidence',
          {
            connection: 'northwind',
            answer: 'no',
            evidence: 'ftp://host/file',
          },
        ],
        [
          '/checks/space.public-links/attestations',
          'connection',
          { connection: 'nowhere', answer: 'no' },
        ],
      ],
      missing: '/checks/none/attestations',
    },
    listFindings: {
      good: '/findings?limit=200',
      bad: [
        ...searchErrors('/findings'),
        ['/findings?verdict=bad', 'verdict'],
        ['/findings?state=gone', 'state'],
        ['/findings?severity=worst', 'severity'],
        ['/findings?framework=none', 'framework'],
        ['/findings?owner=a:b:c', 'owner'],
        ['/findings?owner=me&asOf=1', 'owner'],
        ['/findings?check=none', 'check'],
        ['/findings?excepted=yes', 'excepted'],
        ['/findings?account=', 'account'],
        ['/findings?resource=%00', 'resource'],
      ],
    },
    listExceptions: {
      good: '/exceptions?status=live&limit=200',
      bad: [
        ...listErrors('/exceptions'),
        ['/exceptions?connection=nowhere', 'connection'],
        ['/exceptions?sort=payload', 'sort'],
        ['/exceptions?status=open', 'status'],
        ['/exceptions?asOf=1', 'asOf'],
      ],
    },
    requestExceptions: {
      good: '/exceptions',
      body: exception,
      bad: Object.entries({
        findings: [],
        reason: 'Too short',
        control: ' ',
        until: 'tomorrow',
        approver: 'group:default/security',
        x: 1,
      }).map(([name, value]) => [
        '/exceptions',
        name,
        { ...exception, [name]: value },
      ]),
    },
    approveException: {
      good: `/exceptions/${exceptions[0]}/approve`,
      body: {},
      bad: [[`/exceptions/${exceptions[0]}/approve`, 'x', { x: 1 }]],
      missing: '/exceptions/none/approve',
    },
    rejectException: {
      good: `/exceptions/${exceptions[1]}/reject`,
      body: { note: 'Its risk is too high' },
      bad: [[`/exceptions/${exceptions[1]}/reject`, 'note', {}]],
      missing: '/exceptions/none/reject',
    },
    endException: {
      good: `/exceptions/${exceptions[2]}/end`,
      body: { note: 'It is not needed any more' },
      bad: [[`/exceptions/${exceptions[2]}/end`, 'note', { note: ' ' }]],
      missing: '/exceptions/none/end',
    },
    assignFindings: {
      good: '/findings/assign',
      body: { findings: [finding], owner: null },
      bad: [
        ['/findings/assign', 'findings', { findings: [], owner: null }],
        ['/findings/assign', 'owner', { findings: [finding] }],
        ['/findings/assign', 'owner', { findings: [finding], owner: 'a:b:c' }],
        ['/findings/assign', 'findings', { findings: ['x|y'], owner: null }],
      ],
    },
    recheckFinding: {
      good: '/findings/recheck',
      body: { finding },
      bad: [
        ['/findings/recheck', 'finding', {}],
        ['/findings/recheck', 'finding', { finding: 'x|y' }],
      ],
    },
    listComments: {
      good: `${comments}?limit=200`,
      bad: [
        [`${comments}?limit=0`, 'limit'],
        [`${comments}?cursor=broken`, 'cursor'],
        [`${comments}?x=1`, 'x'],
      ],
      missing: '/findings/northwind%7Cnone/comments',
    },
    addComment: {
      good: comments,
      body: { text: 'Asked the team' },
      bad: [
        [comments, 'text', { text: ' ' }],
        [comments, 'text', { text: 'x'.repeat(2001) }],
      ],
      missing: '/findings/northwind%7Cnone/comments',
    },
    getTrend: {
      good: '/findings/trend?days=30',
      bad: [
        ['/findings/trend?days=0', 'days'],
        ['/findings/trend?days=367', 'days'],
        ['/findings/trend?connection=nowhere', 'connection'],
        ['/findings/trend?from=1', 'from'],
      ],
    },
    listCriticalSystems: {
      good: '/critical-systems',
      bad: noParameters('/critical-systems'),
    },
    markCriticalSystem: {
      good: `/critical-systems/northwind?space=${space}`,
      body: marked,
      bad: [
        ['/critical-systems/northwind?space=', 'space'],
        ['/critical-systems/northwind?key=A', 'key'],
        [
          '/critical-systems/northwind',
          'reviewEvery',
          { ...marked, reviewEvery: '6 months' },
        ],
        [
          '/critical-systems/northwind',
          'reviewEvery',
          { ...marked, reviewEvery: 'P0M' },
        ],
        ['/critical-systems/northwind', 'owner', { ...marked, owner: 'lena' }],
        [
          '/critical-systems/northwind',
          'groups',
          { ...marked, rule: { kind: 'groups', groups: [] } },
        ],
        ['/critical-systems/northwind', 'note', { ...marked, note: 'PCI' }],
      ],
      missing: '/critical-systems/northwind?space=NOWHERE',
    },
    unmarkCriticalSystem: {
      good: `/critical-systems/northwind?space=${space}`,
      bad: [['/critical-systems/northwind?space=', 'space']],
      missing: '/critical-systems/nowhere',
    },
    ...reviewExamples(reviews, { listErrors, noParameters }),
    listPolicies: { good: '/policies', bad: noParameters('/policies') },
    listPolicyDocuments: {
      good: '/policy-documents',
      bad: noParameters('/policy-documents'),
    },
    findPolicyPages: {
      good: '/policy-pages?connection=northwind&label=policy-infosec',
      bad: [
        ['/policy-pages?label=policy-infosec', 'connection'],
        ['/policy-pages?connection=nowhere&label=policy', 'connection'],
        ['/policy-pages?connection=northwind', 'by label'],
        ['/policy-pages?connection=northwind&id=x', 'id'],
        ['/policy-pages?connection=northwind&space=POL', 'by space and title'],
        ['/policy-pages?connection=northwind&id=1&label=x', 'in one way'],
        [
          '/policy-pages?connection=northwind&space=NOWHERE&title=x',
          'page.space',
        ],
      ],
    },
    mapPolicy: {
      good: '/policies/backup/mapping',
      body: mapping,
      bad: [
        ['/policies/backup/mapping', 'connection', { page: mapping.page }],
        [
          '/policies/backup/mapping',
          'connection',
          { ...mapping, connection: 'nowhere' },
        ],
        ['/policies/backup/mapping', 'page', { connection: 'northwind' }],
        [
          '/policies/backup/mapping',
          'page.id',
          { ...mapping, page: { by: 'id', id: 'x' } },
        ],
        [
          '/policies/backup/mapping',
          'page.space',
          { ...mapping, page: { by: 'title', space: 'NOWHERE', title: 'x' } },
        ],
        ['/policies/backup/mapping', 'note', { ...mapping, note: 'x' }],
        [
          '/policies/backup/mapping',
          'acknowledgedBy[0]',
          { ...mapping, acknowledgedBy: ['user:default/ana'] },
        ],
        [
          '/policies/backup/mapping',
          'acknowledgedBy[0]',
          { ...mapping, acknowledgedBy: ['group:default/nowhere'] },
        ],
      ],
      missing: '/policies/nowhere/mapping',
    },
    unmapPolicy: {
      good: '/policies/backup/mapping',
      bad: noParameters('/policies/backup/mapping'),
      missing: '/policies/nowhere/mapping',
    },
    getPolicy: {
      good: '/policies/infosec',
      bad: noParameters('/policies/infosec'),
      missing: '/policies/nowhere',
    },
    getPolicyEditors: {
      good: '/policies/infosec/editors',
      bad: noParameters('/policies/infosec/editors'),
      missing: '/policies/nowhere/editors',
    },
    getPolicyDifference: {
      good: '/policies/infosec/difference',
      bad: noParameters('/policies/infosec/difference'),
      missing: '/policies/nowhere/difference',
    },
    approvePolicy: {
      good: '/policies/infosec/approvals',
      body: { ...policyPage, note: 'Read it all' },
      bad: [
        ['/policies/infosec/approvals', 'pageId', { version: 1 }],
        ['/policies/infosec/approvals', 'version', { pageId: '1' }],
        [
          '/policies/infosec/approvals',
          'version',
          { pageId: '1', version: '1' },
        ],
        [
          '/policies/infosec/approvals',
          'note',
          { ...policyPage, minorEdit: true },
        ],
        ['/policies/infosec/approvals', 'by', { ...policyPage, by: 'me' }],
      ],
      missing: '/policies/nowhere/approvals',
    },
    getAcknowledgements: {
      good: '/policies/infosec/acknowledgements?limit=1',
      bad: [
        ['/policies/infosec/acknowledgements?limit=0', 'limit'],
        ...noParameters('/policies/infosec/acknowledgements'),
      ],
      missing: '/policies/nowhere/acknowledgements',
    },
    remindOfPolicy: {
      good: '/policies/infosec/reminders',
      bad: [['/policies/infosec/reminders', 'who', { who: 'me' }]],
      missing: '/policies/nowhere/reminders',
    },
    acknowledgePolicy: {
      good: '/policies/infosec/acknowledgements',
      body: policyPage,
      bad: [
        ['/policies/infosec/acknowledgements', 'pageId', { version: 1 }],
        ['/policies/infosec/acknowledgements', 'version', { pageId: '1' }],
        [
          '/policies/infosec/acknowledgements',
          'by',
          { ...policyPage, by: 'me' },
        ],
      ],
      missing: '/policies/nowhere/acknowledgements',
    },
    listOwnAcknowledgements: {
      good: '/acknowledgements',
      bad: noParameters('/acknowledgements'),
    },
    getAccess: {
      good: `/access?entityRef=user:default/${person}`,
      bad: [
        ['/access', 'entityRef'],
        ['/access?entityRef=ada', 'entityRef'],
        [
          '/access?entityRef=user:default/a&entityRef=user:default/b',
          'entityRef',
        ],
        ['/access?entityRef=user:default/a%00', 'entityRef'],
        [`/access?entityRef=user:default/${'a'.repeat(600)}`, 'entityRef'],
        ['/access?entityRef=user:default/a&asOf=1', 'asOf'],
      ],
      missing: '/access?entityRef=user:default/nobody-at-all',
    },
    listChanges: {
      good: '/changes',
      bad: [
        ['/changes?limit=501', 'limit'],
        ['/changes?since=%7B', 'since'],
        ['/changes?form=1', 'form'],
      ],
    },
    getConsumer: {
      good: '/changes/consumers/catalog',
      bad: noParameters('/changes/consumers/catalog'),
    },
    saveConsumer: {
      good: '/changes/consumers/catalog',
      body: { position: '3', fingerprint: 'f' },
      bad: [
        ['/changes/consumers/catalog', 'fingerprint', { position: '3' }],
        ['/changes/consumers/catalog', 'x', { fingerprint: 'f', x: 1 }],
      ],
    },
    getOpenApi: { good: '/openapi.json', bad: noParameters('/openapi.json') },
  };
}
