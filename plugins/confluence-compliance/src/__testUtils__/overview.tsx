// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { OverviewPage } from '../overview/OverviewPage';
import {
  allChecks,
  connection,
  finding,
  pageOf,
  partialConnection,
  trend,
} from './fixtures';
import { exceptionPage } from './fixtures/exceptions';
import { renderPage } from './render';

/** The overview, over answers of the backend of which some can be replaced. */
export const open = (
  api: Partial<ConfluenceComplianceApi> = {},
  at = '/confluence-compliance/overview',
): ReturnType<typeof renderPage> =>
  renderPage(<OverviewPage />, {
    api: {
      listChecks: async () => pageOf(allChecks),
      listConnections: async () => pageOf([connection(), partialConnection]),
      getTrend: async () => trend,
      listFindings: async () => pageOf([finding()]),
      listExceptions: async () => exceptionPage([]),
      ...api,
    },
    at,
  });
