// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import type { ConfluenceComplianceApi } from '../api';
import { ConnectionsTab } from '../connections/ConnectionsTab';
import {
  connectionSetup,
  connectionTest,
  madeConnection,
  pageOf,
} from './fixtures';
import { renderPage } from './render';

interface OpenOptions {
  at?: string;
  made?: Connection;
  api?: Partial<ConfluenceComplianceApi>;
}

/** The set-up of `made`, from the beginning where no address is given. */
export function open({
  at = '/connections/new',
  made,
  api,
}: OpenOptions): ReturnType<typeof renderPage> & {
  createConnection: jest.Mock<Promise<Connection>>;
  updateConnection: jest.Mock<Promise<Connection>>;
} {
  const first = made ?? madeConnection();
  const createConnection = jest.fn(async () => first);
  const updateConnection = jest.fn(async () => first);
  const rendered = renderPage(<ConnectionsTab />, {
    at,
    path: '/connections/*',
    api: {
      listConnections: async () => pageOf([first]),
      listChecks: async () => pageOf([]),
      getConnection: async () => first,
      getConnectionSetup: async () => connectionSetup,
      testConnection: async () => connectionTest(),
      createConnection,
      updateConnection,
      ...api,
    },
  });
  return { ...rendered, createConnection, updateConnection };
}

/** Presses what goes on. */
export const next = async (
  user: UserEvent,
  name: string | RegExp = 'Continue',
) => user.click(await screen.findByRole('button', { name }));

/** Enters something into a field. */
export const type = async (user: UserEvent, label: RegExp, text: string) => {
  // The list of a combobox has the label, too, once it is open.
  const [field] = await screen.findAllByLabelText(label);
  await user.clear(field);
  await user.type(field, text);
};

export const confirm = (user: UserEvent) =>
  user.click(
    screen.getByRole('checkbox', { name: /organization admin, or may/ }),
  );

/** From the first step to the fields of the method. */
export async function choose(user: UserEvent, method: string) {
  await next(user);
  await user.click(await screen.findByRole('radio', { name: method }));
  await next(user);
  await screen.findByText('What it will be allowed to read');
  await next(user);
  await screen.findByText(/They are sealed in the backend/);
}
