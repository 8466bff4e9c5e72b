// SPDX-License-Identifier: Apache-2.0
import { World } from './world/World';

/** A site of the organization; both show the same world. */
export interface Site {
  cloudId: string;
  /** Address without `/wiki`. */
  url: string;
  name: string;
}

/** The two sites of the organization, told apart by the name of the host. */
export function sitesAt(port: number, world: World): readonly [Site, Site] {
  return [
    {
      cloudId: world.cloudId,
      url: `http://127.0.0.1:${port}`,
      name: 'northwind',
    },
    {
      cloudId: world.secondCloudId,
      url: `http://localhost:${port}`,
      name: 'northwind-labs',
    },
  ];
}

/** The site that a Host header names; the first one when it names none. */
export function siteOfHost(
  sites: readonly Site[],
  host: string | undefined,
): Site {
  return sites.find(site => site.url === `http://${host}`) ?? sites[0];
}
