// SPDX-License-Identifier: Apache-2.0
import { demoAccountId } from './world/demo/people';
import { Sandbox, startSandbox } from './startSandbox';
import { TestClient } from './testClient';

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
    const big = await startSandbox({ size: { accounts: 10_150 } });
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
