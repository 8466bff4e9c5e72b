// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { FIELDS, unknownFields } from './record';

/** More fields of a file are not named in an error. */
const NAMED_FIELDS = 5;

/**
 * The records of a file without the fields that are to be ignored. Throws an InputError for a field
 * that is neither known nor ignored, as a misspelt `end` that nobody sees makes leavers employed, and
 * where none is called `ref`.
 */
export function withoutIgnored(
  records: unknown[],
  ignore: string[],
): unknown[] {
  const names = new Set<string>();
  records
    .filter(isObject)
    .forEach(one => Object.keys(one).forEach(name => names.add(name)));
  if (names.size > 0 && !names.has('ref')) {
    // What stands in the place of the names may be people.
    throw new InputError(
      `no field is called ref: the file must name its fields, which are ${FIELDS.join(
        ', ',
      )}`,
    );
  }
  const unknown = [...names].filter(
    name => !FIELDS.includes(name) && !ignore.includes(name),
  );
  if (unknown.length > 0) {
    const said = unknownFields(unknown.slice(0, NAMED_FIELDS));
    throw new InputError(`${said}, or name it under ignore`);
  }
  return ignore.length === 0
    ? records
    : records.map(one => (isObject(one) ? without(one, ignore) : one));
}

function without(record: object, names: string[]): object {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !names.includes(name)),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
