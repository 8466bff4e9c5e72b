// SPDX-License-Identifier: Apache-2.0
import type { ComplianceConfig } from '../config';
import type { History, Lists, Revision } from '../history';
import type { AttestationRow } from './attestations/AttestationRows';
import type { RegisteredCheck } from './CheckRegistry';
import type { Gap } from './completeness';
import type { Organizations } from './places';
import type { PastRun } from './RunRecords';
import { staleGaps } from './staleness';
import type { Standing } from './standing';

/** What is the same for every check that is asked for at once. */
export interface PastKnown {
  runs: Map<string, PastRun>;
  organizations: Organizations;
  /** Those that were the newest of each connection, by id of the check. */
  attested: Map<string, AttestationRow[]>;
  past: { revision: Revision; moment: string };
}

/**
 * Where a check stood at a moment of the past in the connections that are asked for, as it was known
 * then: what it judged, what it could not judge, and how old its data was. What the check is, its
 * controls and cadences are those of the present.
 */
export async function pastStandingOf(
  rooms: {
    config: Pick<ComplianceConfig, 'schedule' | 'connections' | 'frameworks'>;
    history: History;
    lists: Lists;
  },
  { check }: RegisteredCheck,
  asked: string[],
  { runs, organizations, attested, past }: PastKnown,
): Promise<Standing> {
  const { config, lists } = rooms;
  const now = new Date(past.moment);
  const run = runs.get(check.id);
  const connections = asked.filter(id => !run?.passedOver.includes(id));
  // A connection that came after the run was judged by nobody.
  const unjudged: Gap[] = run
    ? connections
        .filter(id => !run.connections.includes(id))
        .map(connection => ({ connection, reason: 'never-run' }))
    : [];
  return {
    run: run && { ...run, gaps: [...run.gaps, ...unjudged] },
    counts: await lists.countVerdicts(check.id, asked, past.revision),
    excepted: await lists.countExcepted(check.id, asked, past),
    connections,
    anyConnection: asked.length > 0,
    stale: await staleGaps({
      ...rooms,
      connections,
      requires: check.requires,
      organizations,
      now,
      past,
    }),
    // No run of then goes on now.
    dead: now,
    organizations,
    attested: attested.get(check.id) ?? [],
    now,
    frameworks: config.frameworks,
  };
}
