// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  GrantRefusedError,
  type OAuthApp,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import { createDeferred } from '@backstage/types';
import { Knex } from 'knex';
import { credentialsIn } from './__testUtils__/grants';
import type { Credentials } from './Credentials';
import { ReconnectError } from './failures';
import { type GrantSecret, OAuthTokens } from './OAuthTokens';

type Refresh = OAuthApp['refresh'];

const HOUR = 3_600_000;
const refusal = () => new GrantRefusedError({ endpoint: 'POST /oauth/token' });

function secretOf(name: string, accessExpiresAt: number): GrantSecret {
  return {
    accessToken: `access-${name}`,
    accessExpiresAt,
    refreshToken: `refresh-${name}`,
  };
}

function answer(name: string) {
  return {
    accessToken: `access-${name}`,
    refreshToken: `refresh-${name}`,
    expiresAt: new Date(Date.now() + HOUR),
    scopes: [],
  };
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'Renewals at the same time on %p',
  id => {
    let knex: Knex;
    let credentials: Credentials;

    const write = (secret: GrantSecret) =>
      credentials.write(knex, 'acme', 'oauth', secret);

    beforeEach(async () => {
      knex = await databases.init(id);
      credentials = await credentialsIn(knex);
      await write(secretOf('old', Date.now() - 1));
    });

    const stored = () => credentials.read<GrantSecret>('acme', 'oauth');

    const replica = (refresh: Refresh, claimMs?: number) =>
      new OAuthTokens({
        connection: 'acme',
        credentials,
        app: { refresh },
        claimMs,
      });

    /** A replica that has asked and waits for the answer. */
    async function waiting(claimMs?: number) {
      const asked = createDeferred();
      const answering = createDeferred<ReturnType<typeof answer>>();
      const tokens = replica(() => {
        asked.resolve();
        return answering;
      }, claimMs);
      const token = tokens.token();
      token.catch(() => {});
      await asked;
      return { tokens, token, answering };
    }

    it('takes over a claim that has expired, and no other', async () => {
      const row = (await stored())!;
      const now = Date.now();
      expect(await credentials.claim(row, 'dead', now, now + 400)).toBe(true);
      expect(await credentials.claim(row, 'other', now, now + 400)).toBe(false);
      const token = await replica(async () => answer('new')).token();
      expect(token).toBe('access-new');
      expect(Date.now()).toBeGreaterThanOrEqual(now + 400);
    });

    it('leaves a slow renewal alone for as long as its process lives', async () => {
      const slow = await waiting(300);
      let others = 0;
      const other = replica(async () => {
        others += 1;
        return answer('other');
      }, 300).token();
      await sleep(1000);
      slow.answering.resolve(answer('slow'));
      expect(await slow.token).toBe('access-slow');
      expect(await other).toBe('access-slow');
      expect(others).toBe(0);
    });

    it('does not ask for a person when somebody connected anew meanwhile', async () => {
      const slow = await waiting();
      await write(secretOf('anew', Date.now() + HOUR));
      slow.answering.reject(refusal());
      expect(await slow.token).toBe('access-anew');
      expect(await stored()).toMatchObject({ state: 'stored' });
    });

    it('does not put a renewal in place of what somebody connected anew', async () => {
      const slow = await waiting();
      await write(secretOf('anew', Date.now() + HOUR));
      slow.answering.resolve(answer('slow'));
      expect(await slow.token).toBe('access-anew');
    });

    it('does not take a grant for its own that was removed and given again', async () => {
      const slow = await waiting();
      await credentials.remove(knex, 'acme');
      await write(secretOf('anew', Date.now() + HOUR));
      slow.answering.resolve(answer('slow'));
      expect(await slow.token).toBe('access-anew');
      expect((await stored())?.secret.refreshToken).toBe('refresh-anew');
    });

    it('says that nobody has granted when the grant was removed meanwhile', async () => {
      const slow = await waiting();
      await credentials.remove(knex, 'acme');
      slow.answering.resolve(answer('slow'));
      await expect(slow.token).rejects.toMatchObject({
        name: 'NotConnectedError',
        message: expect.stringContaining('Nobody has granted'),
      });
      expect(await stored()).toBeUndefined();
    });

    it('believes a refusal only of who still has the claim', async () => {
      const row = (await stored())!;
      const now = Date.now();
      await credentials.claim(row, 'overtaken', now, now);
      await credentials.claim(row, 'second', now, now + HOUR);
      const at = new Date().toISOString();
      expect(await credentials.refuse(row, 'overtaken', at)).toBe(false);
      expect(await credentials.refuse(row, 'second', at)).toBe(true);
      // A token that was given after all is worth more than a refusal.
      expect(await credentials.replace(row, secretOf('new', now))).toBe(true);
      expect(await stored()).toMatchObject({
        state: 'stored',
        refusedAt: undefined,
      });
    });

    it('lets callers leave, and stores what is answered all the same', async () => {
      const slow = await waiting();
      const leaving = new AbortController();
      const left = slow.tokens.token(leaving.signal);
      leaving.abort(new Error('The slice is over'));
      await expect(left).rejects.toThrow('The slice is over');
      slow.answering.resolve(answer('slow'));
      expect(await slow.token).toBe('access-slow');
      expect((await stored())?.secret.refreshToken).toBe('refresh-slow');
      const over = AbortSignal.abort(new Error('Over'));
      await expect(slow.tokens.token(over)).rejects.toThrow('Over');
    });

    it('stores what it got when the database comes back in a moment', async () => {
      const failing = jest
        .spyOn(credentials, 'replace')
        .mockRejectedValueOnce(new Error('The connection was closed'));
      let asked = 0;
      const tokens = replica(async () => {
        asked += 1;
        return answer('new');
      });
      expect(await tokens.token()).toBe('access-new');
      expect(failing).toHaveBeenCalledTimes(2);
      expect((await stored())?.secret.refreshToken).toBe('refresh-new');
      expect(asked).toBe(1);
    });

    it('frees the claim when it fails, for the next at once', async () => {
      const network = new UpstreamError('network', { endpoint: 'POST /x' });
      const failing = replica(() => Promise.reject(network));
      await expect(failing.token()).rejects.toBe(network);
      const started = Date.now();
      expect(await replica(async () => answer('new')).token()).toBe(
        'access-new',
      );
      expect(Date.now() - started).toBeLessThan(5_000);
    });

    it('ends in the state reconnect for all who wait', async () => {
      const slow = await waiting();
      const others = [1, 2].map(() =>
        replica(async () => answer('wrong'))
          .token()
          .catch(error => error),
      );
      slow.answering.reject(refusal());
      for (const waiter of [slow.token.catch(error => error), ...others]) {
        expect(await waiter).toBeInstanceOf(ReconnectError);
      }
      expect(await stored()).toMatchObject({ state: 'reconnect' });
    });
  },
);
