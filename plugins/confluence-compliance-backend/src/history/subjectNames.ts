// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { entityName } from './entityName';
import { isAnyOf, MANY, rowsOf } from './manyRows';
import { readProfiles } from './profiles';
import { SubjectRef } from './types';
import { Revision } from './words';

/** The title of each subject, where its open row has one. */
async function titlesOf(
  tx: Knex.Transaction,
  subjects: SubjectRef[],
): Promise<(subject: SubjectRef) => string> {
  const titles = new Map<string, string>();
  const keyOf = (s: SubjectRef) => JSON.stringify([s.kind, s.connection, s.id]);
  const accounts = await readProfiles(
    tx,
    'account',
    subjects.filter(s => s.kind === 'account').map(s => s.id),
  );
  const sources = [
    ['group', 'history_groups', 'name'],
    ['space', 'history_spaces', 'name'],
    ['page', 'history_pages', 'title'],
  ] as const;
  for (const [kind, table, column] of sources) {
    const ids = subjects.filter(s => s.kind === kind).map(s => s.id);
    if (ids.length > 0) {
      const rows = await tx(table)
        .where(isAnyOf(tx, 'key', ids))
        .whereNull('closed')
        .select({ connection: 'source', id: 'key', title: column });
      for (const { connection, id, title } of rows) {
        titles.set(keyOf({ kind, connection, id }), title ?? '');
      }
    }
  }
  return subject => {
    if (subject.kind === 'account') {
      const profile = accounts.get(subject.id);
      return profile?.name ?? profile?.publicName ?? '';
    }
    return titles.get(keyOf(subject)) ?? '';
  };
}

const NAMED = {
  kind: 'text',
  connection: 'text',
  id: 'text',
  name: 'text',
} as const;

/** Names the subjects that this revision is the first to speak of. */
export async function nameSubjects(
  tx: Knex.Transaction,
  revision: Revision,
): Promise<void> {
  for (let after = ['', '', '']; ; ) {
    // Those named by now would otherwise be passed again and again.
    const nameless: SubjectRef[] = await tx('history_subjects')
      .where({ revision })
      .whereRaw('(kind, connection, id) > (?, ?, ?)', after)
      .whereNull('name')
      .orderBy(['kind', 'connection', 'id'])
      .limit(MANY)
      .select('kind', 'connection', 'id');
    if (nameless.length === 0) {
      return;
    }
    const titleOf = await titlesOf(tx, nameless);
    const { sql, bindings } = rowsOf(
      tx,
      'named',
      NAMED,
      nameless.map(subject => ({
        ...subject,
        name: entityName(subject, titleOf(subject)),
      })),
    );
    await tx.raw(
      // All are there: SQLite would go through the table to update them from rows.
      `insert into history_subjects (kind, connection, id, revision, gone, name)
       select kind, connection, id, cast(? as integer), cast(? as boolean), name
       from ${sql} where true
       on conflict (kind, connection, id) do update set name = excluded.name`,
      [revision, false, ...bindings],
    );
    const { kind, connection, id } = nameless[nameless.length - 1];
    after = [kind, connection, id];
  }
}
