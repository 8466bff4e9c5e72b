// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Mentions } from './mentions';

/** Rows that are looked at together. */
const BATCH = 500;

/** Where people write what they want. */
export interface FreeText {
  table: string;
  /** A unique column, to go along; `ordinal` where nothing else is said. */
  along?: string;
  /** Columns with text. */
  texts: string[];
  /** What stands there afterwards; rows are deleted where nothing is said. */
  erased?: Record<string, string | null>;
}

/** Erases the texts of each row where one of them names somebody, or the row. */
export async function eraseNamed(
  tx: Knex.Transaction,
  { table, along = 'ordinal', texts, erased }: FreeText,
  mentions: Mentions,
): Promise<void> {
  let after: number | string | undefined;
  for (;;) {
    const query = tx(table).where(any =>
      texts.forEach(text => any.orWhereNotNull(text)),
    );
    if (after !== undefined) {
      query.where(along, '>', after);
    }
    const rows: Array<Record<string, number | string>> = await query
      .orderBy(along)
      .limit(BATCH)
      .select(along, ...texts);
    const named = rows.filter(row => texts.some(text => mentions(row[text])));
    if (named.length > 0) {
      const those = tx(table).whereIn(
        along,
        named.map(row => row[along]),
      );
      await (erased ? those.update(erased) : those.delete());
    }
    if (rows.length < BATCH) {
      return;
    }
    after = rows[rows.length - 1][along];
  }
}
