// SPDX-License-Identifier: Apache-2.0
import type {
  CheckCounts,
  ExceptableVerdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ComplianceConfig, FrameworkId } from '../config';
import type { History, Lists } from '../history';
import type { RegisteredCheck } from './CheckRegistry';
import type { AttestationRow } from './attestations/AttestationRows';
import type { CheckRun } from './CheckRunStore';
import { connectionsOf, Subjects } from './CheckScope';
import type { Gap } from './completeness';
import type { Organizations } from './places';
import { type NewestWhole, staleGaps } from './staleness';

/** What a check is summarized from. */
export interface Standing {
  run: CheckRun | undefined;
  counts: CheckCounts;
  /** How many of those that fail or warn are excepted. */
  excepted: Record<ExceptableVerdict, number>;
  /** The connections that it judges, of those that are asked for. */
  connections: string[];
  /** Whether there is any connection at all among those that are asked for. */
  anyConnection: boolean;
  /** Data that was not read for too long. */
  stale: Gap[];
  /** A run that started before this has died. */
  dead: Date;
  organizations: Organizations;
  /** The newest attestation of each connection. */
  attested: AttestationRow[];
  now: Date;
  /** The frameworks whose controls are shown. */
  frameworks: readonly FrameworkId[];
}

/** What is the same for every check that is asked for at once. */
export interface Known {
  runs: Map<string, CheckRun>;
  organizations: Organizations;
  /** The newest of each connection, by id of the check. */
  attested: Map<string, AttestationRow[]>;
  newestWhole: NewestWhole;
  now: Date;
  /** How long a run may take. */
  timeoutMs: number;
}

/** A run with what it did not judge besides: a connection that came after it was judged by nobody. */
export function withUnjudged(
  run: CheckRun | undefined,
  connections: string[],
): CheckRun | undefined {
  const unjudged: Gap[] = connections
    .filter(id => !run?.connections.includes(id))
    .map(connection => ({ connection, reason: 'connection-not-judged' }));
  return run && { ...run, gaps: [...run.gaps, ...unjudged] };
}

/** Where a check stands in the connections that are asked for. */
export async function standingOf(
  rooms: Subjects & {
    config: Pick<ComplianceConfig, 'schedule' | 'connections' | 'frameworks'>;
    history: History;
    lists: Lists;
  },
  { check }: RegisteredCheck,
  asked: string[],
  { runs, organizations, attested, newestWhole, now, timeoutMs }: Known,
): Promise<Standing> {
  const connections = await connectionsOf(check, rooms, asked);
  const revision = await rooms.history.head();
  return {
    run: withUnjudged(runs.get(check.id), connections),
    counts: await rooms.lists.findings.countVerdicts(check.id, asked, revision),
    excepted: await rooms.lists.findings.countExcepted(check.id, asked, {
      revision,
      moment: now.toISOString(),
    }),
    connections,
    anyConnection: asked.length > 0,
    stale: await staleGaps({
      ...rooms,
      connections,
      requires: check.requires,
      organizations,
      newestWhole,
      now,
    }),
    dead: new Date(now.getTime() - timeoutMs),
    organizations,
    attested: attested.get(check.id) ?? [],
    now,
    frameworks: rooms.config.frameworks,
  };
}
