// SPDX-License-Identifier: Apache-2.0
import { useKnownConnections } from '../queries';

/**
 * The first day in UTC that anything is known of: of one connection, or of any. Undefined where nobody
 * says so, as to whoever may not list connections.
 */
export function useEarliestDay(connection?: string): string | undefined {
  const { data } = useKnownConnections();
  const times = (data?.items ?? [])
    .filter(({ id }) => connection === undefined || id === connection)
    .flatMap(({ knownSince }) => knownSince ?? []);
  return times.sort()[0]?.slice(0, 10);
}
