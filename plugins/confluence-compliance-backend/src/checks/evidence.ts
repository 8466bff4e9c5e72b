// SPDX-License-Identifier: Apache-2.0
import type {
  CheckDataset,
  CheckEvidence,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { ConnectionStateOf } from './connectionState';
import { placeOf } from './places';
import type { Snapshot } from './Snapshot';

/** How whole and how fresh all is that a connection is read for. */
export async function evidenceOf(
  options: { snapshot: Snapshot; connectionState: ConnectionStateOf },
  connection: string,
): Promise<CheckEvidence> {
  const { snapshot, connectionState } = options;
  const { datasets, credentials } = await connectionState(connection);
  const found: CheckEvidence['datasets'] = [];
  for (const dataset of datasets) {
    const { gaps } = await snapshot.completeness(connection, [dataset]);
    const gap =
      gaps[0]?.reason ?? (await unsought(snapshot, connection, dataset));
    const wholeSince = await wholeSinceOf(snapshot, connection, dataset);
    found.push({
      dataset,
      ...(wholeSince && { wholeSince }),
      ...(gap && { gap }),
    });
  }
  return { datasets: found, credentials };
}

/** That no label was ever looked for: which ones must be only the configuration says, no row does. */
async function unsought(
  snapshot: Snapshot,
  source: string,
  dataset: CheckDataset,
): Promise<string | undefined> {
  const states = await snapshot.containers({ source, dataset });
  return dataset === 'labels' && states.length === 0
    ? 'labels-never-read'
    : undefined;
}

/**
 * When the oldest part of a dataset was last read whole; undefined where a part never was. All labels are
 * read together, and those that nobody names any more grow old alone.
 */
async function wholeSinceOf(
  snapshot: Snapshot,
  connection: string,
  dataset: CheckDataset,
): Promise<string | undefined> {
  const { source } = placeOf(dataset, connection, snapshot.organizations);
  const states = source ? await snapshot.containers({ source, dataset }) : [];
  const times = states
    .filter(({ presence }) => presence !== 'gone')
    .map(({ completeAt }) => completeAt ?? '')
    .sort();
  const at = dataset === 'labels' ? times.at(-1) : times[0];
  return at || undefined;
}
