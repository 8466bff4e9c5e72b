// SPDX-License-Identifier: Apache-2.0
import type { FindingRecord, Lookups, Revision } from '../history';

/** Facts whose values are ids, and the kind of what these stand for. */
const KINDS: Record<string, 'group' | 'page' | 'space'> = {
  'memberships.groups': 'group',
  'grants.spaces': 'space',
  'pages.ids': 'page',
};

/** What an id in a fact is called; undefined where it is no id, or nothing is known of it. */
export type NameInFact = (
  connection: string,
  fact: string,
  value: unknown,
) => string | undefined;

/** Names of the groups, spaces and pages that the facts of findings speak of by their ids. */
export async function namesInFacts(
  lookups: Lookups,
  findings: FindingRecord[],
  revision: Revision,
): Promise<NameInFact> {
  const ids = (kind: string) =>
    findings.flatMap(({ connection, result }) =>
      Object.entries(result.facts)
        .filter(([fact]) => KINDS[fact] === kind)
        .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
        .map(id => ({ connection, id: String(id) })),
    );
  const groups = ids('group');
  const names = new Map<string, Map<string, string>>();
  for (const connection of new Set(groups.map(group => group.connection))) {
    const own = groups.filter(group => group.connection === connection);
    names.set(
      connection,
      await lookups.groupNames(connection, distinct(own), revision),
    );
  }
  const resourceOf = await lookups.resources(
    (['page', 'space'] as const).flatMap(kind =>
      ids(kind).map(({ connection, id }) => ({
        connection,
        id: `${kind}:${id}`,
      })),
    ),
    revision,
  );
  return (connection, fact, value) => {
    const id = String(value);
    const kind = KINDS[fact];
    if (kind === 'group') {
      return names.get(connection)?.get(id);
    }
    return kind && resourceOf(connection, `${kind}:${id}`)?.title;
  };
}

function distinct(refs: Array<{ id: string }>): string[] {
  return [...new Set(refs.map(({ id }) => id))];
}
