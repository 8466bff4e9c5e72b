// SPDX-License-Identifier: Apache-2.0
import type { HumanDuration } from '@backstage/types';
import type { CheckDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Duration } from 'luxon';
import type { ComplianceConfig } from '../config';
import type { History } from '../history';
import { PEOPLE } from '../people';
import type { Gap } from './completeness';

/** Data of which nothing was read whole for this many cadences is stale. */
const STALE_CADENCES = 3;

/** However short the cadence, nothing is stale before this. */
const LEAST_MS = 60 * 60 * 1000;

/**
 * Which of the required data was not read whole for too long, as when a credential was refused ever
 * since. Judged whenever it is asked: results are stored, and their age must not change them.
 */
export async function staleGaps({
  config,
  history,
  connections,
  requires,
  now,
}: {
  config: Pick<ComplianceConfig, 'schedule' | 'connections'>;
  history: History;
  connections: string[];
  requires: CheckDataset[];
  now: Date;
}): Promise<Gap[]> {
  const gaps: Gap[] = [];
  for (const connection of connections) {
    for (const dataset of requires) {
      const every = cadenceOf(config, connection, dataset);
      const source = dataset === 'people' ? PEOPLE.source : connection;
      const containers = await history.containers({ source, dataset });
      const newest = containers
        .map(c => c.completeAt ?? '')
        .sort()
        .pop();
      if (every && newest) {
        const cadences = STALE_CADENCES * Duration.fromObject(every).toMillis();
        const age = now.getTime() - Date.parse(newest);
        if (age > Math.max(cadences, LEAST_MS)) {
          gaps.push({ connection, reason: `${dataset}-stale` });
        }
      }
    }
  }
  return gaps;
}

function cadenceOf(
  { schedule, connections }: Pick<ComplianceConfig, 'schedule' | 'connections'>,
  connection: string,
  dataset: CheckDataset,
): HumanDuration | undefined {
  if (dataset === 'people') {
    return schedule.people;
  }
  const cadence: Partial<Record<string, HumanDuration>> =
    connections.find(({ id }) => id === connection)?.cadence ?? {};
  return cadence[dataset === 'pages' ? 'pagesFull' : dataset];
}
