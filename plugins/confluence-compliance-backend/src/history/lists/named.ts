// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { readClock } from '../clock';
import type { PagePayload } from '../datasets';
import type { Revision } from '../words';
import { revisionTimes } from './findingLife';
import { standing } from './page';

/** A space that is named by its key. */
export interface NamedSpace {
  id: string;
  key: string;
  name: string;
  /** Whether it stands at the asked revision. */
  stands: boolean;
  /** Since when a changed scope cannot confirm it any more. */
  outOfScope: boolean;
}

/** How a page is named. */
export type PageName =
  | { by: 'id'; id: string }
  | { by: 'label'; label: string }
  | { by: 'title'; space: string; title: string };

/** A page that a name finds. */
export interface NamedPage {
  id: string;
  /** Absent where only its label was read. */
  payload?: PagePayload;
  /** Since when a changed scope cannot confirm it any more. */
  outOfScope: boolean;
}

/** More pages than this are as wrong as this many. */
const MOST_PAGES = 100;

interface PageRow {
  key: string;
  payload: string;
  out_of_scope_since: string | null;
}

/** The space of a key, or the last that had it; in Confluence the case of a key does not count. */
export async function namedSpace(
  knex: Knex,
  connection: string,
  key: string,
  revision: Revision,
): Promise<NamedSpace | undefined> {
  const rows: Array<{
    key: string;
    space_key: string;
    name: string;
    closed: number | null;
    out_of_scope_since: string | null;
  }> = await knex('history_spaces as s')
    .where('s.source', connection)
    .whereRaw('lower(s.space_key) = lower(?)', [key])
    .where('s.opened', '<=', revision)
    .orderBy([{ column: 's.opened', order: 'desc' }, 's.row_id'])
    .select('s.key', 's.space_key', 's.name', 's.closed')
    .select('s.out_of_scope_since');
  const standsAt = ({ closed }: { closed: number | null }) =>
    closed === null || closed > revision;
  const row = rows.find(standsAt) ?? rows[0];
  return (
    row && {
      id: row.key,
      key: row.space_key,
      name: row.name,
      stands: standsAt(row),
      outOfScope: row.out_of_scope_since !== null,
    }
  );
}

/** The first revision that spoke of a space, or of anything of a site. */
export async function firstRevision(
  knex: Knex,
  connection: string,
  spaceId?: string,
): Promise<Revision | undefined> {
  if (spaceId !== undefined) {
    const first = await knex('history_spaces as s')
      .where({ 's.source': connection, 's.key': spaceId })
      .min({ opened: 's.opened' })
      .first();
    return first?.opened ?? undefined;
  }
  const opened: Revision[] = [];
  for (const table of ['accounts', 'groups', 'spaces']) {
    // Rows are written in the order of revisions.
    const row = await knex(`history_${table} as t`)
      .where('t.source', connection)
      .orderBy('t.row_id')
      .first('t.opened');
    opened.push(...(row ? [row.opened] : []));
  }
  return opened.length > 0 ? Math.min(...opened) : undefined;
}

/** The first revision that spoke of a site, or of anything, of those that are kept. */
export async function firstKnown(
  knex: Knex,
  connection?: string,
): Promise<{ revision: Revision; at: string } | undefined> {
  const clock = await readClock(knex);
  // Before the first revision there is no row of it.
  const oldest = Math.max(clock.oldest, 1);
  const first =
    connection === undefined ? 1 : await firstRevision(knex, connection);
  if (first === undefined) {
    return undefined;
  }
  const revision = Math.max(first, oldest);
  const at = (await revisionTimes(knex, [revision])).get(revision);
  return at === undefined ? undefined : { revision, at };
}

/** The pages that a name finds at a revision, whatever their status; at most a hundred. */
export async function namedPages(
  knex: Knex,
  connection: string,
  name: PageName,
  revision: Revision,
): Promise<NamedPage[]> {
  if (name.by === 'label') {
    const labels = knex('history_labels as l')
      .where({ 'l.source': connection, 'l.label': name.label })
      .orderBy('l.row_id')
      .limit(MOST_PAGES)
      .select('l.page_id', 'l.out_of_scope_since');
    const found: Array<{ page_id: string; out_of_scope_since: string | null }> =
      await standing(labels, 'l', revision);
    const ids = found.map(({ page_id: id }) => id);
    const pages = await pagesOf(knex, connection, revision, select =>
      select.whereIn('p.key', ids),
    );
    return found.map(({ page_id: id, out_of_scope_since: since }) => ({
      ...(pages.find(page => page.id === id) ?? { id }),
      outOfScope: since !== null,
    }));
  }
  if (name.by === 'id') {
    return pagesOf(knex, connection, revision, select =>
      select.where('p.key', name.id),
    );
  }
  const space = await namedSpace(knex, connection, name.space, revision);
  return space
    ? pagesOf(knex, connection, revision, select =>
        select
          .where('p.space_id', space.id)
          .whereRaw('lower(p.title) = lower(?)', [name.title]),
      )
    : [];
}

async function pagesOf(
  knex: Knex,
  connection: string,
  revision: Revision,
  narrow: (select: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<NamedPage[]> {
  const select = narrow(
    knex('history_pages as p').where('p.source', connection),
  )
    .orderBy(['p.opened', 'p.row_id'])
    .limit(MOST_PAGES)
    .select('p.key', 'p.payload', 'p.out_of_scope_since');
  const rows: PageRow[] = await standing(select, 'p', revision);
  return rows.map(({ key, payload, out_of_scope_since: since }) => ({
    id: key,
    payload: JSON.parse(payload) as PagePayload,
    outOfScope: since !== null,
  }));
}
