// SPDX-License-Identifier: Apache-2.0
import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import {
  ConfluenceComplianceClient,
  Consumer,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  ConfluenceComplianceService,
  ConfluenceComplianceServiceOptions,
} from './service';

const pluginId = 'confluence-compliance';

/** Asks the plugin over HTTP, with a token of the caller for it. */
export class HttpConfluenceComplianceService
  implements ConfluenceComplianceService
{
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(deps: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = deps.auth;
    this.#discovery = deps.discovery;
  }

  listChanges(
    request: { since?: string; limit?: number },
    options: ConfluenceComplianceServiceOptions,
  ) {
    return this.#client(options).listChanges(request, options);
  }

  getConsumer(id: string, options: ConfluenceComplianceServiceOptions) {
    return this.#client(options).getConsumer(id, options);
  }

  saveConsumer(
    id: string,
    consumer: Consumer,
    options: ConfluenceComplianceServiceOptions,
  ) {
    return this.#client(options).saveConsumer(id, consumer, options);
  }

  #client({ credentials }: ConfluenceComplianceServiceOptions) {
    return new ConfluenceComplianceClient({
      send: async (path, init) => {
        const { token } = await this.#auth.getPluginRequestToken({
          onBehalfOf: credentials,
          targetPluginId: pluginId,
        });
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${token}`);
        const baseUrl = await this.#discovery.getBaseUrl(pluginId);
        return fetch(`${baseUrl}${path}`, { ...init, headers });
      },
    });
  }
}
