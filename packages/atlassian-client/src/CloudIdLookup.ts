// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { type Credential, readCloudId } from './credentials';
import { endpointName, platformEndpoints } from './endpoints';
import { AtlassianError, QuotaExceededError, UpstreamError } from './errors';
import { SingleFlight } from './SingleFlight';
import type { Transport } from './Transport';

const resourcesSchema = z.array(z.unknown());
const resourceSchema = z.object({ id: z.string(), url: z.string() });
const tenantSchema = z.object({ cloudId: z.string() });

/**
 * Finds the cloud id of a site and keeps it: the configured one, else from the resources the
 * credential opens, else from the site itself.
 */
export class CloudIdLookup {
  readonly #transport: Transport;
  readonly #site: string;
  readonly #apiUrl: string;
  readonly #credential: Credential;
  readonly #flight = new SingleFlight<string>();
  #known?: string;

  constructor(
    transport: Transport,
    site: string,
    apiUrl: string,
    credential: Credential,
  ) {
    this.#transport = transport;
    this.#site = site;
    this.#apiUrl = apiUrl;
    this.#credential = credential;
    this.#known = credential.cloudId;
  }

  async cloudId(signal?: AbortSignal): Promise<string> {
    this.#known ??= await this.#flight.run(
      async shared =>
        (await this.#fromResources(shared)) ?? (await this.#fromSite(shared)),
      signal,
    );
    return this.#known;
  }

  async #fromResources(signal: AbortSignal): Promise<string | undefined> {
    if (this.#credential.route !== 'gateway') {
      return undefined;
    }
    const endpoint = platformEndpoints.accessibleResources;
    try {
      const { json } = await this.#transport.ask({
        endpoint,
        base: this.#apiUrl,
        path: endpoint.path,
        credential: this.#credential,
        signal,
      });
      const resources = resourcesSchema.safeParse(json).data ?? [];
      const match = resources
        .map(resource => resourceSchema.safeParse(resource).data)
        .find(resource => resource && originOf(resource.url) === this.#site);
      return match && readCloudId(match.id);
    } catch (error) {
      if (mayAskTheSite(error, endpointName(endpoint))) {
        return undefined;
      }
      throw error;
    }
  }

  async #fromSite(signal: AbortSignal): Promise<string> {
    const endpoint = platformEndpoints.tenantInfo;
    const { json } = await this.#transport.ask({
      endpoint,
      base: this.#site,
      path: endpoint.path,
      signal,
    });
    try {
      return readCloudId(tenantSchema.safeParse(json).data?.cloudId);
    } catch {
      throw new UpstreamError('invalid-response', {
        endpoint: endpointName(endpoint),
        reason: 'no cloudId; configure it',
      });
    }
  }
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

/**
 * Not every kind of credential may list its resources, so a refusal by that endpoint leads on to
 * the site. A refusal by the token address, a wait or a failing network does not.
 */
function mayAskTheSite(error: unknown, endpoint: string): boolean {
  if (!(error instanceof AtlassianError)) {
    return error instanceof TypeError;
  }
  const temporary =
    error instanceof QuotaExceededError ||
    (error instanceof UpstreamError &&
      ['server', 'network', 'timeout', 'address'].includes(error.kind));
  return error.endpoint === endpoint && !temporary;
}
