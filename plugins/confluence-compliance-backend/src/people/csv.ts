// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';

/**
 * The records of a CSV text (RFC 4180), by the names in its first line. An empty line is none. Throws
 * an InputError for a quote that does not end, a name that is there twice, and a line that has not as
 * many fields as there are names: a file that is still being written ends in one.
 */
export function parseCsv(text: string): Array<Record<string, string>> {
  const [first, ...rows] = rowsOf(text.replace(/^\ufeff/, ''));
  if (!first) {
    return [];
  }
  const names = first.map(name => name.trim());
  const twice = names.findIndex((name, place) => names.indexOf(name) < place);
  if (twice > 0) {
    const once = names.indexOf(names[twice]);
    throw new InputError(
      `columns ${once + 1} and ${
        twice + 1
      } have the same name: rename or remove one`,
    );
  }
  return rows.map((fields, index) => {
    if (fields.length !== names.length) {
      throw new InputError(
        `row ${index + 2} has ${
          fields.length
        } fields, and the first row names ${names.length}`,
      );
    }
    return Object.fromEntries(
      names.map((name, place) => [name, fields[place]]),
    );
  });
}

function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  const endField = () => {
    row.push(field);
    field = '';
  };
  const endRow = () => {
    endField();
    if (row.length > 1 || row[0].trim() !== '') {
      rows.push(row);
    }
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (isQuoted) {
      if (letter !== '"') {
        field += letter;
      } else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else {
        isQuoted = false;
      }
    } else if (letter === '"' && field === '') {
      isQuoted = true;
    } else if (letter === ',') {
      endField();
    } else if (letter === '\n') {
      endRow();
    } else if (letter !== '\r' || text[at + 1] !== '\n') {
      field += letter;
    }
  }
  if (isQuoted) {
    throw new InputError('a quote is opened and never closed');
  }
  if (field !== '' || row.length > 0) {
    endRow();
  }
  return rows;
}
