// SPDX-License-Identifier: Apache-2.0
import type { SeenCount } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatExact } from '../components/format';
import { useWords } from '../translation/useWords';

/** Says that a list may not be right any more: as of when it was, or that there may be more. */
export function useMaybeMore() {
  const t = useWords();
  return (reason: string | undefined, seen?: SeenCount) => {
    if (!reason) {
      return undefined;
    }
    return seen?.wholeAt
      ? t('directory.lastWhole', {
          time: formatExact(new Date(seen.wholeAt)),
          reason,
        })
      : t('directory.maybeMore', { reason });
  };
}
