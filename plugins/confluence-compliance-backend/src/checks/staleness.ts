// SPDX-License-Identifier: Apache-2.0
import type { HumanDuration } from '@backstage/types';
import type { CheckDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Duration } from 'luxon';
import { type ComplianceConfig, STANDARD_CADENCE } from '../config';
import type { History, Revision } from '../history';
import type { Gap } from './completeness';
import { Organizations, placeOf } from './places';

/** Data of which nothing was read whole for this many cadences is stale. */
const STALE_CADENCES = 3;

/** The cadence of datasets that are read with another one. */
const READ_WITH: Partial<Record<string, string>> = {
  pages: 'pagesFull',
  restrictions: 'labels',
  credentials: 'directory',
  audit: 'accounts',
};

/** However short the cadence, nothing is stale before this. */
const LEAST_MS = 60 * 60 * 1000;

/**
 * Which of the required data was not read whole for too long, as when a credential was refused ever
 * since. Judged whenever it is asked: results are stored, and their age must not change them.
 */
export async function staleGaps({
  config,
  connections,
  requires,
  organizations,
  newestWhole,
  now,
}: {
  config: Pick<ComplianceConfig, 'schedule' | 'connections'>;
  connections: string[];
  requires: CheckDataset[];
  organizations: Organizations;
  newestWhole: NewestWhole;
  now: Date;
}): Promise<Gap[]> {
  const gaps: Gap[] = [];
  for (const connection of connections) {
    for (const dataset of requires) {
      const { source } = placeOf(dataset, connection, organizations);
      const newest = source ? await newestWhole(source, dataset) : undefined;
      if (isStale(config, { connection, dataset, newest, now })) {
        gaps.push({ connection, reason: `${dataset}-stale` });
      }
    }
  }
  return gaps;
}

/** ISO time at which a dataset of a source was read whole last; empty or undefined where it never was. */
export type NewestWhole = (
  source: string,
  dataset: string,
) => Promise<string | undefined>;

/** Asked once for each dataset, however many checks need it. Default the present. */
export function newestWholeOf(
  history: Pick<History, 'containers' | 'newestWholeRead'>,
  past?: { revision: Revision; moment: string },
): NewestWhole {
  const known = new Map<string, Promise<string | undefined>>();
  const ask = async (of: { source: string; dataset: string }) => {
    if (past) {
      return history.newestWholeRead(of, past);
    }
    const containers = await history.containers(of);
    return containers
      .map(c => c.completeAt ?? '')
      .sort()
      .pop();
  };
  return (source, dataset) => {
    const name = JSON.stringify([source, dataset]);
    const newest = known.get(name) ?? ask({ source, dataset });
    known.set(name, newest);
    return newest;
  };
}

/** Whether the newest whole read of a dataset was too long ago. */
export function isStale(
  config: Pick<ComplianceConfig, 'schedule' | 'connections'>,
  read: {
    connection: string;
    dataset: string;
    /** ISO time; absent or empty where nothing was read whole. */
    newest: string | undefined;
    now: Date;
  },
): boolean {
  const every = cadenceOf(config, read.connection, read.dataset);
  if (!every || !read.newest) {
    return false;
  }
  const cadences = STALE_CADENCES * Duration.fromObject(every).toMillis();
  const age = read.now.getTime() - Date.parse(read.newest);
  return age > Math.max(cadences, LEAST_MS);
}

function cadenceOf(
  { schedule, connections }: Pick<ComplianceConfig, 'schedule' | 'connections'>,
  connection: string,
  dataset: string,
): HumanDuration | undefined {
  if (dataset === 'people') {
    return schedule.people;
  }
  const cadence: Partial<Record<string, HumanDuration>> =
    connections.find(({ id }) => id === connection)?.cadence ??
    STANDARD_CADENCE;
  return cadence[READ_WITH[dataset] ?? dataset];
}
