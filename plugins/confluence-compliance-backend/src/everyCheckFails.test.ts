// SPDX-License-Identifier: Apache-2.0
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  demoAccountId,
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import type {
  Check,
  Finding,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
  users,
} from './__testUtils__/startPlugin';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const as = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);
const asker = as('asker');
const decider = as('decider');
const lena = as('lena');

const PAGE = 'Information Security Policy';
const INFO = 'info@northwind.example';
const STAFF = 'group:default/staff';

/** A reason that one subject of each check must fail for. */
const expected: Record<string, string> = {
  'access.centrally-provisioned': 'made-by-hand',
  'access.critical-system-valid': 'departed',
  'access.external-approved': 'external-not-approved',
  'access.inactive-account': 'inactive',
  'access.no-direct-grants': 'direct-grants',
  'access.offboarded-removed': 'still-active',
  'access.shared-account': 'shared-account',
  'access.user-identified': 'guest-of-nobody',
  'audit.log-active': 'nothing-recorded',
  'auth.admin-mfa': 'mfa-disabled',
  'auth.mfa-enabled': 'mfa-disabled',
  'integration.evidence-fresh': 'accounts-stale',
  'nhi.api-token-hygiene': 'token-of-leaver',
  'nhi.service-identity-owned': 'no-owner',
  'policy.acknowledged': 'not-acknowledged',
  'policy.approved-version-current': 'never-approved',
  'policy.document-set-up': 'document-missing',
  'policy.edit-restricted-read-open': 'many-edit',
  'policy.owner-active': 'owner-left',
  'policy.reviewed-on-time': 'review-overdue',
  'policy.structure-complete': 'headings-missing',
  'priv.admin-limited': 'admin-not-approved',
  'priv.space-admin-justified': 'admin-not-owner',
  'review.on-cadence': 'never-reviewed',
  'review.revocations-verified': 'revoked-and-there',
  'space.active-owner': 'owners-gone',
  'space.app-write-access': 'app-not-approved',
  'space.no-anonymous': 'anonymous-access',
  'space.public-links': 'attested-not-met',
};

const later = ['access.mover-reviewed', 'audit.privilege-change-explained'];

function configOf(sandbox: Sandbox) {
  const config = sandboxConfig(sandbox, {
    criticalSystems: [{ space: 'northwind/HELP', reviewEvery: 'P1D' }],
    policies: {
      structure: { headings: ['Nobody wrote this'] },
      required: [
        {
          id: 'infosec',
          title: 'Information security',
          page: { connection: 'northwind', label: 'policy-infosec' },
        },
        {
          id: 'incident',
          title: 'Incidents',
          page: { connection: 'northwind', label: 'policy-incident' },
          acknowledgedBy: [STAFF],
        },
        {
          id: 'ai',
          title: 'AI',
          page: { connection: 'northwind', label: 'policy-ai' },
        },
      ],
    },
    checks: {
      'access.external-approved': { approved: {} },
      'nhi.service-identity-owned': { owners: {} },
      'policy.edit-restricted-read-open': { most: 1 },
      'policy.reviewed-on-time': { reviewed: { infosec: '2024-01-01' } },
      'priv.admin-limited': { approved: [], most: 1 },
      'priv.space-admin-justified': { owners: { 'northwind/ENG': [] } },
      'space.app-write-access': { approved: [] },
    },
  });
  const [connection] = config.confluenceCompliance.connections;
  return {
    ...config,
    confluenceCompliance: {
      ...config.confluenceCompliance,
      connections: [
        { ...connection, organization: sandbox.credentials.organization },
      ],
    },
  };
}

/** The company, of which one has left who alone administers a space. */
function entitiesOf(sandbox: Sandbox): Entity[] {
  const people = peopleOf(sandbox);
  const ines = people.find(({ metadata }) => metadata.name === 'ines.valcourt');
  Object.assign(ines!.metadata.annotations!, {
    'atlassian.net/employment-status': 'departed',
  });
  return [
    ...people,
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'staff' },
      spec: { type: 'team', children: [] },
      relations: [{ type: 'hasMember', targetRef: 'user:default/hugo.reyes' }],
    },
  ];
}

/** What else is wrong in Confluence. */
function spoil({ world, changes }: Sandbox) {
  for (const group of world.groups.values()) {
    group.managedBy = 'ADMINS';
  }
  world.audit.length = 0;
  changes.addAccount({ displayName: 'Info', email: INFO });
  changes.addToGroup({ account: 'release-notes-bot', group: 'engineering' });
  changes.page(PAGE).owner = changes.account('ulrich.bonney');
}

async function start(id: Parameters<typeof databases.init>[0]) {
  const sandbox = await startSandbox();
  spoil(sandbox);
  const portal = await startPlugin({
    config: configOf(sandbox),
    entities: [...entitiesOf(sandbox), ...users('lena')],
    knex: await databases.init(id),
  });
  const { call, scheduler } = portal;
  const get = async (path: string, header?: string) => {
    const { status, body } = await call('get', path, { as: header });
    expect([path, status]).toEqual([path, 200]);
    return body;
  };
  const send = async (
    method: 'post' | 'put',
    path: string,
    body: object = {},
    header?: string,
  ) => {
    const answer = await call(method, path, { as: header, body });
    expect([path, answer.status < 300, answer.body]).toEqual([
      path,
      true,
      answer.body,
    ]);
    return answer.body;
  };
  const sync = () => send('post', '/connections/northwind/sync');
  await scheduler.triggerTask('read-people');
  await sync();
  await scheduler.triggerTask('link-accounts');
  await scheduler.triggerTask('read-policies');
  const close = async () => {
    jest.useRealTimers();
    await portal.stop();
    await sandbox.close();
  };
  return { ...portal, sandbox, get, send, sync, close };
}

type World = Awaited<ReturnType<typeof start>>;

/** Says what only a person can say. */
async function say({ get, send }: World) {
  const { items } = await get(`/accounts?q=info`);
  await send(
    'put',
    `/accounts/northwind/${encodeURIComponent(items[0].accountId)}/class`,
    { class: 'shared', purpose: 'Invoices' },
  );
  const attested = { connection: 'northwind', answer: 'no' };
  await send('post', '/checks/space.public-links/attestations', attested);
  const { pages } = await get('/policies/incident');
  const [{ pageId, version }] = pages;
  await send('post', '/policies/incident/approvals', { pageId, version });
}

/** Revokes two memberships of one group, of which one is then taken away. */
async function revoke({ sandbox, scheduler, get, send, sync }: World) {
  const engineering = sandbox.changes.group('engineering').id;
  const { id } = await send('post', '/reviews', {
    title: 'Engineering',
    scope: { connection: 'northwind', group: engineering },
    reviewer: 'user:default/lena',
    fallbackReviewer: 'user:default/lena',
  });
  await send('post', `/reviews/${id}/start`);
  await scheduler.triggerTask('make-review-items');
  const mine = await get(`/reviews/${id}/items/mine?limit=200`, lena);
  const of = (name: string) =>
    mine.items.find(
      ({ principal }: ReviewItem) => principal.id === demoAccountId(name),
    );
  const items = ['hugo.reyes', 'liam.brightwater'].map(of);
  await send(
    'post',
    `/reviews/${id}/decisions`,
    {
      items: items.map(item => ({ id: item.id, version: item.version })),
      decision: 'revoke',
      reason: 'Moved on',
    },
    lena,
  );
  sandbox.changes.removeFromGroup({
    account: 'hugo.reyes',
    group: 'engineering',
  });
  await sync();
}

/** Ten days go by, in which nothing is read. */
function wait() {
  jest.useFakeTimers({
    now: Date.now() + 10 * 24 * 3600 * 1000,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
}

/** Excepts one of the findings of each check, asked for by one and approved by another. */
async function except({ get, send }: World, check: string) {
  const path = `/findings?check=${check}&verdict=fail&limit=200`;
  const [finding] = (await get(path)).items as Finding[];
  const until = new Date(Date.now() + 3600_000).toISOString();
  const body = {
    findings: [finding.id],
    reason: 'It is mended by the end of the week',
    control: 'Somebody looks at it every day',
    until,
  };
  const { ids } = await send('post', '/exceptions', body, asker);
  await send('post', `/exceptions/${ids[0]}/approve`, {}, decider);
  const left = (await get(`${path}&excepted=without`)).items as Finding[];
  expect([check, left.some(({ id }) => id === finding.id)]).toEqual([
    check,
    false,
  ]);
  const [excepted] = (await get(`${path}&excepted=only`)).items as Finding[];
  expect(excepted).toMatchObject({
    id: finding.id,
    verdict: 'fail',
    exception: { until },
  });
}

describe('every check of the catalogue', () => {
  it.each(databases.eachSupportedId())(
    'fails through sandbox, sync and runner where something is wrong, and is excepted only beside its count, %p',
    async id => {
      const t = await start(id);
      await say(t);
      await revoke(t);
      wait();
      await t.scheduler.triggerTask('read-policy-groups');
      await t.scheduler.triggerTask('run-checks');

      const checks = (await t.get('/checks')).items as Check[];
      const found: Record<string, string[]> = {};
      for (const { id: check } of checks) {
        const { items } = await t.get(
          `/findings?check=${check}&verdict=fail&limit=200`,
        );
        found[check] = items.map(({ reason }: Finding) => reason.code);
      }
      expect(found).toEqual({
        ...Object.fromEntries(later.map(check => [check, []])),
        ...Object.fromEntries(
          Object.entries(expected).map(([check, reason]) => [
            check,
            expect.arrayContaining([reason]),
          ]),
        ),
      });
      const byId = new Map(checks.map(check => [check.id, check]));
      // Of the two that were revoked one is proven to be gone.
      expect(byId.get('review.revocations-verified')?.counts).toMatchObject({
        pass: 1,
        fail: 1,
      });

      for (const check of Object.keys(expected)) {
        await except(t, check);
        const { counts, excepted, verdict } = await t.get(`/checks/${check}`);
        expect({ check, verdict, fail: counts.fail, excepted }).toEqual({
          check,
          verdict: 'fail',
          fail: byId.get(check)?.counts.fail,
          excepted: { fail: 1, warning: 0 },
        });
      }
      await t.close();
    },
  );
});
