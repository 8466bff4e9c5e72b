// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  Check,
  Connection,
  ConnectionDataset,
  ContainerReport,
  Finding,
  Page,
  Run,
  RunDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** Invented data for the tests and the development app. */

const MINUTE = 60_000;

export const ago = (minutes: number) =>
  new Date(Date.now() - minutes * MINUTE).toISOString();

export function pageOf<T>(items: T[], more: Partial<Page<T>> = {}): Page<T> {
  return {
    items,
    pageInfo: {},
    totalItems: items.length,
    revision: 1482,
    ...more,
  };
}

export function dataset(
  name: string,
  rows: number,
  more: Partial<ConnectionDataset> = {},
): ConnectionDataset {
  return {
    dataset: name,
    state: 'complete',
    required: true,
    rows,
    containers: { total: 1, complete: 1 },
    readAt: ago(12),
    completeAt: ago(12),
    reasons: [],
    ...more,
  };
}

export function runDataset(
  name: string,
  more: Partial<RunDataset> = {},
): RunDataset {
  return {
    dataset: name,
    state: 'complete',
    containers: { done: 1, total: 1 },
    rows: 0,
    malformed: 0,
    reasons: [],
    ...more,
  };
}

export function run(more: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    connection: 'northwind',
    trigger: 'schedule',
    state: 'published',
    startedAt: ago(14),
    finishedAt: ago(12),
    revision: 1482,
    opened: 4,
    changed: 2,
    removed: 1,
    requests: 412,
    points: 980,
    datasets: [],
    refused: [],
    ...more,
  };
}

export const runningRun = run({
  id: 'run-2',
  trigger: 'manual',
  state: 'running',
  startedAt: ago(1),
  finishedAt: undefined,
  revision: undefined,
  requests: 98,
  points: 240,
  datasets: [
    runDataset('groups', { rows: 96, expected: 96 }),
    runDataset('memberships', {
      state: 'running',
      containers: { done: 40, total: 96 },
      rows: 2410,
      expected: 6120,
    }),
    runDataset('accounts', {
      state: 'waiting',
      containers: { done: 0, total: 0 },
    }),
  ],
});

export function connection(more: Partial<Connection> = {}): Connection {
  return {
    id: 'northwind',
    title: 'Northwind',
    site: 'https://northwind.atlassian.net',
    origin: 'config',
    purposes: ['access-review', 'policy'],
    methods: ['service-account'],
    state: 'connected',
    greenTick: true,
    syncRequested: false,
    datasets: [
      dataset('accounts', 1284),
      dataset('groups', 96),
      dataset('memberships', 6120, {
        containers: { total: 96, complete: 96 },
      }),
      dataset('spaces', 212),
      dataset('pages', 18430, { containers: { total: 212, complete: 212 } }),
    ],
    lastRun: run(),
    nextRunAt: ago(-48),
    ...more,
  };
}

export const partialConnection = connection({
  id: 'legal',
  title: 'Northwind Legal',
  site: 'https://northwind-legal.atlassian.net',
  purposes: ['access-review'],
  methods: ['scoped-api-token'],
  state: 'partial',
  greenTick: false,
  reason: {
    code: 'partial',
    text: 'Two of 14 groups could not be read whole.',
  },
  datasets: [
    dataset('accounts', 131),
    dataset('groups', 14),
    dataset('memberships', 402, {
      state: 'partial',
      containers: { total: 14, complete: 12 },
      reasons: [
        {
          code: 'count-mismatch',
          text: 'Members changed between pages twice, so the list may have holes.',
        },
      ],
    }),
    dataset('spaces', 0, {
      state: 'unavailable',
      required: false,
      containers: { total: 1, complete: 0 },
      completeAt: undefined,
      reasons: [
        {
          code: 'scope-missing',
          text: 'The scope read:space:confluence is missing.',
        },
      ],
    }),
    dataset('pages', 3310, {
      state: 'stale',
      required: false,
      completeAt: ago(60 * 50),
    }),
  ],
  lastRun: run({
    id: 'run-9',
    connection: 'legal',
    finishedAt: ago(34),
    opened: 0,
    changed: 0,
    removed: 0,
  }),
});

export const refusedRun = run({
  id: 'run-7',
  refused: [
    {
      readId: 'read-3',
      dataset: 'memberships',
      container: 'confluence-users',
      missing: 2326,
      of: 6120,
    },
  ],
});

export const incomplete: ContainerReport[] = [
  {
    dataset: 'memberships',
    container: 'g-1',
    title: 'legal-counsel',
    presence: 'present',
    outcome: 'partial',
    reason: {
      code: 'count-mismatch',
      text: 'Members changed between pages twice, so the list may have holes.',
    },
    rows: 88,
    readAt: ago(34),
  },
  {
    dataset: 'memberships',
    container: 'g-2',
    presence: 'not-visible',
    outcome: 'not-visible',
    reason: {
      code: 'not-visible',
      text: 'The group is not visible to this connection any more.',
    },
    rows: 12,
    readAt: ago(34),
  },
];

export function account(more: Partial<Account> = {}): Account {
  return {
    connection: 'northwind',
    accountId: '557058:ana',
    name: 'Ana Lindqvist',
    email: 'ana.lindqvist@northwind.example',
    accountType: 'atlassian',
    status: 'active',
    class: 'person',
    listed: true,
    groups: 9,
    person: { ref: 'user:default/ana.lindqvist', how: 'account-id' },
    findings: 2,
    entityRef: 'user:confluence/ana-lindqvist-1a2b3c4d',
    ...more,
  };
}

export const hiddenAccount = account({
  accountId: '557058:jw',
  name: 'J. Weber',
  email: undefined,
  emailReason: {
    code: 'hidden',
    text: 'This person hides the email address.',
  },
  person: undefined,
  findings: 0,
  groups: 4,
  entityRef: undefined,
});

export const accounts: Account[] = [
  account(),
  account({
    accountId: '557058:mei',
    name: 'Mei Tanaka',
    email: 'mei.tanaka@northwind.example',
    groups: 12,
    findings: 1,
    person: { ref: 'user:default/mei.tanaka', how: 'email' },
  }),
  account({
    accountId: 'svc:release',
    name: 'svc-release-notes',
    email: undefined,
    class: 'service',
    groups: 2,
    findings: 1,
    person: undefined,
  }),
  hiddenAccount,
  account({
    accountId: 'app:draw',
    name: 'Draw Diagrams for Confluence',
    email: undefined,
    class: 'app',
    groups: 0,
    findings: 0,
    listed: false,
    person: undefined,
  }),
  account({
    accountId: '557058:helena',
    name: 'Helena Costa',
    email: 'h.costa@brightaudit.example',
    class: 'guest',
    groups: 1,
    findings: 0,
    person: { ref: 'user:default/helena.costa', how: 'manual' },
  }),
  account({
    accountId: '557058:lucas',
    name: 'Lucas Ferreira',
    email: 'lucas.ferreira@northwind.example',
    status: 'inactive',
    groups: 0,
    findings: 0,
    person: { ref: 'user:default/lucas.ferreira', how: 'account-id' },
  }),
  account({
    accountId: '712020:0f5c2e1a-77aa-4f0e-9a47-1df0a9f1b001',
    name: undefined,
    email: undefined,
    emailReason: { code: 'closed', text: 'The account is closed.' },
    status: 'closed',
    groups: 0,
    findings: 0,
    person: undefined,
  }),
];

export function check(more: Partial<Check> = {}): Check {
  return {
    id: 'access.offboarded-removed',
    title: 'People who left have no access',
    description:
      'Nobody keeps an account, a group or a grant after the end date.',
    severity: 'critical',
    subjectKind: 'account',
    requires: ['accounts', 'memberships'],
    improves: ['credentials'],
    controls: [
      { framework: 'SOC 2', control: 'CC6.2', reviewed: true },
      { framework: 'ISO 27001', control: 'A.5.18', reviewed: false },
    ],
    howToFix: [
      'Open admin.atlassian.com, then Directory, Users, and find the person.',
      'Choose Suspend access. It can be undone.',
      'Sync now. The finding closes when a complete run shows it.',
    ],
    state: 'ready',
    parameters: { deadlineHours: 24 },
    verdict: 'fail',
    counts: { pass: 61, fail: 2, warning: 1, unknown: 0, 'not-applicable': 3 },
    lastRunAt: ago(11),
    revision: 1482,
    running: false,
    ...more,
  };
}

export const unknownCheck = check({
  id: 'auth.mfa-enabled',
  title: 'Everybody signs in with MFA',
  severity: 'high',
  verdict: 'unknown',
  state: 'needs-organization-key',
  reason: {
    code: 'no-organization-key',
    text: 'Needs an organization key. Northwind has none.',
  },
  counts: { pass: 0, fail: 0, warning: 0, unknown: 1201, 'not-applicable': 0 },
});

export const passCheck = check({
  id: 'space.no-anonymous',
  title: 'No space is open to the internet',
  verdict: 'pass',
  counts: { pass: 212, fail: 0, warning: 0, unknown: 0, 'not-applicable': 0 },
});

export const checks: Check[] = [
  check(),
  check({
    id: 'access.user-identified',
    title: 'Every account is a known person or an owned service',
    severity: 'high',
    counts: {
      pass: 1270,
      fail: 5,
      warning: 3,
      unknown: 6,
      'not-applicable': 0,
    },
    reason: {
      code: 'partial',
      text: 'Run 1482 was partial: memberships stopped at 12 of 14.',
    },
  }),
  check({
    id: 'access.external-approved',
    title: 'Guests have a sponsor and an end date',
    severity: 'high',
    verdict: 'warning',
    counts: { pass: 20, fail: 0, warning: 4, unknown: 0, 'not-applicable': 0 },
  }),
  unknownCheck,
  passCheck,
  check({
    id: 'acme.naming',
    title: 'Space keys follow our naming rule',
    severity: 'low',
    verdict: 'unknown',
    lastRunAt: undefined,
    revision: undefined,
    counts: { pass: 0, fail: 0, warning: 0, unknown: 0, 'not-applicable': 0 },
  }),
];

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    id: 'finding-1',
    checkId: 'access.offboarded-removed',
    severity: 'critical',
    verdict: 'fail',
    reason: {
      code: 'still-active',
      text: 'Left on 18 Nov, and the account is still active.',
    },
    subject: {
      kind: 'account',
      connection: 'northwind',
      id: '557058:ana',
      title: 'Ana Lindqvist',
      entityRef: 'user:confluence/ana-lindqvist-1a2b3c4d',
    },
    person: 'user:default/ana.lindqvist',
    facts: [
      { name: 'End date', value: '18 Nov 2026', source: 'the catalog' },
      { name: 'Account', value: 'active', source: 'northwind' },
      {
        name: 'Ways in',
        value: 'groups payments, payments-leads, confluence-users',
        source: 'northwind',
      },
    ],
    since: ago(60 * 24 * 2.5),
    revision: 1482,
    ...more,
  };
}

/** Text as an attacker would name an account or a space. */
export const hostile =
  '<img src=x onerror=alert(1)> {{n}} $t(common.unknown) \u202egpj.exe';
