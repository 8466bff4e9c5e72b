// SPDX-License-Identifier: Apache-2.0
import { Sandbox, startSandbox } from '../startSandbox';

describe('what measurements ask of the sandbox', () => {
  let sandbox: Sandbox;
  let gateway: string;
  let authorization: string;

  beforeAll(async () => {
    sandbox = await startSandbox({
      size: { accounts: 300, groups: 20, spaces: 8, pages: 600 },
    });
    const { clientId, clientSecret, cloudId } =
      sandbox.credentials.serviceAccount;
    gateway = `/ex/confluence/${cloudId}`;
    const token = await ask('/oauth/token', {
      method: 'POST',
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    });
    authorization = `Bearer ${token.body.access_token}`;
  });
  afterAll(() => sandbox.close());

  async function ask(path: string, init: RequestInit = {}) {
    const answer = await fetch(`${sandbox.url}${path}`, {
      ...init,
      headers: {
        'content-type': 'application/json',
        ...(authorization && { authorization }),
      },
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : undefined };
  }
  const confluence = (path: string, init?: RequestInit) =>
    ask(`${gateway}/wiki${path}`, init);

  it('counts the lists as long as the API gives them', async () => {
    const { body: lengths } = await ask('/sandbox/lists?label=policy&label=no');
    const { world } = sandbox;
    const everybody = [...world.groups.values()].find(
      ({ name }) => name === 'confluence-users-northwind',
    )!;
    const place = [...world.groups.values()].indexOf(everybody);
    const members = await confluence(
      `/rest/api/group/${everybody.id}/membersByGroupId?shouldReturnTotalSize=true`,
    );
    const users = await confluence(
      '/rest/api/search/user?cql=type=user&sitePermissionTypeFilter=all',
    );
    const search = await confluence(
      '/rest/api/content/search?cql=label=policy&limit=200',
    );
    const audit = await confluence('/rest/api/audit?limit=1000');
    const { ancestors, ...counted } = lengths;
    expect(counted).toMatchObject({
      groups: 20,
      spaces: 8,
      users: users.body.totalSize,
      // One more is deleted, and so in no list.
      accounts: 299,
      labelled: [search.body.results.length, 0],
      audit: audit.body.results.length,
    });
    expect(ancestors).toBeGreaterThan(0);
    expect(lengths.members[place]).toBe(members.body.totalSize);
    const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
    expect(sum(lengths.pages)).toBe(600);
    expect(sum(lengths.permissions)).toBe(
      sum([...world.spaces.values()].map(({ grants }) => grants.length)),
    );
  });

  it('records what the APIs are asked while it is told to', async () => {
    await confluence('/rest/api/group?limit=1');
    await ask('/sandbox/recording', { method: 'PUT' });
    await confluence('/rest/api/group?limit=2');
    const body = JSON.stringify({ accountIds: ['nobody'] });
    await confluence('/api/v2/users-bulk', { method: 'POST', body });
    await ask('/sandbox/requests');
    const ended = await ask('/sandbox/recording', { method: 'DELETE' });
    expect(ended.body.items).toEqual([
      { method: 'GET', path: `${gateway}/wiki/rest/api/group?limit=2` },
      {
        method: 'POST',
        path: `${gateway}/wiki/api/v2/users-bulk`,
        body: { accountIds: ['nobody'] },
      },
    ]);
    await confluence('/rest/api/group?limit=3');
    const again = await ask('/sandbox/recording', { method: 'DELETE' });
    expect(again.body.items).toEqual([]);
  });

  it('lists everybody with an account as a personnel system would', async () => {
    const { body } = await ask('/sandbox/employees?offset=0');
    expect(body.items).toContainEqual({
      displayName: 'Tamsin Vega',
      email: 'tamsin.vega@northwind.example',
      departed: true,
    });
    expect(body.items.length).toBeGreaterThan(290);
    expect((await ask('/sandbox/employees?offset=500')).body.items).toEqual([]);
  });

  it('takes no latency that is none', async () => {
    const set = async (ms: unknown) => {
      const body = JSON.stringify({ ms });
      return (await ask('/sandbox/latency', { method: 'PUT', body })).status;
    };
    expect([await set(-1), await set('1'), await set(1)]).toEqual([
      400, 400, 204,
    ]);
    expect((await confluence('/rest/api/group?limit=1')).status).toBe(200);
  });
});
