// SPDX-License-Identifier: Apache-2.0
import type { Resource } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { CatalogOptions, entityRef, subjectNames } from './entities';
import { describePages, PageRow } from './pages';
import { keyOf, perConnection, Ref } from './refs';

/** A resource of one connection; its id is a ref such as `space:65537`. */
export type ResourceRef = Ref;

interface Found {
  title: string;
  key?: string;
  entityRef?: string;
}

type Kind = Resource['kind'];

const kinds: Kind[] = ['site', 'space', 'page', 'policy'];

/**
 * What refs of resources stand for, by `keyOf`. What does not stand any more is described as it last
 * was; what was never seen has the end of its ref for a title. Titles of policies are configuration.
 */
export async function describeResources(
  knex: Knex,
  catalog: CatalogOptions,
  refs: ResourceRef[],
  revision: Revision,
): Promise<Map<string, Resource>> {
  const of = (kind: Kind): Ref[] =>
    refs.flatMap(({ connection, id }) =>
      id.startsWith(`${kind}:`)
        ? [{ connection, id: id.slice(kind.length + 1) }]
        : [],
    );
  const found: Partial<Record<Kind, Map<string, Found>>> = {
    site: await sitesOf(knex, catalog, of('site')),
    space: await spacesOf(knex, catalog, of('space'), revision),
    page: await pagesOf(knex, catalog, of('page'), revision),
  };
  const resources = new Map<string, Resource>();
  for (const { connection, id: ref } of refs) {
    const kind = kinds.find(one => ref.startsWith(`${one}:`));
    if (kind) {
      const id = ref.slice(kind.length + 1);
      const facts = found[kind]?.get(keyOf(connection, id)) ?? { title: id };
      resources.set(keyOf(connection, ref), {
        ref,
        kind,
        connection,
        ...facts,
      });
    }
  }
  return resources;
}

async function sitesOf(knex: Knex, catalog: CatalogOptions, refs: Ref[]) {
  const sites = new Map<string, Found>();
  await perConnection(refs, async (connection, ids) => {
    const rows = await knex('history_subjects')
      .where({ kind: 'site', connection })
      .whereIn('id', ids)
      .select('id', 'title', 'name', 'gone');
    for (const { id, title, name, gone } of rows) {
      sites.set(keyOf(connection, id), {
        title: title ?? id,
        entityRef: entityRef('system', catalog, gone ? undefined : name),
      });
    }
  });
  return sites;
}

async function spacesOf(
  knex: Knex,
  catalog: CatalogOptions,
  refs: Ref[],
  revision: Revision,
) {
  const spaces = new Map<string, Found>();
  const names = await subjectNames(knex, 'space', refs);
  await latest(knex, 'history_spaces', refs, revision, (key, payload) => {
    const space = JSON.parse(payload);
    spaces.set(key, {
      title: space.name,
      key: space.key,
      entityRef:
        space.type === 'personal'
          ? undefined
          : entityRef('resource', catalog, names.get(key)),
    });
  });
  return spaces;
}

async function pagesOf(
  knex: Knex,
  catalog: CatalogOptions,
  refs: Ref[],
  revision: Revision,
) {
  const rows: PageRow[] = [];
  await latest(knex, 'history_pages', refs, revision, (_, payload, ref) =>
    rows.push({ ...ref, payload }),
  );
  const pages = await describePages(knex, catalog, rows, revision);
  return new Map<string, Found>(
    pages.map(({ connection, pageId, title, entityRef: entity }) => [
      keyOf(connection, pageId),
      { title, entityRef: entity },
    ]),
  );
}

/** The last row that each record had by a revision. */
async function latest(
  knex: Knex,
  table: string,
  refs: Ref[],
  revision: Revision,
  take: (key: string, payload: string, ref: Ref) => void,
): Promise<void> {
  await perConnection(refs, async (connection, ids) => {
    const rows: Array<{ key: string; payload: string }> = await knex(
      `${table} as t`,
    )
      .where('t.source', connection)
      .whereIn('t.key', ids)
      .where('t.opened', '<=', revision)
      .orderBy(['t.key', { column: 't.opened', order: 'desc' }])
      .select('t.key', 't.payload');
    const seen = new Set<string>();
    for (const { key, payload } of rows) {
      if (!seen.has(key)) {
        seen.add(key);
        take(keyOf(connection, key), payload, { connection, id: key });
      }
    }
  });
}
