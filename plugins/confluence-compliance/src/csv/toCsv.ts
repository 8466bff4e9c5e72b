// SPDX-License-Identifier: Apache-2.0
import { stringify } from 'csv-stringify/browser/esm/sync';

/** Tells spreadsheets that the text is UTF-8. */
const BOM = '\ufeff';

/**
 * Rows as a file for spreadsheets. No cell is taken for a formula: every cell is quoted, also
 * where another separator than the comma is in force, and what begins like one is escaped.
 */
export function toCsv(rows: Array<Array<string | number>>): string {
  return (
    BOM +
    stringify(rows, {
      escape_formulas: true,
      quoted: true,
      record_delimiter: 'windows',
    })
  );
}
