// SPDX-License-Identifier: Apache-2.0
import type { Purpose } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { mistake } from './mistakes';

/** What other keys need to know of a connection that they name. */
export interface KnownConnection {
  id: string;
  purposes: Purpose[];
}

/** Throws unless the connection exists and is used for that. */
export function checkConnection(
  connections: KnownConnection[],
  id: string,
  purpose: Purpose,
  path: PropertyKey[],
): void {
  const found = connections.find(connection => connection.id === id);
  if (!found) {
    const ids = connections.map(connection => connection.id).join(', ');
    throw mistake(
      path,
      `names the connection '${id}', which does not exist: ${
        ids ? `use one of ${ids}` : 'add it to connections'
      }`,
    );
  }
  if (!found.purposes.includes(purpose)) {
    throw mistake(
      path,
      `names the connection '${id}', which is not used for '${purpose}': add that to its purposes`,
    );
  }
}
