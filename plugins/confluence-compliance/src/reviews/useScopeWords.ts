// SPDX-License-Identifier: Apache-2.0
import type { ReviewScope } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';

/** What a review covers, in words; the site is called by its title. */
export function useScopeWords() {
  const t = useWords();
  const title = useConnectionTitle();
  return (scope: ReviewScope): string => {
    const site = title(scope.connection);
    const kinds = ['group', 'space', 'system'] as const;
    const kind = kinds.find(one => scope[one]) ?? 'connection';
    const narrower = (['admins', 'guests', 'changed'] as const).filter(
      one => scope[one],
    );
    return [
      t(`reviews.scope.${kind}`, { site }),
      ...narrower.map(one => t(`reviews.scope.${one}`)),
    ].join(', ');
  };
}
