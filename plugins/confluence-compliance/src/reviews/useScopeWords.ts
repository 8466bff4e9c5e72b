// SPDX-License-Identifier: Apache-2.0
import type { ReviewScope } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';

/** What has a scope, and what its group, space or critical system is called where that is known. */
interface ScopeOf {
  scope: ReviewScope;
  scopeTitle?: string;
}

/** What a review covers, in words; all of it is called by its title. */
export function useScopeWords() {
  const t = useWords();
  const title = useConnectionTitle();
  return ({ scope, scopeTitle: name }: ScopeOf): string => {
    const site = title(scope.connection);
    const kinds = ['group', 'space', 'system'] as const;
    const kind = kinds.find(one => scope[one]) ?? 'connection';
    const narrower = (['admins', 'guests', 'changed'] as const).filter(
      one => scope[one],
    );
    return [
      name === undefined || kind === 'connection'
        ? t(`reviews.scope.${kind}`, { site })
        : t(`reviews.scope.named.${kind}`, { site, name }),
      ...narrower.map(one => t(`reviews.scope.${one}`)),
    ].join(', ');
  };
}
