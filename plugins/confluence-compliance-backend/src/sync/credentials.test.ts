// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { demoAccountId } from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import { type CredentialPayload, Lists } from '../history';
import {
  CONNECTION,
  everything,
  type Replica,
  type Rig,
  startRig,
  syncNow,
} from './__testUtils__/rig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const TOKENS = 'GET /admin/api-access/v1/orgs/{orgId}/api-tokens';
const SERVICES = 'GET /admin/api-access/v1/orgs/{orgId}/service-accounts';

describe.each(databases.eachSupportedId())('Credentials on %p', id => {
  let knex: Knex;
  let rig: Rig;
  let replica: Replica;
  let lists: Lists;

  beforeEach(async () => {
    knex = await databases.init(id);
    rig = await startRig({ knex });
    await useKey(rig.sandbox.credentials.organization);
  });

  afterEach(() => rig.close());

  /** Goes on with another key of the organization, or without one. */
  async function useKey(
    organization: { id: string; apiKey: string } | undefined,
  ) {
    rig.config.connections[0].organization = organization;
    replica = await rig.replica();
    lists = await Lists.create({
      database: { getClient: async () => knex },
      catalog: { accounts: 'none' } as never,
      userGroups: () => replica.connections.all(),
      organizations: () => replica.connections.organizations(),
    });
  }

  async function entries(): Promise<Map<string, CredentialPayload>> {
    const asOf = await replica.history.head();
    const found = new Map<string, CredentialPayload>();
    const source = `organization:${rig.sandbox.credentials.organization.id}`;
    for await (const rows of replica.history.rows('credentials', {
      source,
      asOf,
    })) {
      rows.forEach(({ key, payload }) => found.set(key, payload));
    }
    return found;
  }

  async function of(name: string, revision?: number) {
    const at = revision ?? (await replica.history.head());
    const account = await lists.account(CONNECTION, demoAccountId(name), at);
    return account.credentials;
  }

  const report = async () =>
    (await replica.sync.lastRun(CONNECTION))?.datasets.find(
      ({ dataset }) => dataset === 'credentials',
    );

  it('are read as the organization tells of them, and shown with their account', async () => {
    rig.sandbox.faults.add({ endpoint: TOKENS, kind: 'lower-limit', limit: 2 });
    await replica.syncAll();
    const { apiTokens } = rig.sandbox.world;
    const found = await entries();
    expect([...found.keys()].sort()).toEqual(
      [
        ...apiTokens.map(token => `api-token/${token.id}`),
        `service-account/${demoAccountId('confluence-compliance')}`,
      ].sort(),
    );
    expect(await report()).toMatchObject({
      state: 'complete',
      containers: { done: 2, total: 2 },
      rows: apiTokens.length + 1,
    });
    expect(await of('bram.okafor')).toEqual({
      items: [
        {
          kind: 'api-token',
          label: 'Workplace automation',
          status: 'ALLOWED',
          createdAt: '2025-12-09T09:00:00.000Z',
          expiresAt: '2026-12-09T09:00:00.000Z',
          lastUsedAt: '2026-10-31T09:00:00.000Z',
        },
      ],
      total: 1,
      unknown: [],
    });
    const [unused] = (await of('kavya.sorensen')).items;
    expect(unused).toMatchObject({ label: 'Local scripts' });
    expect(unused.lastUsedAt).toBeUndefined();
    expect(await of('esi.larsen')).toEqual({
      items: [],
      total: 0,
      unknown: [],
    });
    // Labels are what people typed: they stand in no payload of the history.
    const payloads = await knex('history_credentials').pluck('payload');
    expect(payloads.join()).not.toMatch(/automation|Bram|northwind\.example/);
  });

  it('say why there may be more', async () => {
    await replica.syncAll();
    const whys = async (name: string) =>
      (await of(name)).unknown.map(({ kind, reason }) => [kind, reason.code]);
    expect(await whys('zoe.karlsson')).toEqual([['api-token', 'not-managed']]);
    expect(await of('confluence-compliance')).toMatchObject({
      items: [
        {
          kind: 'service-account',
          status: 'ACTIVE',
          createdBy: demoAccountId('bram.okafor'),
        },
      ],
      unknown: [{ kind: 'api-token', reason: { code: 'service-tokens' } }],
    });
    expect(await whys('release-notes-bot')).toEqual([
      ['api-token', 'app-account'],
      ['service-account', 'app-account'],
    ]);
  });

  it('open no interval when nothing but their use has changed', async () => {
    await replica.syncAll();
    const before = await replica.history.head();
    rig.sandbox.changes.useApiToken({ token: 'Local scripts' });
    await syncNow(replica);
    expect(await replica.history.head()).toBe(before);
    const [used] = (await of('kavya.sorensen')).items;
    expect(used.lastUsedAt).toEqual(expect.any(String));
  });

  it('close when they are revoked, and stand as of the time before', async () => {
    await replica.syncAll();
    const before = await replica.history.head();
    const { changes } = rig.sandbox;
    changes.revokeApiToken({ token: 'Backup job' });
    changes.blockApiToken({ token: 'Release pipeline' });
    await syncNow(replica);
    expect((await of('ulrich.bonney')).items).toEqual([]);
    expect((await of('ulrich.bonney', before)).items).toMatchObject([
      { label: 'Backup job', status: 'ALLOWED' },
    ]);
    expect((await of('hugo.reyes')).items).toMatchObject([
      { status: 'BLOCKED' },
    ]);
    // What was said of it besides goes with the daily clean-up.
    await replica.history.retention.forgetProfiles({
      goneBefore: '2020-01-01T00:00:00.000Z',
    });
    const labels = await knex('credential_details').pluck('label');
    expect(labels).not.toContain('Backup job');
    expect(labels).toContain('Release pipeline');
  });

  it('stand when a list leaves some of them out once', async () => {
    await replica.syncAll();
    const before = await entries();
    for (const endpoint of [TOKENS, SERVICES]) {
      const once = { endpoint, nth: 1, times: 1 };
      rig.sandbox.faults.add({ kind: 'truncate', drop: 1, ...once });
    }
    await syncNow(replica);
    rig.sandbox.faults.clear();
    expect(await entries()).toEqual(before);
    expect(await report()).toMatchObject({
      state: 'partial',
      reasons: [{ code: 'unstable-list' }],
    });
    await syncNow(replica);
    expect(await report()).toMatchObject({ state: 'complete' });
  });

  it('fail alone when the key may not read one of the lists, and close nothing', async () => {
    await replica.syncAll();
    const before = {
      all: await everything(replica.history),
      own: await entries(),
      head: await replica.history.head(),
    };
    await useKey(
      rig.sandbox.issueOrganizationKey({ scopes: ['read:tokens:admin'] }),
    );
    await syncNow(replica);
    const scope = 'read:service-accounts:admin';
    expect(await report()).toMatchObject({
      state: 'partial',
      reasons: [
        { code: 'scope-missing', text: expect.stringContaining(scope) },
      ],
    });
    await useKey(rig.sandbox.issueOrganizationKey({ scopes: [] }));
    await syncNow(replica);
    expect(await report()).toMatchObject({ state: 'failed' });
    expect(await entries()).toEqual(before.own);
    expect(await everything(replica.history)).toEqual(before.all);
    expect(await replica.history.head()).toBe(before.head);
    const { items, unknown } = await of('bram.okafor');
    expect(items).toHaveLength(1);
    expect(unknown).toMatchObject([
      { kind: 'api-token', reason: { code: 'scope-missing' } },
      { kind: 'service-account', reason: { code: 'scope-missing' } },
    ]);
    rig.sandbox.revokeOrganizationKeys();
    await syncNow(replica);
    expect(await entries()).toEqual(before.own);
    expect(await report()).toMatchObject({
      reasons: [{ code: 'organization-key-refused' }],
    });
    const status = await replica.sync.connectionStatus(CONNECTION);
    expect(status.greenTick).toBe(true);
  });

  it.each([
    { kind: 'field', field: 'user.id', row: 1, times: 1 },
    { kind: 'repeat-cursor', nth: 2 },
    { kind: 'invalid-json' },
  ] as const)('are never taken for fewer after %j', async fault => {
    rig.sandbox.faults.add({ endpoint: TOKENS, kind: 'lower-limit', limit: 2 });
    await replica.syncAll();
    const before = await entries();
    rig.sandbox.faults.add({ ...fault, endpoint: TOKENS });
    rig.sandbox.faults.add({ endpoint: SERVICES, kind: 'status', status: 404 });
    await syncNow(replica);
    expect(await entries()).toEqual(before);
    expect(await report()).toMatchObject({
      reasons: expect.arrayContaining([
        expect.objectContaining({ code: 'not-offered' }),
      ]),
    });
    expect((await report())?.state).not.toBe('complete');
    expect(await replica.sync.lastRun(CONNECTION)).toMatchObject({
      state: 'published',
    });
  });

  it('are unknown without a key, and lose their labels with an erased account', async () => {
    await replica.syncAll();
    await replica.history.retention.eraseAccount({
      connection: CONNECTION,
      accountId: demoAccountId('bram.okafor'),
      actor: 'user:default/ada',
      reason: 'asked for',
    });
    expect((await of('bram.okafor')).items[0].label).toBeUndefined();
    await syncNow(replica);
    expect((await of('bram.okafor')).items[0].label).toBeUndefined();
    await useKey(undefined);
    expect(await of('bram.okafor')).toEqual({
      items: [],
      total: 0,
      unknown: ['api-token', 'service-account'].map(kind => ({
        kind,
        reason: {
          code: 'no-organization-key',
          text: 'Needs an organization key. Acme has none.',
        },
      })),
    });
  });
});
