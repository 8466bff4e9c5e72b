// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useInfiniteQuery } from '@tanstack/react-query';

/** What every key begins with. */
export const root = 'confluence-compliance';

/** Milliseconds until something that is going on is asked for again. */
export const FAST = 1_500;

/** Milliseconds until something is asked for again that changes now and then. */
export const SLOW = 30_000;

/**
 * A list page by page.
 *
 * @param key - what tells it from other lists
 * @param read - reads the page at a cursor, the first one without
 * @param more - whether it is asked for, and after how many milliseconds again
 */
export function usePages<P extends Page<unknown>>(
  key: readonly unknown[],
  read: (
    cursor: string | undefined,
    options: { signal: AbortSignal },
  ) => Promise<P>,
  more: { enabled?: boolean; refetchInterval?: number } = {},
) {
  return useInfiniteQuery({
    ...more,
    queryKey: [root, ...key],
    queryFn: ({ pageParam, signal }) => read(pageParam, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.pageInfo.nextCursor,
  });
}
