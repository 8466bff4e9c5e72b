// SPDX-License-Identifier: Apache-2.0
import {
  mockCredentials,
  mockServices,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { HttpConfluenceComplianceService } from './HttpConfluenceComplianceService';

const base = 'http://compliance.test/api/confluence-compliance';

describe('HttpConfluenceComplianceService', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const credentials = mockCredentials.service('plugin:catalog');

  const service = new HttpConfluenceComplianceService({
    auth: mockServices.auth(),
    discovery: mockServices.discovery.mock({
      getBaseUrl: async id => `http://compliance.test/api/${id}`,
    }),
  });

  it('asks for changes with a token for the plugin', async () => {
    const seen: Array<{ url: string; authorization: string | null }> = [];
    server.use(
      http.get(`${base}/changes`, ({ request }) => {
        const authorization = request.headers.get('authorization');
        seen.push({ url: request.url, authorization });
        return HttpResponse.json({
          items: [],
          next: 'b',
          head: 3,
          more: false,
        });
      }),
    );

    const changes = await service.listChanges(
      { since: 'a b', limit: 7 },
      { credentials },
    );

    expect(changes).toEqual({ items: [], next: 'b', head: 3, more: false });
    expect(seen).toEqual([
      {
        url: `${base}/changes?since=a+b&limit=7`,
        authorization: mockCredentials.service.header({
          onBehalfOf: credentials,
          targetPluginId: 'confluence-compliance',
        }),
      },
    ]);
  });

  it('reads and stores a consumer', async () => {
    let stored: unknown;
    server.use(
      http.get(`${base}/changes/consumers/catalog`, () =>
        HttpResponse.json(stored ? { consumer: stored } : {}),
      ),
      http.put(`${base}/changes/consumers/catalog`, async ({ request }) => {
        stored = await request.json();
        return new HttpResponse(null, { status: 204 });
      }),
    );

    await expect(
      service.getConsumer('catalog', { credentials }),
    ).resolves.toBeUndefined();
    await service.saveConsumer(
      'catalog',
      { fingerprint: 'f', position: 'p' },
      { credentials },
    );
    await expect(
      service.getConsumer('catalog', { credentials }),
    ).resolves.toEqual({ fingerprint: 'f', position: 'p' });
  });

  it('says when a position is gone, and stops when aborted', async () => {
    server.use(
      http.get(`${base}/changes`, () =>
        HttpResponse.json({ error: { message: 'pruned' } }, { status: 410 }),
      ),
    );

    await expect(
      service.listChanges({ since: 'old' }, { credentials }),
    ).rejects.toMatchObject({ name: 'ResponseError', statusCode: 410 });
    await expect(
      service.listChanges({}, { credentials, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
