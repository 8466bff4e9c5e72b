// SPDX-License-Identifier: Apache-2.0
import { FakeConfluenceComplianceService } from '@confluence-compliance/backstage-plugin-confluence-compliance-node/testUtils';
import { createFollower, FakeCatalog } from './__testUtils__/follower';
import {
  account,
  group,
  memberOf,
  page,
  refOf,
  site,
  space,
} from './__testUtils__/subjects';

describe('FeedFollower', () => {
  let feed: FakeConfluenceComplianceService;
  let catalog: FakeCatalog;

  beforeEach(() => {
    feed = new FakeConfluenceComplianceService();
    catalog = new FakeCatalog();
  });

  it('sends deltas of at most 500 and nothing when nothing changed', async () => {
    const { run } = createFollower(feed, catalog);
    const many = Array.from({ length: 1200 }, (_, i) => account(`a${i}`));
    feed.put(site(), ...many);

    await run();
    expect(catalog.entities.size).toBe(1201);
    const sizes = catalog.mutations.map(
      ({ added, removed }) => added.length + removed.length,
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);

    const before = catalog.mutations.length;
    const requests = feed.requests.length;
    await run();
    expect(catalog.mutations).toHaveLength(before);
    expect(feed.requests).toHaveLength(requests + 1);
  });

  it('removes an account and its other kind, never together with adding it', async () => {
    const { run } = createFollower(feed, catalog);
    feed.put(site(), account('a'));
    await run();
    feed.put(account('a', { class: 'service' }));
    await run();
    expect(catalog.entities.has(refOf('user', account('a')))).toBe(false);
    expect(catalog.entities.has(refOf('resource', account('a')))).toBe(true);
    feed.put(account('a'));
    await run();
    feed.remove('account', 'acme', 'a');
    feed.put(account('a'));
    await run();
    expect(catalog.entities.has(refOf('user', account('a')))).toBe(true);
    expect(catalog.entities.has(refOf('resource', account('a')))).toBe(false);
    for (const { added, removed } of catalog.mutations) {
      expect(added.filter(ref => removed.includes(ref))).toEqual([]);
    }
  });

  it('keeps its position when a mutation fails, and repeats it', async () => {
    const { run } = createFollower(feed, catalog);
    feed.put(site(), account('a'));
    await run();
    const stored = await feed.getConsumer('catalog');

    feed.put(account('b'));
    const apply = jest
      .spyOn(catalog.connection, 'applyMutation')
      .mockRejectedValueOnce(new Error('deadlock'));
    await expect(run()).rejects.toThrow('deadlock');
    expect(await feed.getConsumer('catalog')).toEqual(stored);
    apply.mockRestore();

    await run();
    expect(catalog.entities.has(refOf('user', account('b')))).toBe(true);
    expect(await feed.getConsumer('catalog')).not.toEqual(stored);
  });

  it('goes on with a pass that was aborted, and removes nothing before its end', async () => {
    const before = createFollower(feed, catalog);
    feed.put(site(), account('stale'));
    await before.run();
    feed.forget('account', 'acme', 'stale');
    feed.put(...Array.from({ length: 900 }, (_, i) => account(`a${i}`)));

    const { run } = createFollower(feed, catalog, { fingerprint: 'two' });
    const controller = new AbortController();
    const read = feed.listChanges.bind(feed);
    const spy = jest
      .spyOn(feed, 'listChanges')
      .mockImplementation(async (request, call) => {
        const changes = await read(request, call);
        if (request.since) {
          controller.abort();
        }
        return changes;
      });
    await expect(run(controller.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(catalog.entities.has(refOf('user', account('stale')))).toBe(true);
    expect((await feed.getConsumer('catalog'))?.fingerprint).toBe('one');
    spy.mockRestore();

    const firstPage = feed.requests.length;
    await run();
    expect(feed.requests[firstPage].since).toBeDefined();
    expect(catalog.entities.has(refOf('user', account('stale')))).toBe(false);
    expect(catalog.entities.size).toBe(901);
    expect((await feed.getConsumer('catalog'))?.fingerprint).toBe('two');
  });

  it('starts a pass again whose own position is gone', async () => {
    feed.put(
      site(),
      ...Array.from({ length: 600 }, (_, i) => account(`a${i}`)),
    );
    const { run } = createFollower(feed, catalog);
    const read = feed.listChanges.bind(feed);
    const spy = jest
      .spyOn(feed, 'listChanges')
      .mockImplementation(async (request, call) => {
        if (request.since) {
          feed.prune();
        }
        return read(request, call);
      });
    await expect(run()).rejects.toMatchObject({ statusCode: 410 });
    spy.mockRestore();
    await run();
    expect(catalog.entities.size).toBe(601);
  });

  it('shows relations only to groups that are in the catalog', async () => {
    const { run } = createFollower(feed, catalog, {
      groups: { exclude: ['secret*'] },
    });
    const groupsOf = (id: string) =>
      catalog.entities.get(refOf('user', account(id)))?.spec?.memberOf;
    feed.put(
      account('a', { groups: memberOf('staff', 'secret') }),
      group('secret'),
      group('staff'),
      site(),
    );
    await run();
    expect(groupsOf('a')).toEqual([refOf('group', group('staff'))]);
    expect(catalog.entities.has(refOf('group', group('secret')))).toBe(false);

    feed.put(group('secret', { title: 'now public' }));
    await run();
    await run();
    expect(groupsOf('a')).toEqual([
      refOf('group', group('secret')),
      refOf('group', group('staff')),
    ]);

    feed.put(group('staff', { title: 'secret staff' }));
    await run();
    await run();
    expect(groupsOf('a')).toEqual([refOf('group', group('secret'))]);
  });

  it('makes spaces and pages after their site, whatever the order', async () => {
    const { run } = createFollower(feed, catalog);
    feed.put(
      page('1'),
      space('POL'),
      account('bot', { class: 'app' }),
      ...Array.from({ length: 600 }, (_, i) => account(`a${i}`)),
      site(),
    );
    await run();
    for (const subject of [page('1'), space('POL'), account('bot')]) {
      expect(
        catalog.entities.get(refOf('resource', subject))?.spec?.system,
      ).toBe(refOf('system', site()));
    }
  });

  it('knows after a restart what stands, its site and the ceiling', async () => {
    feed.put(site(), account('a'), account('b'));
    await createFollower(feed, catalog, { users: 2 }).run();
    const ref = refOf('system', site());
    expect(catalog.entities.get(ref)?.metadata.annotations).toMatchObject({
      'atlassian.net/catalog-ceiling': 'users',
    });

    const { run } = createFollower(feed, catalog, { users: 2 });
    feed.put(account('c'), space('POL'));
    await run();
    expect(catalog.entities.has(refOf('user', account('c')))).toBe(false);
    expect(
      catalog.entities.get(refOf('resource', space('POL')))?.spec?.system,
    ).toBe(ref);

    feed.remove('account', 'acme', 'a');
    await run();
    await run();
    expect(catalog.entities.has(refOf('user', account('c')))).toBe(true);
  });

  it('does not lose a pass that is asked for while it follows', async () => {
    const { run, follower } = createFollower(feed, catalog);
    feed.put(site(), account('a'));
    await run();
    feed.forget('account', 'acme', 'a');
    feed.put(account('b'));
    const read = feed.listChanges.bind(feed);
    const spy = jest
      .spyOn(feed, 'listChanges')
      .mockImplementationOnce(async (request, call) => {
        await follower.requestPass(new AbortController().signal);
        return read(request, call);
      });
    await run();
    expect(catalog.entities.has(refOf('user', account('b')))).toBe(true);
    spy.mockRestore();
    await run();
    expect(catalog.entities.has(refOf('user', account('a')))).toBe(false);
  });
});
