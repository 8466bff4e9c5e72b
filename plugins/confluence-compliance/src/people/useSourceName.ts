// SPDX-License-Identifier: Apache-2.0
import type { PeopleSource } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useWords } from '../translation/useWords';

/** What a personnel source is called. */
export function useSourceName() {
  const t = useWords();
  return ({ id }: PeopleSource) =>
    id === 'catalog' ? t('people.sources.catalog') : id;
}
