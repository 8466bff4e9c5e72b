// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ConnectionDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { datasetStates } from '../components/DatasetGlyph';

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

/** What is read beside the pages stands with them: their labels, who may read them. */
const WITH_PAGES = ['labels', 'restrictions'];

/** The datasets that have a column of their own. */
export function columnsOf(datasets: string[]): string[] {
  return datasets.includes('pages')
    ? datasets.filter(name => !WITH_PAGES.includes(name))
    : datasets;
}

/** What a column says of a connection: the worst of what stands in it, if anything does. */
export function worstOf(
  { datasets }: Connection,
  column: string,
): ConnectionDataset | undefined {
  const own = datasets.find(({ dataset }) => dataset === column);
  if (column !== 'pages') {
    return own;
  }
  const rank = ({ state }: ConnectionDataset) => datasetStates.indexOf(state);
  return datasets
    .filter(({ dataset }) => WITH_PAGES.includes(dataset))
    .filter(({ required, state }) => required || state !== 'never-read')
    .reduce(
      (worst, next) => (worst && rank(worst) >= rank(next) ? worst : next),
      own,
    );
}

/** Why not everything is seen: the connection's own word, else its datasets'. */
export function gapOf({ reason, datasets }: Connection): string | undefined {
  const gap = datasets.find(
    ({ required, state, reasons }) =>
      state !== 'complete' && (required || reasons.length > 0),
  );
  return reason?.text ?? gap?.reasons[0]?.text;
}
