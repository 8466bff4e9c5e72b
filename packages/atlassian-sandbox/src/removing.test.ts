// SPDX-License-Identifier: Apache-2.0
import { demoAccountId } from './world/demo/people';
import { Sandbox, startSandbox } from './startSandbox';
import { TestClient } from './__testUtils__/testClient';

const WRITE = 'write:space.permission:confluence';

describe('taking access to a space away', () => {
  let sandbox: Sandbox;
  let client: TestClient;
  beforeEach(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const idOf = (space: string, account: string, key = 'read') =>
    sandbox.changes
      .space(space)
      .grants.find(
        grant =>
          grant.principalId === demoAccountId(account) && grant.key === key,
      )?.id;
  const headers = { 'x-atlassian-token': 'no-check' };
  const path = (space: string, id = '1') =>
    `/wiki/rest/api/space/${space}/permission/${id}`;
  const remove = async (space: string, id?: string, more = {}) =>
    (
      await client.site(path(space, id), {
        method: 'DELETE',
        headers: { ...headers, ...more },
      })
    ).status;
  const left = (space: string, account: string) =>
    sandbox.effectiveAccess(account, space).filter(one => one.path === 'direct')
      .length;

  it('takes one permission, or with reading all that somebody has', async () => {
    const all = left('ENG', 'ulrich.bonney');
    expect(all).toBeGreaterThan(2);
    expect(await remove('ENG', idOf('ENG', 'ulrich.bonney', 'export'))).toBe(
      204,
    );
    expect(left('ENG', 'ulrich.bonney')).toBe(all - 1);
    expect(await remove('ENG', idOf('ENG', 'ulrich.bonney'))).toBe(204);
    expect(left('ENG', 'ulrich.bonney')).toBe(0);
    expect(left('ENG', 'tamsin.vega')).toBe(1);
    expect(await remove('ENG', '1')).toBe(404);
    expect(await remove('NONE', '1')).toBe(404);
  });

  it('refuses whoever does not administer the space, apps, and the last who does', async () => {
    expect(await remove('POL', idOf('POL', 'confluence-compliance'))).toBe(403);
    const issued = sandbox.issueApiToken({ account: 'ines.valcourt' });
    const ines = {
      authorization: `Basic ${Buffer.from(
        `${issued.email}:${issued.token}`,
      ).toString('base64')}`,
    };
    expect(await remove('PPL', idOf('PPL', 'ines.valcourt'), ines)).toBe(400);
    const administer = idOf('PPL', 'ines.valcourt', 'administer');
    expect(await remove('PPL', administer, ines)).toBe(400);

    const asApp = async (scopes: string[]) => {
      const app = sandbox.issueClient({ account: 'bram.okafor', scopes });
      const authorization = `Bearer ${await client.token(app)}`;
      return client.gateway(path('ENG', idOf('ENG', 'tamsin.vega')), {
        method: 'DELETE',
        headers: { ...headers, authorization },
      });
    };
    expect((await asApp(['read:space:confluence'])).status).toBe(401);
    expect((await asApp([WRITE])).status).toBe(403);
    expect(left('ENG', 'tamsin.vega')).toBe(1);
  });

  it('sets and takes roles where the site has them, and fails as it is told', async () => {
    const { id } = sandbox.changes.space('ENG');
    const template = '/wiki/api/v2/spaces/{id}/role-assignments';
    const app = sandbox.issueClient({
      account: 'bram.okafor',
      scopes: [WRITE],
    });
    const authorization = `Bearer ${await client.token(app)}`;
    const set = async (entry: object, as = authorization, space = id) =>
      (
        await client.gateway(`/wiki/api/v2/spaces/${space}/role-assignments`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: as },
          body: JSON.stringify([entry]),
        })
      ).status;
    const principal = {
      principalType: 'USER',
      principalId: demoAccountId('esi.larsen'),
    };
    expect(await set({ principal })).toBe(404);
    sandbox.changes.setRoleMode({ mode: 'ROLES' });
    expect(left('ENG', 'esi.larsen')).toBeGreaterThan(0);
    expect(await set({ principal }, await client.bearer())).toBe(401);
    expect(await set({ principal }, authorization, 65537)).toBe(404);
    expect(await set({ principal, roleId: 'x' })).toBe(400);
    sandbox.faults.add({
      endpoint: `POST ${template}`,
      kind: 'status',
      status: 503,
      times: 1,
    });
    expect(await set({ principal })).toBe(503);
    expect(left('ENG', 'esi.larsen')).toBeGreaterThan(0);
    expect(await set({ principal })).toBe(200);
    expect(await set({ principal })).toBe(200);
    expect(left('ENG', 'esi.larsen')).toBe(0);
    expect(await remove('ENG', idOf('ENG', 'tamsin.vega'))).toBe(400);
  });
});
