// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { DateTime } from 'luxon';
import type { AccessReader } from '../access';
import type { Checks } from '../checks';
import type { ComplianceConfig } from '../config';
import type { Connections, ConnectionSetup } from '../connections';
import type { ConnectionUpkeep } from '../ConnectionUpkeep';
import type { CriticalSystems } from '../critical-systems';
import type { History, Lists } from '../history';
import type { People } from '../people';
import type {
  Acknowledgements,
  Approvals,
  GroupReader,
  Mappings,
  Policies,
  PolicyState,
} from '../policies';
import type { Removals, Reviews, Templates } from '../reviews';
import type { Sync } from '../sync';
import { revisionAsOf } from './asOf';

/** The rooms that routes call. */
export interface Rooms {
  catalog: Pick<CatalogService, 'getEntityByRef' | 'getEntitiesByRefs'>;
  history: History;
  lists: Lists;
  config: Pick<
    ComplianceConfig,
    'allowedSites' | 'oauth' | 'frameworks' | 'policies' | 'documentsNotNeeded'
  >;
  connections: Connections;
  setup: ConnectionSetup;
  upkeep: ConnectionUpkeep;
  people: People;
  sync: Sync;
  checks: Checks;
  access: AccessReader;
  criticalSystems: CriticalSystems;
  policies: Policies;
  mappings: Mappings;
  groupReader: Pick<GroupReader, 'soon'>;
  approvals: Approvals;
  acknowledgements: Acknowledgements;
  /** Reminds those who have not acknowledged a policy; how many were told. */
  remind: (policy: PolicyState) => Promise<number>;
  reviews: Reviews;
  reviewRemovals: Removals;
  reviewTemplates: Templates;
}

/**
 * The connections a list is about: the one that was asked for, or all there were at the revision. One
 * that has ended is still there when it is asked for by name, unless its history goes.
 */
export function connectionsOf(
  { connections }: Pick<Rooms, 'connections'>,
  asked: string | undefined,
  revision?: number,
): string[] {
  const all = connections
    .all()
    .filter(({ begun, ended }) => begun && ended?.history !== 'delete')
    .map(({ id }) => id);
  if (asked === undefined) {
    return connections
      .all()
      .filter(
        ({ id, ended }) =>
          all.includes(id) &&
          (!ended || (revision !== undefined && revision < ended.revision)),
      )
      .map(({ id }) => id);
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
  rooms: Pick<Rooms, 'connections' | 'history' | 'lists'>,
  query: Q,
) {
  const { connection, asOf, ...rest } = query;
  // A cursor brings its own revision, and the one of its first page may be gone.
  const revision = query.cursor
    ? await rooms.history.head()
    : await revisionAsOf(rooms, asOf, connection);
  const moment = query.cursor
    ? undefined
    : await momentOf(rooms, asOf, revision);
  return {
    ...rest,
    connections: connectionsOf(rooms, connection, revision),
    revision,
    ...(moment && { moment }),
  };
}

/** The ISO time that `asOf` means; undefined for now. A revision means the time of its commit. */
export async function momentOf(
  { lists }: Pick<Rooms, 'lists'>,
  asOf: string | undefined,
  revision: number,
): Promise<string | undefined> {
  if (asOf === undefined) {
    return undefined;
  }
  return /^\d+$/.test(asOf)
    ? lists.timeOf(revision)
    : DateTime.fromISO(asOf, { zone: 'utc' }).toJSDate().toISOString();
}
