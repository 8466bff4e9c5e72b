// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { AccessReader } from '../access';
import type { Checks } from '../checks';
import type { Connections } from '../connections';
import type { History, Lists } from '../history';
import type { Sync } from '../sync';

/** The rooms that routes call. */
export interface Rooms {
  history: History;
  lists: Lists;
  connections: Connections;
  sync: Sync;
  checks: Checks;
  access: AccessReader;
}

/** The connections a list is about: the one that was asked for, or all. */
export function connectionsOf(
  { connections }: Pick<Rooms, 'connections'>,
  asked: string | undefined,
): string[] {
  const all = connections.list().map(({ id }) => id);
  if (asked === undefined) {
    return all;
  }
  if (!all.includes(asked)) {
    throw new InputError(
      `connection: there is no connection '${asked}', use one of ${all.join(
        ', ',
      )}`,
    );
  }
  return [asked];
}

interface ListQuery {
  connection?: string;
  asOf?: string;
  cursor?: string;
  limit: number;
}

/** What every list is asked with; the revision is the one that `asOf` means. */
export async function listOptions<Q extends ListQuery>(
  rooms: Pick<Rooms, 'connections' | 'history'>,
  query: Q,
) {
  const { connection, asOf, ...rest } = query;
  return {
    ...rest,
    connections: connectionsOf(rooms, connection),
    // A cursor brings its own revision, and the one of its first page may be gone.
    revision: await rooms.history.resolve(query.cursor ? undefined : asOf),
  };
}
