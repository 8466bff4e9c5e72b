// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { confluenceCatalogTransformersExtensionPoint } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { FakeConfluenceComplianceService } from '@confluence-compliance/backstage-plugin-confluence-compliance-node/testUtils';
import { startCatalog } from './__testUtils__/startCatalog';
import {
  account,
  group,
  memberOf,
  page,
  refOf,
  site,
  space,
} from './__testUtils__/subjects';

jest.setTimeout(60_000);

function user(name: string, namespace = 'default'): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace },
    spec: {
      profile: { email: `${name}@example.com` },
      memberOf: [],
    },
  };
}

describe('catalogModuleConfluence in a real catalog', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  let stop: (() => Promise<void>) | undefined;

  async function start(options?: Parameters<typeof startCatalog>[0]) {
    const catalog = await startCatalog(options);
    stop = catalog.stop;
    return catalog;
  }

  afterEach(async () => {
    await stop?.();
    stop = undefined;
  });

  it('makes an entity of each kind, related to each other', async () => {
    const catalog = await start({ others: [user('ann')] });
    catalog.feed.put(
      account('ann', {
        groups: memberOf('staff'),
        person: 'user:default/ann',
      }),
      account('bot', { class: 'app', accountType: 'app' }),
      account('former', { accountStatus: 'inactive' }),
      account('closed', { accountStatus: 'closed' }),
      page('10'),
      page('11', { restriction: 'own' }),
      page('12', { restriction: 'unknown' }),
      page('13', { labels: ['other'] }),
      group('staff'),
      group('crowd', { members: 501 }),
      space('POL'),
      space('~ann', { type: 'personal' }),
      site(),
    );

    await catalog.tick();

    expect(await catalog.settle()).toEqual(
      [
        refOf('group', group('crowd')),
        refOf('group', group('staff')),
        refOf('resource', account('bot')),
        refOf('resource', page('10')),
        refOf('resource', space('POL')),
        refOf('system', site()),
        refOf('user', account('ann')),
        refOf('user', account('former')),
      ].sort(),
    );
    const ann = await catalog.entity(refOf('user', account('ann')));
    expect(ann).toMatchObject({
      metadata: {
        title: 'Account ann',
        annotations: {
          'atlassian.net/account-id': 'ann',
          'atlassian.net/person': 'user:default/ann',
          'backstage.io/managed-by-location': 'confluence:acme/account/ann',
          'backstage.io/managed-by-origin-location':
            'confluence:acme/account/ann',
        },
      },
      spec: {
        profile: { displayName: 'Account ann' },
        memberOf: [refOf('group', group('staff'))],
      },
    });
    expect(ann.relations).toEqual(
      expect.arrayContaining([
        { type: 'accountOf', targetRef: 'user:default/ann' },
        { type: 'memberOf', targetRef: refOf('group', group('staff')) },
      ]),
    );
    expect((await catalog.entity('user:default/ann')).relations).toEqual([
      { type: 'hasAccount', targetRef: refOf('user', account('ann')) },
    ]);
    expect(await catalog.entity(refOf('resource', page('10')))).toMatchObject({
      metadata: {
        annotations: {
          'atlassian.net/confluence-page': '10',
          'backstage.io/view-url':
            'https://acme.atlassian.net/wiki/spaces/POL/pages/10',
        },
      },
      spec: {
        type: 'confluence-page',
        owner: 'group:default/security',
        system: refOf('system', site()),
        dependsOn: [refOf('resource', space('POL'))],
      },
    });
    expect(await catalog.entity(refOf('resource', space('POL')))).toMatchObject(
      {
        metadata: {
          annotations: { 'atlassian.net/confluence-space': 'acme/POL' },
        },
        spec: { type: 'confluence-space', system: refOf('system', site()) },
      },
    );
    expect(await catalog.entity(refOf('group', group('crowd')))).toMatchObject({
      metadata: { annotations: { 'atlassian.net/member-count': '501' } },
      spec: { type: 'confluence-group', children: [] },
    });
    expect(
      (await catalog.entity(refOf('user', account('former')))).metadata
        .annotations,
    ).toMatchObject({ 'atlassian.net/account-status': 'inactive' });
    expect(await catalog.entity(refOf('system', site()))).toMatchObject({
      spec: { type: 'saas', owner: 'group:default/security' },
    });
  });

  it('touches only what changed', async () => {
    const catalog = await start();
    catalog.feed.put(
      site(),
      group('staff'),
      space('POL'),
      page('10'),
      account('ann', { groups: memberOf('staff') }),
      account('bob', { groups: memberOf('staff') }),
    );
    await catalog.tick();
    await catalog.settle();
    const before = await catalog.stored();

    await catalog.tick();
    await catalog.reconcile();
    await catalog.settle();
    expect(await catalog.stored()).toEqual(before);

    catalog.feed.put(group('staff', { title: 'Everybody' }));
    await catalog.tick();
    await catalog.settle();
    const renamed = await catalog.stored();
    const ref = refOf('group', group('staff'));
    expect(changed(before, renamed)).toEqual([ref]);
    expect((await catalog.entity(ref)).metadata.title).toBe('Everybody');

    catalog.feed.remove('account', 'acme', 'bob');
    catalog.feed.put(page('10', { restriction: 'inherited' }));
    await catalog.tick();
    const refs = await catalog.settle();
    expect(refs).not.toContain(refOf('user', account('bob')));
    expect(refs).not.toContain(refOf('resource', page('10')));
    expect(refs).toContain(refOf('user', account('ann')));
  });

  it.each(databases.eachSupportedId())(
    'gets past a ref that another provider owns, %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      const taken = user(account('ann').name, 'confluence');
      const catalog = await start({ others: [taken], knex });
      await catalog.settle();
      catalog.feed.put(site(), account('ann'), account('bob'), group('staff'));

      await catalog.tick();

      expect(await catalog.settle()).toEqual(
        expect.arrayContaining([
          refOf('user', account('bob')),
          refOf('group', group('staff')),
        ]),
      );
      const ref = refOf('user', account('ann'));
      expect((await catalog.entity(ref)).spec?.profile).toEqual(
        taken.spec?.profile,
      );
      catalog.feed.remove('account', 'acme', 'ann');
      await catalog.tick();
      await catalog.reconcile();
      expect(await catalog.settle()).toContain(ref);
    },
  );

  it.each(databases.eachSupportedId())(
    'survives hostile text, %p',
    async databaseId => {
      const catalog = await start({ knex: await databases.init(databaseId) });
      catalog.feed.put(
        site(),
        {
          ...group('admins-1'),
          state: { ...group('a').state, title: 'Admins' },
        },
        {
          ...group('admins-2'),
          state: { ...group('a').state, title: 'admins' },
        },
        account('long', { title: 'x'.repeat(300) }),
        account('nul', { title: 'a\u0000b\u202Ec\nd\ud800' }),
        account('empty', { title: '\u0007\u200b ' }),
        account('script', { title: '<img src=x onerror=alert(1)>' }),
        space('NUL', { key: 'A\u0000B' }),
        { ...account('bad'), name: 'a\u0000b/../c' },
        { ...account('nameless'), name: '' },
        { ...account('longest'), name: 'n'.repeat(300) },
        account('joins', { groups: [{ id: 'g', name: 'x\u0000' }] }),
        account('idn\u0000'),
        account('ok'),
      );

      await catalog.tick();

      expect(await catalog.settle()).toEqual(
        [
          refOf('group', group('admins-1')),
          refOf('group', group('admins-2')),
          refOf('system', site()),
          ...['long', 'nul', 'empty', 'script', 'joins', 'ok'].map(id =>
            refOf('user', account(id)),
          ),
        ].sort(),
      );
      const titleOf = async (id: string) =>
        (await catalog.entity(refOf('user', account(id)))).metadata.title;
      expect(await titleOf('long')).toBe(`${'x'.repeat(199)}…`);
      expect(await titleOf('nul')).toBe('a bc d');
      expect(await titleOf('empty')).toBe('empty');
      expect(await titleOf('script')).toBe('<img src=x onerror=alert(1)>');
      const skipped = catalog.logger.warn.mock.calls
        .map(([message]) => message)
        .filter(message => message.startsWith('Skipped'));
      expect(skipped).toEqual([
        `Skipped space "id-NUL" of 'acme': its entity is not valid`,
        `Skipped account "bad" of 'acme': its entity is not valid`,
        `Skipped account "nameless" of 'acme': its entity is not valid`,
        `Skipped account "longest" of 'acme': its entity is not valid`,
        `Skipped account "idn\\u0000" of 'acme': its entity is not valid`,
      ]);
    },
  );

  it('stops at a ceiling, removes nothing and shows it', async () => {
    const catalog = await start({ config: { ceilings: { users: 2 } } });
    catalog.feed.put(site(), account('a'), account('b'), account('c'));
    await catalog.tick();
    const expected = [
      refOf('system', site()),
      refOf('user', account('a')),
      refOf('user', account('b')),
    ];
    expect(await catalog.settle()).toEqual(expected);
    expect(
      (await catalog.entity(refOf('system', site()))).metadata.annotations,
    ).toMatchObject({ 'atlassian.net/catalog-ceiling': 'users' });
    const warnings = catalog.logger.warn.mock.calls.filter(([message]) =>
      message.includes('confluenceCompliance.catalog.ceilings.users'),
    );
    expect(warnings).toHaveLength(1);

    catalog.feed.put(account('d'), account('a', { title: 'Renamed' }));
    await catalog.tick();
    expect(await catalog.settle()).toEqual(expected);
    const renamed = await catalog.entity(refOf('user', account('a')));
    expect(renamed.metadata.title).toBe('Renamed');

    catalog.feed.remove('account', 'acme', 'b');
    await catalog.tick();
    await catalog.reconcile();
    expect(await catalog.settle()).toHaveLength(3);
  });

  it('removes what the snapshot does not know, of sites it speaks of', async () => {
    const catalog = await start();
    const other = {
      ...site('other-bbbb0000'),
      connection: 'other',
      id: 'other',
    };
    const stranger = { ...account('stranger'), connection: 'other' };
    catalog.feed.put(site(), account('a'), account('b'), other, stranger);
    await catalog.tick();
    expect(await catalog.settle()).toHaveLength(5);

    catalog.feed.forget('account', 'acme', 'b');
    catalog.feed.forget('account', 'other', 'stranger');
    catalog.feed.forget('site', 'other', 'other');
    await catalog.reconcile();

    expect(await catalog.settle()).toEqual([
      refOf('system', site()),
      refOf('system', other),
      refOf('user', account('a')),
      refOf('user', stranger),
    ]);

    catalog.feed.prune();
    catalog.feed.forget('account', 'acme', 'a');
    await catalog.tick();
    expect(await catalog.settle()).not.toContain(refOf('user', account('a')));
  });

  it('starts over with other transformers, which change and drop entities', async () => {
    const feed = new FakeConfluenceComplianceService();
    feed.put(site(), space('POL'), space('SECRET'), account('a'));
    await feed.saveConsumer('catalog', {
      position: '4',
      fingerprint: 'of other options',
    });
    const transformers = createBackendModule({
      pluginId: 'catalog',
      moduleId: 'transformers',
      register(env) {
        env.registerInit({
          deps: { confluence: confluenceCatalogTransformersExtensionPoint },
          async init({ confluence }) {
            confluence.setTransformers({
              version: '1',
              space: (entity, subject) =>
                subject.state.key === 'SECRET' ? undefined : entity,
              account: entity =>
                entity && {
                  ...entity,
                  metadata: {
                    ...entity.metadata,
                    name: 'other',
                    description: 'From Confluence',
                    annotations: {},
                  },
                  spec: {
                    ...entity.spec,
                    profile: { email: 'a@example.com', displayName: 'A' },
                  },
                },
            });
          },
        });
      },
    });
    const catalog = await start({ feed, features: [transformers] });

    await catalog.tick();

    expect(await catalog.settle()).toEqual([
      refOf('resource', space('POL')),
      refOf('system', site()),
      refOf('user', account('a')),
    ]);
    const entity = await catalog.entity(refOf('user', account('a')));
    expect(entity.metadata.description).toBe('From Confluence');
    expect(entity.spec?.profile).toEqual({ displayName: 'A' });
    expect((await feed.getConsumer('catalog'))?.fingerprint).toMatch(
      /^[0-9a-f]{64}$/,
    );
  });

  it('does not start without an owner', async () => {
    await expect(start({ config: { owner: undefined } })).rejects.toThrow(
      "Missing config 'confluenceCompliance.catalog.owner'",
    );
  });
});

function changed(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    ref => JSON.stringify(before[ref]) !== JSON.stringify(after[ref]),
  );
}
