// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen } from '@testing-library/react';
import { finding } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/render';
import { FindingSubject } from './FindingSubject';

const show = (more: Partial<Finding>) =>
  renderPage(
    <FindingSubject
      finding={finding({
        subject: {
          kind: 'policy',
          connection: 'northwind',
          id: 'access-control',
          title: 'Access control',
        },
        ...more,
      })}
    />,
    { api: {}, at: '/checks', path: '/checks/*' },
  );

describe('what a finding is about', () => {
  it('leads to the policy, and to its page in the catalog', async () => {
    show({
      resource: {
        ref: 'page:1',
        kind: 'page',
        connection: 'northwind',
        title: 'Access control',
        entityRef: 'resource:confluence/access-control',
      },
    });
    expect(
      await screen.findByRole('link', { name: 'Access control' }),
    ).toHaveAttribute('href', '/policies/access-control');
    expect(screen.getAllByRole('link')).toHaveLength(2);
  });

  it('leads to the document among the policies where nobody has named a page', async () => {
    show({ reason: { code: 'document-not-named', text: 'Nobody has said.' } });
    expect(
      await screen.findByRole('link', { name: 'Access control' }),
    ).toHaveAttribute('href', '/policies?document=access-control');
  });
});
