// SPDX-License-Identifier: Apache-2.0
import { Sandbox, startSandbox } from './startSandbox';
import { Body, TestClient } from './__testUtils__/testClient';

describe('two sites of one organization', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeAll(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox);
  });
  afterAll(() => sandbox.close());

  const second = async (path: string): Promise<Body> => {
    const response = await fetch(`${sandbox.secondSiteUrl}${path}`, {
      headers: { authorization: client.basic() },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Body;
  };

  it('tells them apart by host and by cloud id', async () => {
    const { secondSiteUrl, secondCloudId, siteUrl, world } = sandbox;
    expect(new URL(secondSiteUrl).hostname).toBe('localhost');
    expect(secondCloudId).not.toBe(world.cloudId);
    expect(await second('/_edge/tenant_info')).toEqual({
      cloudId: secondCloudId,
    });
    expect((await client.raw('/_edge/tenant_info')).body).toEqual({
      cloudId: world.cloudId,
    });
    const { body } = await client.raw('/oauth/token/accessible-resources', {
      headers: { authorization: await client.bearer() },
    });
    expect(body).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: world.cloudId, url: siteUrl }),
        expect.objectContaining({ id: secondCloudId, url: secondSiteUrl }),
      ]),
    );
  });

  it('shows one world at both, with the links of the site that was asked', async () => {
    const path = '/wiki/rest/api/group?limit=3';
    const here = await second(path);
    const token = (await client.bearer()).slice('Bearer '.length);
    const gateway = (await client.withToken(token, path, sandbox.secondCloudId))
      .body;
    const first = (await client.site(path)).body;
    expect(gateway).toEqual(here);
    expect(here._links).toMatchObject({
      base: `${sandbox.secondSiteUrl}/wiki`,
      self: `${sandbox.secondSiteUrl}/wiki/rest/api/group`,
    });
    expect(
      JSON.parse(
        JSON.stringify(here).replaceAll(sandbox.secondSiteUrl, sandbox.siteUrl),
      ),
    ).toEqual(first);
    expect(await second('/wiki/rest/api/settings/systemInfo')).toMatchObject({
      cloudId: sandbox.secondCloudId,
      baseUrl: `${sandbox.secondSiteUrl}/wiki`,
    });
  });
});
