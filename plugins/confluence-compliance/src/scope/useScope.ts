// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { asOfTime, isAsOf } from './asOf';

/** Where and when the pages look, as the URL says. */
export interface Scope {
  /** Id of the one connection that is looked at; absent for all of them. */
  connection?: string;
  /** As it stands in the URL: a day such as `2026-11-03`, a time, or a revision. */
  asOf?: string;
  /** A date that was not understood, as it stands in the URL. */
  badAsOf?: string;
  /** The parameters for a list: the connection, and the day as the end of it in UTC. */
  query: { connection?: string; asOf?: string };
}

/** Reads the scope from the address; what nobody could have chosen there is dropped. */
function readScope(params: URLSearchParams): Scope {
  const connection = params.get('connection') || undefined;
  const given = params.get('asOf') ?? '';
  const asOf = isAsOf(given) ? given : undefined;
  return {
    connection,
    asOf,
    badAsOf: given && !asOf ? given : undefined,
    query: { connection, asOf: asOf && asOfTime(asOf) },
  };
}

/** The connection and the date that hold on every tab. */
export function useScope(): Scope {
  const [params] = useSearchParams();
  return useMemo(() => readScope(params), [params]);
}

/** Changes the scope and keeps filters, but not the place in a list that it empties. */
export function useSetScope() {
  const [, setParams] = useSearchParams();
  return (change: { connection?: string; asOf?: string }) =>
    setParams(before => {
      const next = new URLSearchParams(before);
      next.delete('cursor');
      next.delete('page');
      for (const name of ['connection', 'asOf'] as const) {
        if (name in change) {
          next.delete(name);
          if (change[name]) {
            next.set(name, change[name]);
          }
        }
      }
      return next;
    });
}

/** A date is set: what writes must not be there. */
export function useIsPast(): boolean {
  return useScope().asOf !== undefined;
}
