// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ConnectionDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What must be read, and how much of it is complete; a dataset never read counts as missing. */
export function coverageOf({ datasets }: Connection): {
  seen: number;
  total: number;
} {
  const required = datasets.filter(dataset => dataset.required);
  const sum = (of: (dataset: ConnectionDataset) => number) =>
    required.reduce((total, dataset) => total + of(dataset), 0);
  return {
    seen: sum(({ containers }) => containers.complete),
    total: sum(({ containers }) => Math.max(containers.total, 1)),
  };
}

/** Why not everything is seen: the connection's own word, else its datasets'. */
export function gapOf({ reason, datasets }: Connection): string | undefined {
  const gap = datasets.find(
    ({ required, state }) => required && state !== 'complete',
  );
  return reason?.text ?? gap?.reasons[0]?.text;
}
