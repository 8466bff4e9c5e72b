// SPDX-License-Identifier: Apache-2.0
import {
  accountsQuerySchema,
  type AccountsQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useLocation, useSearchParams } from 'react-router-dom';

/** Filters of the accounts list, as they stand in the URL. */
export type AccountFilter = 'q' | 'class' | 'status' | 'person' | 'connection';

export const accountFilters: AccountFilter[] = [
  'q',
  'class',
  'status',
  'person',
  'connection',
];

export const pageSizes = [20, 50, 100];

/** Cursors of the pages before, oldest first; kept in the history entry, not in the URL. */
function readTrail(state: unknown): string[] {
  const trail =
    typeof state === 'object' && state !== null && 'trail' in state
      ? state.trail
      : undefined;
  return Array.isArray(trail)
    ? trail.filter((item): item is string => typeof item === 'string')
    : [];
}

/** Drops what somebody typed into the address and the backend would refuse. */
function readQuery(params: URLSearchParams): AccountsQuery {
  const query: Record<string, string> = {};
  for (const name of [...accountFilters, 'sort', 'cursor'] as const) {
    const value = params.get(name) ?? undefined;
    if (value && accountsQuerySchema.shape[name].safeParse(value).success) {
      query[name] = value;
    }
  }
  const limit = Number(params.get('limit'));
  return { ...query, limit: pageSizes.includes(limit) ? limit : pageSizes[0] };
}

/** The list's query in the URL: filters, order, page. Changing a filter starts at page one. */
export function useAccountsUrl() {
  const [params, setParams] = useSearchParams();
  const trail = readTrail(useLocation().state);
  const query = readQuery(params);
  const page = query.cursor ? Math.max(Number(params.get('page')) || 2, 2) : 1;

  const change = (
    values: Record<string, string | undefined>,
    options?: { replace?: boolean; trail?: string[] },
  ) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        next.delete('cursor');
        next.delete('page');
        for (const [name, value] of Object.entries(values)) {
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
        }
        return next;
      },
      {
        replace: options?.replace,
        state: options?.trail ? { trail: options.trail } : undefined,
      },
    );

  return {
    query,
    page,
    change,
    clear: () =>
      change(Object.fromEntries(accountFilters.map(name => [name, undefined]))),
    next: (cursor: string) =>
      change(
        { cursor, page: String(page + 1) },
        { trail: [...trail, query.cursor ?? ''] },
      ),
    /** Without a trail, as in an opened link, back means the first page. */
    previous: () => {
      const cursor = trail.at(-1);
      change(cursor ? { cursor, page: String(page - 1) } : {}, {
        trail: trail.slice(0, -1),
      });
    },
  };
}
