// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  OwnReviewItemsQuery,
  Page,
  Review,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useQuery } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { root } from '../queries';

/** Rows on screen at once: a review of any size is worked through page by page. */
export const ROWS = 50;

/** How often more rows are looked for while they are still being made. */
const MAKING = 5_000;

const SEARCH_LIMIT = 200;
const SEARCH_PAGES = 5;

/** Whose rows. */
export type Whose = 'mine' | 'all';

interface RowsQuery
  extends Pick<
    OwnReviewItemsQuery,
    'decision' | 'principal' | 'container' | 'cursor'
  > {
  whose: Whose;
}

function useRead(id: string) {
  const api = useApi(confluenceComplianceApiRef);
  return (
    whose: Whose,
    query: OwnReviewItemsQuery,
    options?: { signal: AbortSignal },
  ): Promise<Page<ReviewItem>> =>
    whose === 'mine'
      ? api.listOwnReviewItems(id, query, options)
      : api.listReviewItems(id, query, options);
}

/** One page of rows. It stays as it is under the hand: only asking for it again changes it. */
export function useRows({ id, progress }: Review, query: RowsQuery) {
  const read = useRead(id);
  const { whose, ...rest } = query;
  const isMaking = progress.items === 'creating';
  return useQuery({
    queryKey: [root, 'review-rows', id, query],
    queryFn: ({ signal }) => read(whose, { ...rest, limit: ROWS }, { signal }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchInterval: ({ state }) =>
      isMaking && (state.data?.items.length ?? 0) === 0 ? MAKING : false,
  });
}

/**
 * Finds rows again that somebody else has changed. They may have left the list that they were in,
 * so that the whole list is looked through, as far as that is quick.
 */
export function useFindRows(id: string, whose: Whose) {
  const read = useRead(id);
  return async (ids: string[]): Promise<Map<string, ReviewItem>> => {
    const wanted = new Set(ids);
    const found = new Map<string, ReviewItem>();
    let cursor: string | undefined;
    for (let page = 0; page < SEARCH_PAGES; page++) {
      const { items, pageInfo } = await read(whose, {
        cursor,
        limit: SEARCH_LIMIT,
      });
      for (const item of items.filter(one => wanted.has(one.id))) {
        found.set(item.id, item);
      }
      cursor = pageInfo.nextCursor;
      if (!cursor || found.size === wanted.size) {
        break;
      }
    }
    return found;
  };
}
