// SPDX-License-Identifier: Apache-2.0
import type {
  CheckCounts,
  CriticalSystem,
  Reach,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { CriticalSystems, SystemState } from '../critical-systems';
import type { History, Lists, Lookups, Revision } from '../history';
import { criticalSystemValid } from './builtin/criticalSystemValid';
import type { CheckStand } from './CheckStand';
import { completenessOf } from './completeness';
import { toReach, toSeen } from './reach';
import { toReason } from './reasons';

interface Rooms {
  history: History;
  /** Who reaches a space, counted not long ago. */
  reach: Lists['access']['peopleOfSpace'];
  lookups: Lookups;
  criticalSystems: CriticalSystems;
  stand: (id: string, connection: string) => Promise<CheckStand>;
}

/** Which critical systems are described; default all. */
export interface SystemsQuery {
  revision: Revision;
  connections?: string[];
  /** Ref of the only one, such as `space:65537`. */
  resource?: string;
}

/** The critical systems with who reaches them and what the check of their rule found. */
export async function describeSystems(
  rooms: Rooms,
  query: SystemsQuery,
): Promise<CriticalSystem[]> {
  const systems: CriticalSystem[] = [];
  for (const state of await rooms.criticalSystems.list(query)) {
    const { resource, origin, alsoMarked, owner, rule, review } = state;
    if (query.resource !== undefined && query.resource !== resource.ref) {
      continue;
    }
    systems.push({
      resource,
      origin,
      ...(alsoMarked && { alsoMarked }),
      ...(owner && { owner }),
      rule,
      reach: await reachOf(rooms, state, query.revision),
      check: await standOf(rooms, state, query.revision),
      review,
    });
  }
  return systems;
}

async function reachOf(
  rooms: Rooms,
  state: SystemState,
  revision: Revision,
): Promise<Reach> {
  const { connection, spaceId, missing } = state;
  if (missing) {
    const none = toSeen(0, missing);
    return { people: none, admins: none, guests: 0, machines: 0 };
  }
  if (spaceId === undefined) {
    const reach = await rooms.lookups.siteReach(connection, revision);
    const { gaps } = await completenessOf(
      rooms.history,
      connection,
      ['accounts', 'memberships'],
      new Map(),
    );
    return {
      people: toSeen(reach.person + reach.shared, gaps[0]?.reason),
      admins: toSeen(0, 'site-admins-not-read'),
      guests: reach.guest,
      machines: reach.service + reach.app,
    };
  }
  return toReach(await rooms.reach({ connection, spaceId, revision }));
}

/** The check over this system alone: its own results, then why the check knows less of all. */
async function standOf(
  { lookups, stand: standIn }: Rooms,
  { connection, resource, missing }: SystemState,
  revision: Revision,
): Promise<CriticalSystem['check']> {
  const { id } = criticalSystemValid;
  const about = { connection, resource: resource.ref };
  const counts = await lookups.countAbout(id, about, revision);
  const stand = await standIn(id, connection);
  const { check } = stand;
  return {
    id,
    title: check.title,
    ...verdictOf(counts, stand, missing),
    counts,
    ...(check.lastRunAt && { lastRunAt: check.lastRunAt }),
  };
}

function verdictOf(
  counts: CheckCounts,
  { check, doubt }: CheckStand,
  missing: string | undefined,
): Pick<CriticalSystem['check'], 'verdict' | 'reason'> {
  if (missing) {
    return { verdict: 'unknown', reason: toReason(missing) };
  }
  if (counts.fail > 0) {
    return { verdict: 'fail' };
  }
  if (counts.warning > 0) {
    return { verdict: 'warning' };
  }
  if (counts.unknown > 0) {
    return { verdict: 'unknown', reason: toReason('some-unknown') };
  }
  if (check.verdict === 'unknown' && check.reason?.code !== 'some-unknown') {
    return { verdict: 'unknown', reason: check.reason };
  }
  // The check fails when another system does, and does not say its doubts then.
  if (doubt) {
    return { verdict: 'unknown', reason: doubt };
  }
  if (counts.pass > 0) {
    return { verdict: 'pass' };
  }
  return counts['not-applicable'] > 0
    ? { verdict: 'not-applicable', reason: toReason('machine-account') }
    : { verdict: 'unknown', reason: toReason('nobody-judged') };
}
