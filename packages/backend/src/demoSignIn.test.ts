// SPDX-License-Identifier: Apache-2.0
import { ConfigReader } from '@backstage/config';
import type { Request } from 'express';
import {
  createDemoAuthenticator,
  environmentOf,
  PERSON_HEADER,
} from './demoSignIn';

const config = new ConfigReader({
  development: { people: ['bram.okafor', 'kavya.sorensen'] },
});

function signIn(person: string | undefined, environment = 'development') {
  const authenticator = createDemoAuthenticator(environment);
  const req = {
    header: (name: string) => (name === PERSON_HEADER ? person : undefined),
  } as Request;
  return authenticator.authenticate(
    { req },
    authenticator.initialize({ config }),
  );
}

describe('the sign-in of the demo', () => {
  it('believes the people of the configuration', async () => {
    await expect(signIn('kavya.sorensen')).resolves.toEqual({
      result: { person: 'kavya.sorensen' },
    });
  });

  it.each([undefined, '', 'tamsin.vega', 'Bram.Okafor', 'bram.okafor,'])(
    'refuses %p and names who there is',
    async person => {
      await expect(signIn(person)).rejects.toMatchObject({
        name: 'AuthenticationError',
        message: expect.stringContaining(
          'auth.providers.demo.development.people: use one of bram.okafor, kavya.sorensen',
        ),
      });
    },
  );

  it.each(['production', undefined])(
    'lets nobody in where the environment is %p',
    async environment => {
      const authenticator = createDemoAuthenticator(environment);
      await expect(
        authenticator.authenticate(
          { req: { header: () => 'bram.okafor' } as unknown as Request },
          authenticator.initialize({ config }),
        ),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
    },
  );

  it('takes no production for development, whatever is configured', () => {
    const auth = new ConfigReader({ auth: { environment: 'development' } });
    expect(environmentOf(auth, { NODE_ENV: 'development' })).toBe(
      'development',
    );
    expect(environmentOf(auth, {})).toBe('development');
    expect(environmentOf(auth, { NODE_ENV: 'production' })).toBe('production');
    expect(environmentOf(new ConfigReader({}), {})).toBeUndefined();
  });

  it('lets nobody in where nobody is configured', async () => {
    const authenticator = createDemoAuthenticator('development');
    const people = authenticator.initialize({ config: new ConfigReader({}) });
    await expect(
      authenticator.authenticate(
        { req: { header: () => 'bram.okafor' } as unknown as Request },
        people,
      ),
    ).rejects.toMatchObject({ name: 'AuthenticationError' });
  });
});
