// SPDX-License-Identifier: Apache-2.0
import type { DatasetName } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useDatasetWords, useIncomplete } from '../lists/Incomplete';
import { useKnownConnections } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** How much of what a file rests on was read. */
export interface Completeness {
  /** What is known to be missing. */
  gaps: string[];
  /** Why nobody can say whether something is missing. */
  unknown?: string;
}

/** Whether the datasets that a list rests on were read completely, in words. */
export function useCompleteness(
  datasets: readonly DatasetName[],
  connection?: string,
  /** What the page itself knows to be missing. */
  gap?: string,
): Completeness {
  const t = useWords();
  const { asOf } = useScope();
  const { data } = useKnownConnections();
  const words = useDatasetWords();
  const gaps = [
    ...(gap ? [gap] : []),
    ...useIncomplete(datasets, connection).map(({ title, dataset }) => {
      const { what, why } = words(dataset);
      const value = `${what} ${why}`.trim();
      return t('directory.filters.pair', { name: title, value });
    }),
  ];
  if (asOf) {
    return { gaps, unknown: t('csv.past') };
  }
  return data ? { gaps } : { gaps, unknown: t('csv.unseen') };
}
