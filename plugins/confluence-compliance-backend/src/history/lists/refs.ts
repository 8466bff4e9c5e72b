// SPDX-License-Identifier: Apache-2.0

/** A record of one connection. */
export interface Ref {
  connection: string;
  id: string;
}

/** How a record is found again in a map. */
export function keyOf(connection: string, id: string): string {
  return `${connection}/${id}`;
}

/** Calls once for each connection, with the distinct ids that are asked of it. */
export async function perConnection(
  refs: Ref[],
  read: (connection: string, ids: string[]) => Promise<void>,
): Promise<void> {
  const byConnection = new Map<string, Set<string>>();
  for (const { connection, id } of refs) {
    const ids = byConnection.get(connection) ?? new Set();
    byConnection.set(connection, ids.add(id));
  }
  for (const [connection, ids] of byConnection) {
    await read(connection, [...ids]);
  }
}
