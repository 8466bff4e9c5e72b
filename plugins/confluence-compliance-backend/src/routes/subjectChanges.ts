// SPDX-License-Identifier: Apache-2.0
import type { SubjectChange } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Changes, SpacePayload, SubjectState } from '../history';
import type { Rooms } from './rooms';

type PageSubject = Extract<SubjectState, { kind: 'page'; gone: false }>;

/**
 * The changes as the contract says them. Subjects of connections that are not known any more are
 * left out: nobody can say what became of them.
 */
export async function toSubjectChanges(
  { connections, history }: Pick<Rooms, 'connections' | 'history'>,
  changes: Changes,
): Promise<SubjectChange[]> {
  // Those that have ended too: their entities stay as they are, or are gone.
  const sites = new Map(connections.all().map(({ id, site }) => [id, site]));
  const items = changes.items.filter(
    ({ connection, gone }) => gone || sites.has(connection),
  );
  const spaces = await spacesOf(history, items, changes.head);
  return items.map(subject => {
    if (subject.gone) {
      return subject;
    }
    switch (subject.kind) {
      case 'site':
        return {
          ...subject,
          state: {
            title: subject.state.title,
            site: sites.get(subject.connection) ?? '',
          },
        };
      case 'page':
        return toPage(subject, spaces);
      default:
        return subject;
    }
  });
}

/** A page whose space is not there any more is not there for a catalog either. */
function toPage(
  { state, ...page }: PageSubject,
  spaces: Map<string, SpacePayload>,
): SubjectChange {
  const { space, versionAt, ...rest } = state;
  if (!space) {
    return { ...page, gone: true };
  }
  const known = spaces.get(`${page.connection}/${space.id}`);
  return {
    ...page,
    state: {
      ...rest,
      versionAt: versionAt ?? undefined,
      space: { ...space, key: known?.key, type: known?.type },
    },
  };
}

async function spacesOf(
  history: Rooms['history'],
  items: SubjectState[],
  asOf: number,
): Promise<Map<string, SpacePayload>> {
  const wanted = new Map<string, Set<string>>();
  for (const item of items) {
    if (item.kind === 'page' && !item.gone && item.state.space) {
      const ids = wanted.get(item.connection) ?? new Set();
      wanted.set(item.connection, ids.add(item.state.space.id));
    }
  }
  const spaces = new Map<string, SpacePayload>();
  for (const [source, ids] of wanted) {
    const options = { source, keys: [...ids], asOf };
    for await (const rows of history.rows('spaces', options)) {
      rows.forEach(row => spaces.set(`${source}/${row.key}`, row.payload));
    }
  }
  return spaces;
}
