// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { cloudIdPattern } from './credentials';
import { optionalText } from './fields';
import { readRecords } from './records';
import type { MalformedRecord } from './types';

/** A site that a bearer token opens, for one product or several. */
export interface Resource {
  cloudId: string;
  /** Its origin. */
  site: string;
  name?: string;
  scopes: string[];
}

const resourceSchema: z.ZodType<Resource> = z
  .object({
    id: z.string().regex(cloudIdPattern),
    url: z.url({ protocol: /^https?$/ }),
    name: optionalText,
    scopes: z.array(z.string()).nullish().catch(undefined),
  })
  .transform(({ id, url, name, scopes }) => ({
    cloudId: id,
    site: new URL(url).origin,
    name,
    scopes: scopes ?? [],
  }));

/**
 * Reads the answer about accessible resources. A site with several products stands in it several
 * times and comes out once, with the scopes of all.
 *
 * @returns `undefined` when the answer is no list
 */
export function readResources(
  json: unknown,
): { sites: Resource[]; malformed: MalformedRecord[] } | undefined {
  if (!Array.isArray(json)) {
    return undefined;
  }
  const { items, malformed } = readRecords(json, resourceSchema);
  const sites = new Map<string, Resource>();
  for (const item of items) {
    const known = sites.get(item.cloudId);
    sites.set(item.cloudId, {
      ...item,
      ...known,
      scopes: [...new Set([...(known?.scopes ?? []), ...item.scopes])],
    });
  }
  return { sites: [...sites.values()], malformed };
}
