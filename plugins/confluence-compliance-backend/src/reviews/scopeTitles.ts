// SPDX-License-Identifier: Apache-2.0
import type {
  ContainerOwner,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History, Lookups } from '../history';
import { spaceNames } from './spaceNames';
import type { SystemsOf } from './systems';

/** Something that a review is about, in a connection. */
export interface Named extends Pick<ContainerOwner, 'id'> {
  connection: string;
  kind: 'group' | 'space' | 'system';
}

export interface TitleOptions {
  history: Pick<History, 'rows' | 'head'>;
  lookups: Pick<Lookups, 'groupNames'>;
  systems: SystemsOf;
}

/** The one group, space or critical system of a scope; undefined where it covers a connection. */
export function namedIn(scope: ReviewScope): Named | undefined {
  const { connection } = scope;
  const kind = (['group', 'space', 'system'] as const).find(one => scope[one]);
  return kind && { connection, kind, id: scope[kind] ?? '' };
}

/** What these are called now; of what is gone, or was never read, undefined. */
export async function titlesOf(
  { history, lookups, systems }: TitleOptions,
  named: Array<Named | undefined>,
): Promise<(one: Named | undefined) => string | undefined> {
  const asked = named.flatMap(one => one ?? []);
  const revision = await history.head();
  const found = new Map<string, string>();
  for (const connection of new Set(asked.map(one => one.connection))) {
    const of = (kind: Named['kind']) => [
      ...new Set(
        asked.flatMap(one =>
          one.connection === connection && one.kind === kind ? one.id : [],
        ),
      ),
    ];
    const keep = (kind: Named['kind'], id: string, title: string) =>
      found.set(keyOf({ connection, kind, id }), title);
    const [groups, keys, refs] = [of('group'), of('space'), of('system')];
    if (groups.length > 0) {
      const names = await lookups.groupNames(connection, groups, revision);
      names.forEach((title, id) => keep('group', id, title));
    }
    const spaces = await spaceNames(history, connection, revision, keys);
    spaces.forEach((title, id) => keep('space', id, title));
    if (refs.length > 0) {
      const connections = [connection];
      for (const { resource } of await systems.list({
        revision,
        connections,
      })) {
        if (resource.title !== undefined && refs.includes(resource.ref)) {
          keep('system', resource.ref, resource.title);
        }
      }
    }
  }
  return one => one && found.get(keyOf(one));
}

function keyOf({ connection, kind, id }: Named): string {
  return JSON.stringify([connection, kind, id]);
}
