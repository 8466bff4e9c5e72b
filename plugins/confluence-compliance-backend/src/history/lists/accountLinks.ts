// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { chunks } from '../engine';
import type { Revision } from '../words';

/** To whom an account belongs, and ever belonged as far as the history goes; refs of people. */
export interface AccountLinks {
  /** At the revision, and where nobody was known then, now. */
  person?: string;
  /** In lower case. */
  ever: ReadonlySet<string>;
}

/** Whose these accounts are and were, by account id; one that nobody was ever linked to is absent. */
export async function accountLinks(
  knex: Knex,
  accountIds: string[],
  revision: Revision,
): Promise<Map<string, AccountLinks>> {
  const found = new Map<
    string,
    { then?: string; now?: string; ever: Set<string> }
  >();
  for (const ids of chunks(accountIds)) {
    const rows: Array<{
      key: string;
      person: string;
      opened: number;
      closed: number | null;
    }> = await knex('history_identity_links')
      .where({ source: 'identity' })
      .whereIn('key', ids)
      .select('key', 'person', 'opened', 'closed');
    for (const { key, person, opened, closed } of rows) {
      const known = found.get(key) ?? { ever: new Set() };
      known.ever.add(person.toLowerCase());
      if (opened <= revision && (closed === null || closed > revision)) {
        known.then = person;
      }
      if (closed === null) {
        known.now = person;
      }
      found.set(key, known);
    }
  }
  return new Map(
    [...found].map(([id, { then, now, ever }]) => [
      id,
      { person: then ?? now, ever },
    ]),
  );
}
