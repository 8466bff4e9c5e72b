// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ComplianceConfig } from '../config';
import type { History, Lists, Revision } from '../history';
import type { AttestationRow } from './attestations/AttestationRows';
import type { Attestations } from './attestations/Attestations';
import type { RegisteredCheck } from './CheckRegistry';
import type { Organizations } from './places';
import type { PastRun, RunRecords } from './RunRecords';
import { type NewestWhole, newestWholeOf, staleGaps } from './staleness';
import { type Standing, withUnjudged } from './standing';
import { summarize } from './summarize';

interface Rooms {
  config: Pick<ComplianceConfig, 'schedule' | 'connections' | 'frameworks'>;
  history: History;
  lists: Lists;
}

/** What is the same for every check that is asked for at once. */
interface PastKnown {
  runs: Map<string, PastRun>;
  organizations: Organizations;
  /** Those that were the newest of each connection, by id of the check. */
  attested: Map<string, AttestationRow[]>;
  newestWhole: NewestWhole;
  past: { revision: Revision; moment: string };
}

/**
 * Checks and where they stood at a moment of the past, as it was known then. An InputError where no run
 * of then is kept.
 */
export async function checksAt(
  rooms: Rooms & {
    checks: Map<string, RegisteredCheck>;
    records: Pick<RunRecords, 'at' | 'first'>;
    attestations: Pick<Attestations, 'standing'>;
  },
  asked: string[],
  { past, organizations }: Pick<PastKnown, 'past' | 'organizations'>,
): Promise<Check[]> {
  const { checks, records, attestations } = rooms;
  const first = await records.first();
  if (first === undefined || past.moment < first) {
    const since = first
      ? `the first that is kept is of ${first}: ask for that time or later`
      : 'none is kept';
    throw new InputError(
      `asOf ${past.moment}: nothing is known of runs of checks by then; ${since}`,
    );
  }
  const known = {
    runs: await records.at([...checks.keys()], past.moment),
    organizations,
    attested: await attestations.standing(past.moment),
    newestWhole: newestWholeOf(rooms.history, past),
    past,
  };
  return Promise.all(
    [...checks.values()].map(async registered =>
      summarize(
        registered,
        await pastStandingOf(rooms, registered, asked, known),
      ),
    ),
  );
}

/**
 * Where a check stood at a moment of the past in the connections that are asked for, as it was known
 * then: what it judged, what it could not judge, and how old its data was. What the check is, its
 * controls and cadences are those of the present.
 */
async function pastStandingOf(
  rooms: Rooms,
  { check }: RegisteredCheck,
  asked: string[],
  { runs, organizations, attested, newestWhole, past }: PastKnown,
): Promise<Standing> {
  const { config, lists } = rooms;
  const now = new Date(past.moment);
  const run = runs.get(check.id);
  const connections = asked.filter(id => !run?.passedOver.includes(id));
  return {
    run: withUnjudged(run, connections),
    counts: await lists.findings.countVerdicts(check.id, asked, past.revision),
    excepted: await lists.findings.countExcepted(check.id, asked, past),
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
    // No run of then goes on now.
    dead: now,
    organizations,
    attested: attested.get(check.id) ?? [],
    now,
    frameworks: config.frameworks,
  };
}
