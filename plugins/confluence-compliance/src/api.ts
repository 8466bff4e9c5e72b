// SPDX-License-Identifier: Apache-2.0
import { ConfluenceComplianceClient } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { createApiRef, type FetchApi } from '@backstage/frontend-plugin-api';

/**
 * The typed client of the Confluence Compliance backend.
 *
 * @public
 */
export type ConfluenceComplianceApi = Pick<
  ConfluenceComplianceClient,
  keyof ConfluenceComplianceClient
>;

/** @public */
export const confluenceComplianceApiRef =
  createApiRef<ConfluenceComplianceApi>().with({
    id: 'plugin.confluence-compliance',
    pluginId: 'confluence-compliance',
  });

/** The client over the app's fetch, which finds the backend and signs requests. */
export function createClient(fetchApi: FetchApi): ConfluenceComplianceApi {
  return new ConfluenceComplianceClient({
    send: (path, init) =>
      fetchApi.fetch(`plugin://confluence-compliance${path}`, init),
  });
}
