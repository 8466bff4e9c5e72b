// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { isPostgres } from './engine';

/** Rows that are one parameter of a statement; more at once would only hold up others. */
export const MANY = 2000;

/** SQL with what it is to be filled with. */
interface Filled {
  sql: string;
  bindings: Knex.RawBinding[];
}

/**
 * Rows as something to select from, `name` being its alias. All rows are one parameter: a statement
 * with a parameter for each value takes longer to write and to read than to do.
 */
export function rowsOf(
  knex: Knex,
  name: string,
  columns: Record<string, 'text' | 'integer'>,
  rows: object[],
): Filled {
  const types = Object.entries(columns);
  if (isPostgres(knex)) {
    const json = JSON.stringify(rows);
    const typed = types.map(([column, type]) => `${column} ${type}`).join(', ');
    return {
      sql: `json_to_recordset(?::json) as ${name}(${typed})`,
      bindings: [json],
    };
  }
  return fromArrays(name, types, rows as Row[]);
}

type Row = Record<string, string | number | null | undefined>;

/**
 * The same for SQLite, which takes as long to find a value in JSON as to store it: a value is found by its
 * place, and one that all rows have is not looked for in each.
 */
function fromArrays(
  name: string,
  types: Array<[column: string, type: string]>,
  rows: Row[],
): Filled {
  const same: Knex.RawBinding[] = [];
  const differing: string[] = [];
  const values = types.map(([column, type]) => {
    const first = rows[0]?.[column];
    if (rows.every(row => row[column] === first)) {
      same.push(first ?? null);
      return `cast(? as ${type}) as ${column}`;
    }
    return `value ->> ${differing.push(column) - 1} as ${column}`;
  });
  const json = JSON.stringify(
    rows.map(row => differing.map(column => row[column])),
  );
  return {
    sql: `(select ${values.join(', ')} from json_each(?)) as ${name}`,
    bindings: [...same, json],
  };
}

/** Whether a column has any of some values, which are one parameter. */
export function isAnyOf(
  knex: Knex,
  column: string | Knex.Raw,
  values: readonly string[],
): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('?? = any(?)', [column, [...values]])
    : knex.raw('?? in (select value from json_each(?))', [
        column,
        JSON.stringify(values),
      ]);
}
