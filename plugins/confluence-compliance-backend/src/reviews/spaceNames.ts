// SPDX-License-Identifier: Apache-2.0
import type { History, Revision } from '../history';

/** Names of spaces by their ids, as they stood at a revision. */
export async function spaceNames(
  history: Pick<History, 'rows'>,
  source: string,
  asOf: Revision,
  keys: string[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  if (keys.length > 0) {
    for await (const rows of history.rows('spaces', { source, keys, asOf })) {
      rows.forEach(({ key, payload }) => names.set(key, payload.name));
    }
  }
  return names;
}
