// SPDX-License-Identifier: Apache-2.0
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import { sandboxConfig, startPlugin } from './__testUtils__/startPlugin';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'A connection that two replicas set up, on %p',
  id => {
    let sandbox: Sandbox;
    let here: Awaited<ReturnType<typeof startPlugin>>;
    let there: typeof here;

    beforeEach(async () => {
      const knex: Knex = await databases.init(id);
      sandbox = await startSandbox();
      const oauth = {
        ...sandbox.credentials.oauth,
        callbackUrl: 'http://localhost/',
      };
      const start = () =>
        startPlugin({
          config: sandboxConfig(sandbox, { oauth }),
          knex,
        });
      here = await start();
      there = await start();
    });

    afterEach(async () => {
      await here.stop();
      await there.stop();
      await sandbox.close();
    });

    async function create(body: object) {
      const made = await here.call('post', '/connections', {
        body: {
          id: 'second',
          title: 'Second',
          purposes: ['access-review', 'policy'],
          adminConfirmed: true,
          ...body,
        },
      });
      expect(made.status).toBe(201);
    }
    const token = () => ({
      method: 'api-token',
      ...sandbox.issueApiToken(),
    });

    it('is known to the other one from its first request to its first sync', async () => {
      await create({ site: sandbox.secondSiteUrl, auth: [token()] });
      const tested = await there.call('post', '/connections/second/test');
      expect(tested.body).toMatchObject({ ok: true });
      await here.call('put', '/connections/second', {
        body: { enabled: true },
      });
      const asked = await there.call('post', '/connections/second/sync');
      expect(asked.status).toBe(202);
    });

    it.each([
      ['get', 'user-groups'],
      ['get', 'runs'],
      ['get', 'containers'],
      ['post', 'test'],
    ] as const)('is found by the first %s of its %s', async (method, path) => {
      await create({ site: sandbox.secondSiteUrl, auth: [token()] });
      const answer = await there.call(method, `/connections/second/${path}`);
      expect(answer.status).toBe(200);
    });

    it('is granted on one after it was made on the other', async () => {
      await create({ auth: [{ method: 'oauth' }] });
      const { body, status } = await there.call(
        'post',
        '/connections/second/authorize',
      );
      expect(status).toBe(200);
      const asked = new URL(body.authorizeUrl).searchParams;
      const code = sandbox.oauth.authorize({
        scopes: asked.get('scope')?.split(' ') ?? [],
        redirectUri: asked.get('redirect_uri') ?? '',
      });
      const completed = await here.call(
        'post',
        '/connections/second/complete',
        { body: { code, state: asked.get('state') } },
      );
      expect(completed.status).toBe(200);
    });

    it('sends no new token to its old address', async () => {
      const seen: string[] = [];
      const old = createServer((request, response) => {
        seen.push(request.headers.authorization ?? '');
        response.writeHead(404).end();
      });
      await new Promise<void>(done => {
        old.listen(0, '127.0.0.1', done);
      });
      const { port } = old.address() as AddressInfo;
      const first = token();
      await create({ site: `http://127.0.0.1:${port}`, auth: [first] });
      await there.call('post', '/connections/second/test');
      const known = new Set(seen);
      expect(known.size).toBe(1);
      const changed = await here.call('put', '/connections/second', {
        body: { site: sandbox.secondSiteUrl, auth: [token()] },
      });
      expect(changed.status).toBe(200);
      const tested = await there.call('post', '/connections/second/test');
      expect(tested.body).toMatchObject({ ok: true });
      expect(new Set(seen)).toEqual(known);
      await new Promise(done => {
        old.close(done);
      });
    });
  },
);
