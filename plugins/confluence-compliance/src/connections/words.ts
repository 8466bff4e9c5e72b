// SPDX-License-Identifier: Apache-2.0
import {
  datasetNames,
  type Connection,
  type DatasetName,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Tone } from '../components/StateTag';

export const connectionTones: Record<Connection['state'], Tone> = {
  'never-synced': 'unknown',
  syncing: 'busy',
  connected: 'pass',
  partial: 'warning',
  failed: 'fail',
};

export const isKnownDataset = (name: string): name is DatasetName =>
  datasetNames.some(known => known === name);

/** Known datasets in their usual order, then any that this version does not know. */
export function datasetRows(connections: Connection[]): string[] {
  const present = new Set(
    connections.flatMap(({ datasets }) =>
      datasets.map(({ dataset }) => dataset),
    ),
  );
  return [
    ...datasetNames.filter(name => present.has(name)),
    ...[...present].filter(name => !isKnownDataset(name)),
  ];
}
