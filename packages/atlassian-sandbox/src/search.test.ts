// SPDX-License-Identifier: Apache-2.0
import { demoAccountId } from './world/demo/people';
import { Sandbox, startSandbox } from './startSandbox';
import { TestClient } from './__testUtils__/testClient';

describe('content search', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeEach(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const idOf = (title: string) => String(sandbox.changes.page(title).id);
  const found = async (cql: string, rest = '') =>
    (
      await client.all(
        `/wiki/rest/api/content/search?cql=${encodeURIComponent(cql)}${rest}`,
      )
    ).map(row => row.id);

  it('finds pages by their ids, through as many pages of answers as it takes', async () => {
    const titles = ['Onboarding', 'Service map', 'First week'];
    const ids = titles.map(idOf).sort((a, b) => Number(a) - Number(b));
    const list = `id in (${ids.join(', ')}, ${ids[0]}, 99999999999)`;
    expect(await found(list)).toEqual(ids);
    expect(await found(list, '&limit=1')).toEqual(ids);
    expect(await found(`type = page and ${list}`)).toEqual(ids);
    expect(await found(`${list} and title = "Onboarding"`)).toEqual([
      idOf('Onboarding'),
    ]);
    expect(await found(`id in ("${ids[0]}")`)).toEqual([ids[0]]);
    expect(await found(`id not in (${ids.join(',')})`)).not.toContain(ids[0]);
  });

  it('finds by id neither what is archived or trashed nor what is not visible', async () => {
    const ids = [
      idOf('Onboarding'),
      idOf('Password Policy (2021)'),
      idOf('Bring Your Own Device Policy'),
      idOf('Access Control Policy'),
    ];
    sandbox.changes.hideSpace({ space: 'POL' });
    expect(await found(`id in (${ids.join(',')})`)).toEqual([ids[0]]);
  });

  it.each(['id in ()', 'id in (1', 'id in 1', 'id in (1,)'])(
    'refuses %s',
    async cql => {
      const path = `/wiki/rest/api/content/search?cql=${encodeURIComponent(
        cql,
      )}`;
      expect(await client.gateway(path)).toMatchObject({ status: 400 });
    },
  );
});

describe('points', () => {
  it('are counted by what an answer is about', async () => {
    const sandbox = await startSandbox();
    const client = new TestClient(sandbox);
    await client.bearer();
    const points = async (path: string) => {
      const before = sandbox.requests.points;
      const { body } = await client.gateway(path);
      return [sandbox.requests.points - before, body.results?.length];
    };
    const open = sandbox.changes.page('Onboarding').id;
    const kept = sandbox.changes.page('Incident contact list');
    const subjects =
      (kept.read?.accounts.size ?? 0) + (kept.read?.groups.size ?? 0);
    const v1 = '/wiki/rest/api';
    try {
      expect(sandbox.requests.points).toBe(0);
      const [groups, rows] = await points(`${v1}/group`);
      expect(groups).toBe(1 + 2 * (rows ?? NaN));
      const search = `${v1}/content/search?expand=restrictions.read.restrictions.user&cql=id`;
      expect(await points(`${search}+in+(${open},${kept.id})`)).toEqual([3, 2]);
      const own = (id: number) =>
        points(`${v1}/content/${id}/restriction/byOperation/read`);
      expect(await own(open)).toEqual([1, undefined]);
      expect(subjects).toBeGreaterThan(0);
      expect(await own(kept.id)).toEqual([1 + 2 * subjects, undefined]);
      expect(await own(99)).toEqual([1, undefined]);
      expect(await points(`${v1}/user/current`)).toEqual([3, undefined]);
      expect(await points(`${v1}/settings/systemInfo`)).toEqual([1, undefined]);
      expect(await points(`/wiki/api/v2/pages/${open}`)).toEqual([
        2,
        undefined,
      ]);
    } finally {
      await sandbox.close();
    }
  });
});

describe('user search', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeEach(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const found = async (query: string) =>
    (await client.all(`/wiki/rest/api/search/user?${query}`)).map(
      row => row.user.accountId as string,
    );

  it('tells licensed users, guests and all apart', async () => {
    const licensed = await found('cql=type=user');
    const guests = await found(
      'cql=type=user&sitePermissionTypeFilter=externalCollaborator',
    );
    const all = await found('cql=type=user&sitePermissionTypeFilter=all');
    expect(guests).toEqual([demoAccountId('zoe.karlsson')]);
    expect(licensed).not.toContain(demoAccountId('wanda.ilesanmi'));
    expect(licensed).not.toContain(demoAccountId('zoe.karlsson'));
    expect(licensed).toContain(demoAccountId('tamsin.vega'));
    expect(all).toEqual(
      expect.arrayContaining([
        ...licensed,
        ...guests,
        demoAccountId('wanda.ilesanmi'),
      ]),
    );
    expect(all).not.toContain(demoAccountId('former-user'));
  });

  it('finds by account id and by name', async () => {
    const id = demoAccountId('ada.lindqvist');
    expect(
      await found(`cql=${encodeURIComponent(`user.accountid="${id}"`)}`),
    ).toEqual([id]);
    expect(
      await found(`cql=${encodeURIComponent('user.fullname~"lindqv*"')}`),
    ).toEqual([id]);
  });

  it('stops at ten thousand users', async () => {
    const big = await startSandbox({ size: { accounts: 10_300 } });
    try {
      const bigClient = new TestClient(big);
      const near = await bigClient.gateway(
        '/wiki/rest/api/search/user?cql=type=user&limit=200&start=9900',
      );
      expect(near.body.results).toHaveLength(100);
      expect(near.body._links.next).toBeUndefined();
      const beyond = await bigClient.gateway(
        '/wiki/rest/api/search/user?cql=type=user&limit=200&start=10000',
      );
      expect(beyond.body.results).toEqual([]);
    } finally {
      await big.close();
    }
  });
});
