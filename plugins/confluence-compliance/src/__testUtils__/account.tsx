// SPDX-License-Identifier: Apache-2.0
import { AccountsTab } from '../accounts/AccountsTab';
import type { ConfluenceComplianceApi } from '../api';
import { accountDetail, connection, pageOf } from './fixtures';
import { grants } from './fixtures/grants';
import { renderPage } from './render';

/** The page of an account, over answers of the backend of which some can be replaced. */
export const open = (
  api: Partial<ConfluenceComplianceApi> = {},
  search = '',
): ReturnType<typeof renderPage> =>
  renderPage(<AccountsTab />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      getAccount: async () => accountDetail(),
      listAccountGrants: async () => pageOf(grants),
      listFindings: async () => pageOf([]),
      listAccountChanges: async () => pageOf([]),
      listPages: async () => pageOf([]),
      getAccountDecisions: async () => ({}),
      ...api,
    },
    at: `/accounts/northwind/557058%3Aana${search}`,
    path: '/accounts/*',
  });
