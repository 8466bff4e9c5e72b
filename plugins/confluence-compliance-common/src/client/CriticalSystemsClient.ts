// SPDX-License-Identifier: Apache-2.0
import type {
  CriticalSystem,
  CriticalSystemInput,
  CriticalSystemQuery,
} from '../schemas/criticalSystems';
import type { Page } from '../schemas/lists';
import { type CallOptions, path, Requests, withQuery } from './Requests';

/** The part of the client that is about critical systems. @public */
export class CriticalSystemsClient extends Requests {
  /** Sites and spaces whose access must be reviewed. */
  listCriticalSystems(options?: CallOptions): Promise<Page<CriticalSystem>> {
    return this.get('/critical-systems', {}, options);
  }

  /** Marks a site, or a space of it, or changes how it is marked. */
  markCriticalSystem(
    connection: string,
    query: CriticalSystemQuery,
    body: CriticalSystemInput,
    options?: CallOptions,
  ): Promise<CriticalSystem> {
    const url = withQuery(path`/critical-systems/${connection}`, query);
    return this.write('PUT', url, body, options);
  }

  /** Takes the mark of the portal away. */
  async unmarkCriticalSystem(
    connection: string,
    query: CriticalSystemQuery,
    options?: CallOptions,
  ): Promise<void> {
    const url = withQuery(path`/critical-systems/${connection}`, query);
    await this.request(url, { method: 'DELETE', signal: options?.signal });
  }
}
