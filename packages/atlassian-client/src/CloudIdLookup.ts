// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { cloudIdPattern, type Credential } from './credentials';
import { endpointName, platformEndpoints } from './endpoints';
import { AtlassianError, QuotaExceededError, UpstreamError } from './errors';
import type { Answer } from './exchange';
import { detailsOf, explainWrongSite, wrongSite } from './failures';
import { readResources } from './resources';
import { SingleFlight } from './SingleFlight';
import type { Transport } from './Transport';

const tenantSchema = z.object({ cloudId: z.string().regex(cloudIdPattern) });

/**
 * Finds the cloud id of a site and keeps it: the configured one, else from the resources the
 * credential opens, else from the site itself. A credential whose resources are all it opens never
 * comes to ask the site.
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
      shared => this.#find(shared),
      signal,
    );
    return this.#known;
  }

  async #find(signal: AbortSignal): Promise<string> {
    switch (this.#credential.resources) {
      case 'all':
        return this.#fromGrant(signal);
      case 'some':
        return (
          (await this.#fromResources(signal)) ?? (await this.#fromSite(signal))
        );
      default:
        return this.#fromSite(signal);
    }
  }

  async #fromGrant(signal: AbortSignal): Promise<string> {
    const endpoint = platformEndpoints.accessibleResources;
    const answer = await this.#askResources(signal);
    const list = readResources(answer.json);
    const match = list?.sites.find(({ site }) => site === this.#site);
    if (match) {
      return match.cloudId;
    }
    if (list?.malformed.length === 0) {
      throw wrongSite(endpoint, answer);
    }
    throw new UpstreamError('invalid-response', {
      ...detailsOf(endpoint, answer),
      reason: 'no usable list of sites',
    });
  }

  async #fromResources(signal: AbortSignal): Promise<string | undefined> {
    try {
      const { json } = await this.#askResources(signal);
      return readResources(json)?.sites.find(({ site }) => site === this.#site)
        ?.cloudId;
    } catch (error) {
      if (mayAskTheSite(error)) {
        return undefined;
      }
      throw error;
    }
  }

  async #askResources(signal: AbortSignal): Promise<Answer> {
    const endpoint = platformEndpoints.accessibleResources;
    return this.#transport.ask({
      endpoint,
      base: this.#apiUrl,
      path: endpoint.path,
      credential: this.#credential,
      signal,
    });
  }

  async #fromSite(signal: AbortSignal): Promise<string> {
    const endpoint = platformEndpoints.tenantInfo;
    const answer = await this.#transport.ask({
      endpoint,
      base: this.#site,
      path: endpoint.path,
      signal,
      explain: bad =>
        explainWrongSite(endpoint, bad) ??
        // No credential is sent here, so that none can be refused.
        (bad.status < 500 ? wrongSite(endpoint, bad) : undefined),
    });
    const tenant = tenantSchema.safeParse(answer.json);
    if (!tenant.success) {
      throw wrongSite(endpoint, answer);
    }
    return tenant.data.cloudId;
  }
}

/**
 * Not every kind of credential may list its resources, so a refusal by that endpoint leads on to
 * the site. A refusal by the token address, a wait or a failing network does not.
 */
function mayAskTheSite(error: unknown): boolean {
  const endpoint = endpointName(platformEndpoints.accessibleResources);
  if (!(error instanceof AtlassianError) || error.endpoint !== endpoint) {
    return false;
  }
  return error instanceof UpstreamError
    ? ['invalid-response', 'client'].includes(error.kind)
    : !(error instanceof QuotaExceededError);
}
