// SPDX-License-Identifier: Apache-2.0
import { ConfluenceComplianceClient } from './ConfluenceComplianceClient';

function clientThatAnswers(status: number, body?: object) {
  const sent: Array<{ path: string; init?: RequestInit }> = [];
  const client = new ConfluenceComplianceClient({
    send: async (path, init) => {
      sent.push({ path, init });
      return new Response(body && JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      });
    },
  });
  return { client, sent };
}

describe('ConfluenceComplianceClient', () => {
  it('keeps ids and parameters from being read as parts of the path', async () => {
    const { client, sent } = clientThatAnswers(200, {});
    await client.getAccount('acme', '712020:a/../b?x=1#y', { asOf: '7&x=1' });
    await client.listAccounts({ q: '100 % & more', limit: 10 });
    expect(sent.map(({ path }) => path)).toEqual([
      '/accounts/acme/712020%3Aa%2F..%2Fb%3Fx%3D1%23y?asOf=7%26x%3D1',
      '/accounts?q=100+%25+%26+more&limit=10',
    ]);
  });

  it('sends bodies as JSON and expects none where there is none', async () => {
    const { client, sent } = clientThatAnswers(204);
    await expect(
      client.saveConsumer('catalog', { fingerprint: 'f' }),
    ).resolves.toBeUndefined();
    expect(sent).toEqual([
      {
        path: '/changes/consumers/catalog',
        init: expect.objectContaining({
          method: 'PUT',
          body: '{"fingerprint":"f"}',
        }),
      },
    ]);
  });

  it('throws what the backend said', async () => {
    const { client } = clientThatAnswers(403, {
      error: { name: 'NotAllowedError', message: 'Missing permission' },
      response: { statusCode: 403 },
    });
    await expect(client.syncNow('acme')).rejects.toMatchObject({
      name: 'ResponseError',
      body: { error: { message: 'Missing permission' } },
    });
  });
});
