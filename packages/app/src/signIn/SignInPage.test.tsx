// SPDX-License-Identifier: Apache-2.0
import {
  mockApis,
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { discoveryApiRef } from '@backstage/core-plugin-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { demoPeople } from './people';
import { SignInPage } from './SignInPage';

describe('SignInPage', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  beforeEach(() => {
    window.sessionStorage.clear();
    server.use(
      http.get('http://localhost/api/auth/demo/refresh', ({ request }) => {
        const person = request.headers.get('x-northwind-person');
        if (person === 'quinn.abernathy') {
          const error = { name: 'AuthenticationError', message: 'Not today' };
          const response = { statusCode: 401 };
          return HttpResponse.json({ error, response }, { status: 401 });
        }
        return HttpResponse.json({
          profile: {},
          backstageIdentity: {
            token: 'a.e30.c',
            identity: {
              type: 'user',
              userEntityRef: `user:default/${person}`,
              ownershipEntityRefs: [],
            },
          },
        });
      }),
    );
  });

  async function open() {
    const onSignInSuccess = jest.fn();
    const page = await renderInTestApp(
      <SignInPage onSignInSuccess={onSignInSuccess} />,
      {
        apis: [
          [
            discoveryApiRef,
            { getBaseUrl: async id => `http://localhost/api/${id}` },
          ],
          mockApis.config({ data: { app: { title: 'Northwind Portal' } } }),
        ],
      },
    );
    return { ...page, onSignInSuccess };
  }
  const choose = (name: RegExp) =>
    userEvent.click(screen.getByRole('button', { name }));
  const refOf = async (onSignInSuccess: jest.Mock) => {
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());
    const [identity] = onSignInSuccess.mock.calls[0];
    return (await identity.getBackstageIdentity()).userEntityRef;
  };

  it('says who there is and what each may do, and signs in as one of them', async () => {
    const { onSignInSuccess } = await open();
    for (const { name, role, may } of demoPeople) {
      expect(screen.getByRole('heading', { name })).toBeInTheDocument();
      expect(screen.getByText(role)).toBeInTheDocument();
      expect(screen.getByText(may)).toBeInTheDocument();
    }
    expect(onSignInSuccess).not.toHaveBeenCalled();
    await choose(/Sign in as Kavya/);
    expect(await refOf(onSignInSuccess)).toBe('user:default/kavya.sorensen');
  });

  it('stays signed in when the page is loaded again, until they sign out', async () => {
    const first = await open();
    await choose(/Sign in as Bram/);
    await refOf(first.onSignInSuccess);
    first.unmount();

    const second = await open();
    expect(await refOf(second.onSignInSuccess)).toBe(
      'user:default/bram.okafor',
    );
    await second.onSignInSuccess.mock.calls[0][0].signOut();
    second.unmount();

    const third = await open();
    expect(screen.getByText('Who are you today?')).toBeInTheDocument();
    expect(third.onSignInSuccess).not.toHaveBeenCalled();
  });

  it('says why it does not let somebody in, and lets them choose again', async () => {
    const { onSignInSuccess } = await open();
    await choose(/Sign in as Quinn/);
    expect(await screen.findByText(/Not today/)).toBeInTheDocument();
    await choose(/Choose again/);
    await choose(/Sign in as Ada/);
    expect(await refOf(onSignInSuccess)).toBe('user:default/ada.lindqvist');
  });
});
