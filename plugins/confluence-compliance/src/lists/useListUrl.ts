// SPDX-License-Identifier: Apache-2.0
import { useLocation, useSearchParams } from 'react-router-dom';

export const pageSizes = [20, 50, 100];

/** What a list route takes, as the contract's schemas say it. */
interface QuerySchema<Q> {
  shape: Record<
    string,
    { safeParse(value: unknown): { success: boolean } } | undefined
  >;
  parse(value: unknown): Q;
}

type Values = Record<string, string | undefined>;

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
function readQuery<Q>(
  schema: QuerySchema<Q>,
  names: readonly string[],
  params: URLSearchParams,
): Q {
  const query: Record<string, string | number> = {};
  for (const name of [...names, 'sort', 'cursor']) {
    const value = params.get(name) ?? undefined;
    if (value && schema.shape[name]?.safeParse(value).success) {
      query[name] = value;
    }
  }
  const limit = Number(params.get('limit'));
  query.limit = pageSizes.includes(limit) ? limit : pageSizes[0];
  return schema.parse(query);
}

/** A list's query in the URL and the ways to change it. */
export interface ListUrl<Q> {
  query: Q;
  /** From 1. */
  page: number;
  /** Sets or takes away parameters; starts at page one. */
  change(values: Values, options?: { replace?: boolean }): void;
  /** Takes all filters away. */
  clear(): void;
  next(cursor: string): void;
  previous(): void;
}

/**
 * The query of a list in the URL: filters, order, page. Changing a filter starts at page one.
 * Where and when are the scope of the whole plugin: no list reads or clears them.
 */
export function useListUrl<Q extends { cursor?: string }>(
  schema: QuerySchema<Q>,
  filters: readonly string[],
): ListUrl<Q> {
  const [params, setParams] = useSearchParams();
  const trail = readTrail(useLocation().state);
  const query = readQuery(schema, filters, params);
  const page = query.cursor ? Math.max(Number(params.get('page')) || 2, 2) : 1;

  const change = (
    values: Values,
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
      change(Object.fromEntries(filters.map(name => [name, undefined]))),
    next: cursor =>
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
