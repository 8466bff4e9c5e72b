// SPDX-License-Identifier: Apache-2.0
import { isKnownDataset } from '../connections/words';
import { useWords } from '../translation/useWords';

/** What a dataset is called where there is little room. */
export function useShortName() {
  const t = useWords();
  return (name: string): string =>
    isKnownDataset(name) ? t(`overview.coverage.name.${name}`) : name;
}
