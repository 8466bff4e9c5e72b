// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ConnectionDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/**
 * What there is to read, and how much of it is complete. A dataset that could not be read counts as
 * missing, whether the green tick needs it or not; one that is not read for these purposes, as nothing.
 */
export function coverageOf({ datasets }: Connection): {
  seen: number;
  total: number;
} {
  const read = datasets.filter(
    ({ required, state }) => required || state !== 'never-read',
  );
  const sum = (of: (dataset: ConnectionDataset) => number) =>
    read.reduce((total, dataset) => total + of(dataset), 0);
  return {
    seen: sum(({ containers }) => containers.complete),
    total: sum(({ containers }) => Math.max(containers.total, 1)),
  };
}

/** Why not everything is seen: the connection's own word, else its datasets'. */
export function gapOf({ reason, datasets }: Connection): string | undefined {
  const gap = datasets.find(
    ({ required, state, reasons }) =>
      state !== 'complete' && (required || reasons.length > 0),
  );
  return reason?.text ?? gap?.reasons[0]?.text;
}
