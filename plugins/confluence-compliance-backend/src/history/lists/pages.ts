// SPDX-License-Identifier: Apache-2.0
import type { PageRecord } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { PagePayload, RestrictionPayload } from '../datasets';
import type { Revision } from '../words';
import { CatalogOptions, entityRef, subjectNames } from './entities';
import { containing, ListOptions, ListPlan, standing } from './page';
import { keyOf, perConnection, Ref } from './refs';

/** Parameters of the list of pages. */
export interface PageListOptions extends ListOptions {
  q?: string;
  /** Id or key of a space. */
  space?: string;
  label?: string;
  status?: string;
  /** Account id. */
  owner?: string;
  sort: string;
}

/** A page as a list finds it. */
export interface PageRow {
  connection: string;
  id: string;
  payload: string;
}

export function pageList(knex: Knex, options: PageListOptions): ListPlan {
  const { space, label, owner } = options;
  // What lets few through is asked first, and these few are sorted; else the index of titles is walked.
  const inOrder = !(space || label || owner);
  // The pages of an owner have an index in this order. Those of a space or label must not be looked
  // for along the titles of all pages, so their order is one that no index has.
  const title = space || label ? "lower(p.title) || ''" : 'lower(p.title)';
  return {
    name: 'pages',
    isHistory: true,
    query: options,
    sort: options.sort,
    all: revision => selectPages(knex, options, revision),
    parts: revision => [
      {
        rows: () =>
          selectPages(knex, options, revision, inOrder).select({
            connection: 'p.source',
            id: 'p.key',
            payload: 'p.payload',
          }),
        order: [title, 'p.source', 'p.key'],
      },
    ],
  };
}

/** @param inOrder - no index by connection is offered, so that the order's own is taken */
function selectPages(
  knex: Knex,
  { connections, q, space, label, status, owner }: PageListOptions,
  revision: Revision,
  inOrder = false,
): Knex.QueryBuilder {
  const query = standing(knex.from('history_pages as p'), 'p', revision);
  if (inOrder && connections.length > 0) {
    const places = connections.map(() => '?').join(', ');
    query.whereRaw(`coalesce(p.source, '') in (${places})`, connections);
  } else {
    query.whereIn('p.source', connections);
  }
  if (status) {
    query.where('p.status', status);
  }
  if (owner) {
    query.where('p.owner_id', owner);
  }
  if (space) {
    const spaces = knex
      .from('history_spaces as s')
      .whereIn('s.source', connections)
      .where(either =>
        either.where('s.key', space).orWhere('s.space_key', space),
      )
      .select('s.source', 's.key');
    query.whereIn(['p.source', 'p.space_id'], standing(spaces, 's', revision));
  }
  if (label) {
    const labels = knex
      .from('history_labels as l')
      .whereIn('l.source', connections)
      .where('l.label', label)
      .select('l.source', 'l.page_id');
    query.whereIn(['p.source', 'p.key'], standing(labels, 'l', revision));
  }
  if (q) {
    const pattern = containing(q);
    query.whereRaw(
      `(lower(p.title) like ? escape '!' or lower(p.key) like ? escape '!')`,
      [pattern, pattern],
    );
  }
  return query;
}

/** Adds labels, the restriction, the key of the space and the catalog entity. */
export async function describePages(
  knex: Knex,
  catalog: CatalogOptions,
  rows: PageRow[],
  revision: Revision,
): Promise<PageRecord[]> {
  const pages = rows.map(row => ({
    ...row,
    page: JSON.parse(row.payload) as PagePayload,
  }));
  const labels = await labelsOf(knex, rows, revision);
  const restrictions = await restrictionsOf(knex, rows, revision);
  const keys = await spaceKeysOf(
    knex,
    pages.map(({ connection, page }) => ({ connection, id: page.spaceId })),
    revision,
  );
  const names = await subjectNames(knex, 'page', rows);
  return pages.map(({ connection, id, page }) => {
    const key = keyOf(connection, id);
    const record = {
      connection,
      pageId: id,
      title: page.title,
      status: page.status,
      ownerId: page.ownerId ?? undefined,
      spaceId: page.spaceId,
      spaceKey: keys.get(keyOf(connection, page.spaceId)),
      labels: labels.get(key) ?? [],
      restriction: restrictions.get(key) ?? ('unknown' as const),
      version: page.version,
      versionAt: page.versionAt ?? undefined,
    };
    const name = inCatalog(catalog, record) ? names.get(key) : undefined;
    return { ...record, entityRef: entityRef('resource', catalog, name) };
  });
}

function inCatalog(
  { allPages, labels }: CatalogOptions,
  page: Pick<PageRecord, 'status' | 'restriction' | 'labels'>,
): boolean {
  return (
    page.status === 'current' &&
    (allPages ||
      (page.restriction === 'open' &&
        page.labels.some(label => labels.includes(label))))
  );
}

async function labelsOf(knex: Knex, refs: Ref[], revision: Revision) {
  const labels = new Map<string, string[]>();
  await perConnection(refs, async (connection, ids) => {
    const select = knex('history_labels as l')
      .where('l.source', connection)
      .whereIn('l.page_id', ids)
      .orderBy('l.label')
      .select('l.page_id', 'l.label');
    for (const row of await standing(select, 'l', revision)) {
      const key = keyOf(connection, row.page_id);
      labels.set(key, [...(labels.get(key) ?? []), row.label]);
    }
  });
  return labels;
}

async function restrictionsOf(knex: Knex, refs: Ref[], revision: Revision) {
  const restrictions = new Map<string, RestrictionPayload['read']>();
  await perConnection(refs, async (connection, ids) => {
    const select = knex('history_restrictions as r')
      .where('r.source', connection)
      .whereIn('r.key', ids)
      .select('r.key', 'r.read');
    for (const row of await standing(select, 'r', revision)) {
      restrictions.set(keyOf(connection, row.key), row.read);
    }
  });
  return restrictions;
}

async function spaceKeysOf(knex: Knex, refs: Ref[], revision: Revision) {
  const keys = new Map<string, string>();
  await perConnection(refs, async (connection, ids) => {
    const select = knex('history_spaces as s')
      .where('s.source', connection)
      .whereIn('s.key', ids)
      .select('s.key', 's.space_key');
    for (const row of await standing(select, 's', revision)) {
      keys.set(keyOf(connection, row.key), row.space_key);
    }
  });
  return keys;
}
