// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { leaksIn } from './__testUtils__/leaks';
import { SecretsRun } from './__testUtils__/SecretsRun';

jest.setTimeout(5 * 60_000);

/** How often the client sends what may heal. */
const TRIES = 4;
const EMAIL = 'bram.okafor@northwind.example';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

it('finds a secret in whatever form it gets out', () => {
  const secret = 'a/secret+with="marks"';
  const header = (before: string) =>
    Buffer.from(`${before}${secret}, and more`).toString('base64');
  for (const text of [
    `said: ${secret}`,
    JSON.stringify({ secret }),
    new URL(`http://localhost/?code=${encodeURIComponent(secret)}`).href,
    header('a'),
    header('ab'),
    header('abc'),
  ]) {
    expect(leaksIn('here', text, [secret])).not.toEqual([]);
  }
  expect(leaksIn('here', 'a secret', [secret])).toEqual([]);
});

describe.each(databases.eachSupportedId())(
  'Secrets of connections on %p',
  id => {
    let run: SecretsRun;

    beforeAll(async () => {
      run = await SecretsRun.start(
        id === 'SQLITE_3' ? undefined : await databases.init(id),
      );
    });

    afterAll(() => run.stop());

    const methods = {
      'api-token': {
        secretName: 'token',
        right: () => ({
          email: EMAIL,
          token: run.sandbox.credentials.apiToken.token,
        }),
        next: () => run.sandbox.issueApiToken(),
      },
      'scoped-api-token': {
        secretName: 'token',
        right: () => ({
          email: EMAIL,
          token: run.sandbox.credentials.scopedApiToken.token,
        }),
        next: () =>
          run.sandbox.issueApiToken({
            scopes: ['read:content-details:confluence'],
          }),
      },
      'service-account': {
        secretName: 'clientSecret',
        right: () => run.sandbox.issueClient(),
        next: () => run.sandbox.issueClient(),
      },
    };

    it.each(Object.entries(methods))(
      'stay in with %s',
      async (method, { secretName, right, next }) => {
        const { sandbox } = run;
        const entered = { method, ...right() };
        const { id: connection } = await run.ask(201, 'post', '/connections', {
          site: sandbox.secondSiteUrl,
          purposes: ['access-review', 'policy'],
          auth: [{ ...entered, [secretName]: run.wrong(method) }],
          organization: run.wrongOrganization(),
          adminConfirmed: true,
        });
        const path = `/connections/${connection}`;
        const test = () => run.ask(200, 'post', `${path}/test`);
        expect(await test()).toMatchObject({
          ok: false,
          organization: { ok: false },
        });
        await run.ask(200, 'put', path, {
          auth: [entered],
          organization: sandbox.credentials.organization,
        });
        expect(await test()).toMatchObject({
          ok: true,
          organization: { ok: true },
        });
        await run.ask(200, 'put', path, { enabled: true });
        await run.ask(202, 'post', `${path}/sync`);
        expect((await run.ask(200, 'get', path)).lastRun).toMatchObject({
          state: 'published',
        });
        await run.typeWrong(path, entered, secretName);
        await run.ask(200, 'put', path, {
          auth: [{ ...entered, ...next() }],
          organization: sandbox.issueOrganizationKey(),
        });
        expect(await test()).toMatchObject({ ok: true });
        await run.makeErrors(path);
        expect(await run.leaks()).toEqual([]);
        await run.finish(path);
        expect(await run.leaks()).toEqual([]);
      },
    );

    it('stay in with OAuth', async () => {
      const { sandbox } = run;
      const { id: connection } = await run.ask(201, 'post', '/connections', {
        title: 'Granted',
        purposes: ['access-review', 'policy'],
        auth: [{ method: 'oauth' }],
        organization: run.wrongOrganization(),
        adminConfirmed: true,
      });
      const path = `/connections/${connection}`;
      const test = () => run.ask(200, 'post', `${path}/test`);
      const start = async () => {
        const answer = await run.ask(200, 'post', `${path}/authorize`);
        const asked = new URL(answer.authorizeUrl).searchParams;
        const code = sandbox.oauth.authorize({
          scopes: (asked.get('scope') ?? '').split(' '),
          redirectUri: asked.get('redirect_uri') ?? '',
          sites: [sandbox.secondSiteUrl],
        });
        return { code, state: asked.get('state') ?? '' };
      };
      const complete = (status: number, body: object) =>
        run.ask(status, 'post', `${path}/complete`, body);

      expect(await test()).toMatchObject({ ok: false });
      await complete(400, { ...(await start()), code: run.wrong('code') });
      await complete(400, {
        ...(await start()),
        code: run.wrong('ünicode code'),
      });
      await complete(400, { ...(await start()), state: run.wrong('state') });
      await run.withoutTokens(async () => complete(503, await start()));
      const granted = await start();
      await complete(200, granted);
      await complete(400, granted);
      expect(await test()).toMatchObject({
        ok: true,
        organization: { ok: false },
      });
      await run.ask(200, 'put', path, {
        organization: sandbox.credentials.organization,
      });
      await run.ask(200, 'put', path, { enabled: true });
      await run.ask(202, 'post', `${path}/sync`);
      sandbox.expireTokens();
      await run.ask(202, 'post', `${path}/sync`);
      expect(sandbox.oauth.refreshes).toBeGreaterThan(0);
      expect((await run.ask(200, 'get', path)).lastRun).toMatchObject({
        state: 'published',
      });
      await run.makeErrors(path);
      run.fail(
        { endpoint: 'GET /wiki/rest/api/user/current', kind: 'reset' },
        TRIES,
      );
      expect(await test()).toMatchObject({ ok: false });
      sandbox.faults.clear();
      sandbox.oauth.revokeGrants();
      await run.ask(202, 'post', `${path}/sync`);
      expect(await test()).toMatchObject({ ok: false });
      await complete(200, await start());
      expect(await test()).toMatchObject({ ok: true });
      expect(await run.leaks()).toEqual([]);
      await run.finish(path);
      expect(await run.leaks()).toEqual([]);
    });
  },
);
