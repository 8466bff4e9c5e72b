// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { isPostgres } from './engine';

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
  const json = JSON.stringify(rows);
  if (isPostgres(knex)) {
    const typed = types.map(([column, type]) => `${column} ${type}`).join(', ');
    return {
      sql: `json_to_recordset(?::json) as ${name}(${typed})`,
      bindings: [json],
    };
  }
  const values = types.map(([column]) => `value ->> '${column}' as ${column}`);
  return {
    sql: `(select ${values.join(', ')} from json_each(?)) as ${name}`,
    bindings: [json],
  };
}

/** Whether a column has any of some values, which are one parameter. */
export function isAnyOf(
  knex: Knex,
  column: string,
  values: readonly string[],
): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('?? = any(?)', [column, [...values]])
    : knex.raw('?? in (select value from json_each(?))', [
        column,
        JSON.stringify(values),
      ]);
}
