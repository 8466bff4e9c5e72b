// SPDX-License-Identifier: Apache-2.0
import {
  createApiMock,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { ResponseError } from '@backstage/errors';
import type { Entity } from '@backstage/catalog-model';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, type RenderResult, screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { Route, Routes, useLocation, useNavigate } from 'react-router-dom';
import { SWRConfig } from 'swr';
import {
  type ConfluenceComplianceApi,
  confluenceComplianceApiRef,
} from '../api';
import { createQueryClient } from '../queryClient';
import {
  accountsRouteRef,
  checksRouteRef,
  connectionsRouteRef,
  groupsRouteRef,
  overviewRouteRef,
  policiesRouteRef,
  reviewsRouteRef,
  rootRouteRef,
  spacesRouteRef,
} from '../routes';

const apiMock = createApiMock(confluenceComplianceApiRef, () => ({
  listConnections: jest.fn(),
  getConnection: jest.fn(),
  getConnectionSetup: jest.fn(),
  createConnection: jest.fn(),
  updateConnection: jest.fn(),
  deleteConnection: jest.fn(),
  testConnection: jest.fn(),
  authorizeConnection: jest.fn(),
  completeAuthorization: jest.fn(),
  listUserGroupChoices: jest.fn(),
  listReviews: jest.fn(),
  createReview: jest.fn(),
  getReview: jest.fn(),
  startReview: jest.fn(),
  listReviewItems: jest.fn(),
  listOwnReviews: jest.fn(),
  listOpenDecisions: jest.fn(),
  listOwnReviewItems: jest.fn(),
  decideReviewItems: jest.fn(),
  reassignReviewItems: jest.fn(),
  handOnReviewItems: jest.fn(),
  changeReviewOwner: jest.fn(),
  listReviewHistory: jest.fn(),
  listRemediations: jest.fn(),
  signOffReview: jest.fn(),
  cancelReview: jest.fn(),
  previewReview: jest.fn(),
  getReviewItemHistory: jest.fn(),
  getReviewSummary: jest.fn(),
  exportReview: jest.fn(),
  assignRemediations: jest.fn(),
  listDelegations: jest.fn(),
  listAllDelegations: jest.fn(),
  delegateReviews: jest.fn(),
  endDelegation: jest.fn(),
  endAnyDelegation: jest.fn(),
  previewRemovals: jest.fn(),
  executeRemovals: jest.fn(),
  listReviewTemplates: jest.fn(),
  setReviewTemplate: jest.fn(),
  deleteReviewTemplate: jest.fn(),
  listContainers: jest.fn(),
  listRuns: jest.fn(),
  getRun: jest.fn(),
  syncNow: jest.fn(),
  listRefused: jest.fn(),
  acceptShrink: jest.fn(),
  listAccounts: jest.fn(),
  getAccount: jest.fn(),
  listAccountGrants: jest.fn(),
  eraseAccount: jest.fn(),
  listPeople: jest.fn(),
  listPeopleSources: jest.fn(),
  confirmDeparture: jest.fn(),
  acceptPeopleShrink: jest.fn(),
  listUnidentified: jest.fn(),
  getAccountDecisions: jest.fn(),
  linkAccount: jest.fn(),
  classifyAccount: jest.fn(),
  linkAccounts: jest.fn(),
  classifyAccounts: jest.fn(),
  listGroups: jest.fn(),
  getGroup: jest.fn(),
  listGroupGrants: jest.fn(),
  listGroupMembers: jest.fn(),
  listSpaces: jest.fn(),
  getSpace: jest.fn(),
  listSpaceGrants: jest.fn(),
  listAccountChanges: jest.fn(),
  listGroupChanges: jest.fn(),
  listSpaceChanges: jest.fn(),
  listPages: jest.fn(),
  listChecks: jest.fn(),
  listControls: jest.fn(),
  getCheck: jest.fn(),
  runCheck: jest.fn(),
  listAttestations: jest.fn(),
  attestCheck: jest.fn(),
  listFindings: jest.fn(),
  assignFindings: jest.fn(),
  recheckFinding: jest.fn(),
  listComments: jest.fn(),
  addComment: jest.fn(),
  getTrend: jest.fn(async () => ({ points: [] })),
  listExceptions: jest.fn(),
  requestExceptions: jest.fn(),
  approveException: jest.fn(),
  rejectException: jest.fn(),
  withdrawException: jest.fn(),
  endException: jest.fn(),
  getAccess: jest.fn(),
  listCriticalSystems: jest.fn(),
  markCriticalSystem: jest.fn(),
  unmarkCriticalSystem: jest.fn(),
  listPolicies: jest.fn(),
  listPolicyDocuments: jest.fn(),
  findPolicyPages: jest.fn(),
  mapPolicy: jest.fn(),
  unmapPolicy: jest.fn(),
  listChanges: jest.fn(),
  getConsumer: jest.fn(),
  getPolicy: jest.fn(),
  getPolicyEditors: jest.fn(),
  getPolicyDifference: jest.fn(),
  approvePolicy: jest.fn(),
  getAcknowledgements: jest.fn(),
  acknowledgePolicy: jest.fn(),
  remindOfPolicy: jest.fn(),
  listOwnAcknowledgements: jest.fn(),
  saveConsumer: jest.fn(),
}));

/** An error as the backend sends it. */
export function responseError(statusCode: number, message: string) {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode },
      }),
      {
        status: statusCode,
        statusText: 'Status',
        headers: { 'content-type': 'application/json' },
      },
    ),
  );
}

/** A promise that never settles, as a slow backend. */
export const never = <T,>() => new Promise<T>(() => {});

/** A panel of a page, by its heading. */
export const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));

interface RenderPageOptions {
  api: Partial<ConfluenceComplianceApi>;
  /** Address, such as `/accounts?q=ana`. */
  at?: string;
  /** Route pattern of the page. */
  path?: string;
  /** Names of permissions that are refused. */
  refused?: string[];
  /** What the catalog has; without it there is no catalog. */
  entities?: Entity[];
}

/** Renders one page over a mocked API, with a cache of its own and no retries. */
export function renderPage(
  element: JSX.Element,
  { api, at = '/', path = '/*', refused = [], entities }: RenderPageOptions,
): RenderResult & {
  user: UserEvent;
  address: { current: string };
  /** Presses Back in the browser. */
  back: () => void;
} {
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { retry: false } });
  const address = { current: '' };
  let goBack = () => {};
  const Address = () => {
    const { pathname, search } = useLocation();
    const navigate = useNavigate();
    goBack = () => navigate(-1);
    address.current = pathname + search;
    return null;
  };
  const user = userEvent.setup();
  const mock = apiMock(api);
  const result = renderInTestApp(
    // Permissions that another page was given must not be remembered here.
    <SWRConfig value={{ provider: () => new Map() }}>
      <QueryClientProvider client={client}>
        <Address />
        <Routes>
          <Route path={path} element={element} />
        </Routes>
      </QueryClientProvider>
    </SWRConfig>,
    {
      initialRouteEntries: [at],
      mountedRoutes: {
        '/root': rootRouteRef,
        '/overview': overviewRouteRef,
        '/groups': groupsRouteRef,
        '/spaces': spacesRouteRef,
        '/connections': connectionsRouteRef,
        '/accounts': accountsRouteRef,
        '/checks': checksRouteRef,
        '/reviews': reviewsRouteRef,
        '/policies': policiesRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        mock,
        ...(entities
          ? [[catalogApiRef, catalogApiMock({ entities })] as const]
          : []),
        mockApis.identity({ userEntityRef: 'user:default/ana.lindqvist' }),
        mockApis.permission({
          authorize: ({ permission }) =>
            refused.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        }),
      ],
    },
  );
  return { ...result, user, address, back: () => act(() => goBack()) };
}
