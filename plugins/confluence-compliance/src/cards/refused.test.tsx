// SPDX-License-Identifier: Apache-2.0
// In a file of its own: usePermission keeps its answers for as long as the module lives.
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { personAccess } from '../__testUtils__/fixtures/access';
import { spaceAccess } from '../__testUtils__/fixtures/spaceAccess';
import { renderPage } from '../__testUtils__/render';
import {
  EntityConfluenceAccessCard,
  EntityConfluenceSpaceCard,
} from './EntityCards';
import { HomeWidget } from './HomeWidget';

const refused = [
  'confluence-compliance.account.read',
  'confluence-compliance.space.read',
  'confluence-compliance.check.read',
  'confluence-compliance.finding.read',
];
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { namespace: 'default', name: 'ana.lindqvist' },
};

describe('without the right to see the pages behind a card', () => {
  it('the access card leads nowhere, and says what it says', async () => {
    renderPage(
      <EntityProvider entity={entity}>
        <EntityConfluenceAccessCard />
      </EntityProvider>,
      { api: { getAccess: async () => personAccess }, refused },
    );
    expect(
      await screen.findByText('Left 3 days ago and can still sign in.'),
    ).toBeInTheDocument();
    for (const name of ['See the check', 'Open account']) {
      expect(screen.queryByRole('link', { name })).not.toBeInTheDocument();
    }
  });

  it('the space card leads nowhere either', async () => {
    renderPage(
      <EntityProvider entity={entity}>
        <EntityConfluenceSpaceCard />
      </EntityProvider>,
      { api: { getAccess: async () => spaceAccess }, refused },
    );
    expect(
      await screen.findByText('No space is open to the internet'),
    ).toBeInTheDocument();
    for (const name of [
      'No space is open to the internet',
      'Who can do what',
    ]) {
      expect(screen.queryByRole('link', { name })).not.toBeInTheDocument();
    }
  });

  it('the home widget shows what the reader has themselves', async () => {
    const getAccess = jest.fn(async () => personAccess);
    renderPage(<HomeWidget />, { api: { getAccess }, refused });
    expect(
      await screen.findByText('Your own Confluence access'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('Left 3 days ago and can still sign in.'),
    ).toBeInTheDocument();
    expect(getAccess).toHaveBeenCalledWith(
      'user:default/ana.lindqvist',
      expect.anything(),
    );
  });
});
