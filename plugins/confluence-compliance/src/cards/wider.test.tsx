// SPDX-License-Identifier: Apache-2.0
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import type {
  Access,
  FindingsQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import type { ConfluenceComplianceApi } from '../api';
import { finding, hostile, pageOf } from '../__testUtils__/fixtures';
import { groupAccess } from '../__testUtils__/fixtures/access';
import { spaceGrants } from '../__testUtils__/fixtures/grants';
import {
  criticalSpaceAccess,
  siteAccess,
} from '../__testUtils__/fixtures/spaceAccess';
import { renderPage, responseError } from '../__testUtils__/render';
import {
  filters,
  isConfluenceAccessAvailable,
  isConfluenceAccessReviewAvailable,
  isConfluenceContentAvailable,
  isConfluencePolicyAvailable,
  isConfluenceSpaceAvailable,
} from './entities';
import { EntityConfluenceContent } from './EntityContent';
import { HomeWidget } from './HomeWidget';

const slow = { timeout: 10_000 };

describe('the tab of an entity page', () => {
  const open = (answer: Access, api: Partial<ConfluenceComplianceApi> = {}) => {
    const { kind, namespace, name } = parseEntityRef(answer.entityRef);
    return renderPage(
      <EntityProvider
        entity={{
          apiVersion: 'backstage.io/v1alpha1',
          kind,
          metadata: { namespace, name },
        }}
      >
        <EntityConfluenceContent />
      </EntityProvider>,
      { api: { getAccess: async () => answer, ...api } },
    );
  };

  it('lists every principal of a space, page by page', async () => {
    const listSpaceGrants = jest.fn<
      ReturnType<ConfluenceComplianceApi['listSpaceGrants']>,
      Parameters<ConfluenceComplianceApi['listSpaceGrants']>
    >(async (_connection, _key, query) =>
      query?.cursor
        ? pageOf(spaceGrants.slice(1))
        : pageOf(spaceGrants.slice(0, 1), { pageInfo: { nextCursor: 'two' } }),
    );
    const { user } = open(criticalSpaceAccess, { listSpaceGrants });
    const rows = () =>
      within(
        screen.getByRole('table', { name: 'Who can do most' }),
      ).getAllByRole('row').length - 1;
    await user.click(
      await screen.findByRole('button', { name: 'Show more' }, slow),
    );
    expect(await screen.findByText('Mei Tanaka')).toBeInTheDocument();
    expect(rows()).toBe(3);
    expect(listSpaceGrants).toHaveBeenLastCalledWith(
      'northwind',
      'PAY',
      { limit: 25, cursor: 'two' },
      expect.anything(),
    );
    expect(
      screen.getByRole('region', { name: 'Access review' }),
    ).toHaveTextContent(/First review was due/);
    expect(
      within(screen.getByRole('region', { name: 'Checks' })).getAllByRole(
        'listitem',
      ),
    ).toHaveLength(3);
  });

  it('keeps the principals it knows when the list fails', async () => {
    const error = await responseError(503, 'The database is away');
    open(criticalSpaceAccess, {
      listSpaceGrants: async () => {
        throw error;
      },
    });
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    expect(screen.getByText('Mei Tanaka')).toBeInTheDocument();
    expect(screen.getByText('6 more grants')).toBeInTheDocument();
  });

  it('shows what a Confluence group can do', async () => {
    open(groupAccess);
    expect(
      await screen.findByRole('region', { name: 'Confluence access' }),
    ).toHaveTextContent(/Managed bySCIM/);
    expect(screen.getByRole('region', { name: 'Checks' })).toBeInTheDocument();
  });

  it('shows the access review of a site', async () => {
    open(siteAccess);
    expect(await screen.findByText(/^First review due/)).toBeInTheDocument();
  });
});

describe('the home widget', () => {
  const open = (api: Partial<ConfluenceComplianceApi>, ref?: string) =>
    renderPage(
      <TestApiProvider
        apis={[[identityApiRef, mockApis.identity({ userEntityRef: ref })]]}
      >
        <HomeWidget />
      </TestApiProvider>,
      { api },
    );

  it('says how much needs somebody, and the three riskiest', async () => {
    const listFindings = jest.fn(async ({ excepted }: FindingsQuery = {}) =>
      pageOf(
        [
          finding(),
          finding({
            id: '2',
            subject: {
              kind: 'account',
              connection: 'northwind',
              id: 'x',
              title: hostile,
            },
          }),
        ],
        { totalItems: excepted === 'only' ? 3 : { atLeast: 10_000 } },
      ),
    );
    open({ listFindings });
    expect(
      await screen.findByText('10 000 or more findings fail'),
    ).toBeInTheDocument();
    expect(await screen.findByText('3 excepted')).toBeInTheDocument();
    expect(
      within(screen.getByRole('list', { name: 'Riskiest first' })).getAllByRole(
        'listitem',
      ),
    ).toHaveLength(2);
    expect(
      screen.getByText(hostile, { normalizer: text => text }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open the overview' }),
    ).toHaveAttribute('href', '/overview');
    expect(listFindings).toHaveBeenCalledWith(
      {
        limit: 3,
        sort: '-severity',
        verdict: 'fail',
        excepted: 'without',
        cursor: undefined,
      },
      expect.anything(),
    );
  });

  it('says that nothing needs anybody', async () => {
    open({ listFindings: async () => pageOf([]) });
    expect(
      await screen.findByText('Nothing is known to fail'),
    ).toBeInTheDocument();
  });
});

describe('which entities get which card', () => {
  const entity = (
    kind: string,
    type?: string,
    annotations?: Record<string, string>,
  ) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'x', annotations },
    spec: { type },
  });
  const space = { 'atlassian.net/confluence-space': 'northwind/PAY' };
  const site = { 'atlassian.net/site': 'https://northwind.atlassian.net' };
  const entities = [
    entity('User'),
    entity('Group', 'team'),
    entity('Group', 'confluence-group'),
    entity('System', 'saas', site),
    entity('System', undefined, space),
    entity('Component', 'service', space),
    entity('Component', 'service'),
    entity('API', 'openapi', space),
    entity('Resource', 'confluence-space', space),
    entity('Resource', 'confluence-page'),
    entity('Resource', 'confluence-account'),
  ];

  it.each([
    ['access', filters.access, isConfluenceAccessAvailable, [0, 1, 2, 10]],
    ['space', filters.space, isConfluenceSpaceAvailable, [4, 5, 8]],
    ['review', filters.review, isConfluenceAccessReviewAvailable, [3, 4, 5, 8]],
    ['policy', filters.policy, isConfluencePolicyAvailable, [9]],
    ['content', filters.content, isConfluenceContentAvailable, [2, 3, 4, 5, 8]],
  ] as const)('%s', (_, filter, isAvailable, expected) => {
    const matches = filterPredicateToFilterFunction(filter);
    const indexes = (test: (candidate: (typeof entities)[number]) => boolean) =>
      entities.flatMap((candidate, index) => (test(candidate) ? [index] : []));
    expect(indexes(matches)).toEqual(expected);
    expect(indexes(isAvailable)).toEqual(expected);
  });
});
