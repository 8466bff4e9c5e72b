// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** The most that a list gives at once. */
const LIMIT = 200;

/** What a page of a list is asked with, besides its filters. */
export interface PageQuery {
  /** Always there, so that it stands over the cursor of the page on screen. */
  cursor: string | undefined;
  limit: number;
}

/** All rows of a list, page after page; each cursor keeps the revision of the first page. */
export async function readAll<T>(
  read: (query: PageQuery) => Promise<Page<T>>,
): Promise<{ rows: T[]; revision: number }> {
  const first = await read({ cursor: undefined, limit: LIMIT });
  const rows = [...first.items];
  let cursor = first.pageInfo.nextCursor;
  while (cursor) {
    const { items, pageInfo }: Page<T> = await read({ cursor, limit: LIMIT });
    for (const item of items) {
      rows.push(item);
    }
    if (pageInfo.nextCursor === cursor) {
      throw new Error('The list does not come to an end');
    }
    cursor = pageInfo.nextCursor;
  }
  return { rows, revision: first.revision };
}
