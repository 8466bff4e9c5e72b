// SPDX-License-Identifier: Apache-2.0
import type { ReviewScope } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';

/** What a review covers, in words; the site is called by its title. */
export function useScopeWords() {
  const t = useWords();
  const title = useConnectionTitle();
  return ({ connection, group, space }: ReviewScope): string => {
    const site = title(connection);
    if (group) {
      return t('reviews.scope.group', { site });
    }
    return space
      ? t('reviews.scope.space', { site })
      : t('reviews.scope.connection', { site });
  };
}
