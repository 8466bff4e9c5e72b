// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { canonicalJson, sha256 } from '../ledger';
import { DatasetDefinition } from './definitions';

const MAX_ID = 500;
const LONE_SURROGATE =
  /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What may have to be cleaned, as JSON says it; a backslash of its own does no harm. */
const UNCLEAN = /\\u(0000|d[89a-f])/;

/** A payload ready to be compared and stored. */
export interface Encoded {
  json: string;
  hash: string;
  shape: number;
}

/** Text that every database can store: no NUL, no half characters. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '\ufffd').replace(LONE_SURROGATE, '\ufffd');
}

/** Refuses ids and keys that no record of Atlassian could have. */
export function checkId(what: string, id: string): string {
  if (id === '' || id.length > MAX_ID || id !== cleanText(id)) {
    throw new InputError(
      `${what} must be 1 to ${MAX_ID} characters of plain text`,
    );
  }
  return id;
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') {
    return cleanText(value);
  }
  if (Array.isArray(value)) {
    return value.map(cleanValue);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [cleanText(key), cleanValue(v)]),
    );
  }
  return value;
}

/** Canonical JSON of a value; of the plain ones, which are nearly all there are, at once. */
function canonical(value: unknown): string {
  return typeof value === 'string' ||
    typeof value === 'boolean' ||
    value === null
    ? JSON.stringify(value)
    : canonicalJson(value);
}

function encodeFields(
  { fields }: DatasetDefinition,
  payload: object,
  shape: number,
): Encoded {
  const values = payload as Record<string, unknown>;
  const members: string[] = [];
  for (const field of Object.keys(payload).sort()) {
    if ((fields[field] ?? Infinity) <= shape) {
      members.push(`${JSON.stringify(field)}:${canonical(values[field])}`);
    }
  }
  const json = `{${members.join(',')}}`;
  return { json, hash: sha256(json), shape };
}

/** The fields of a dataset in the order of canonical JSON, each with what stands before its value. */
const orders = new WeakMap<
  DatasetDefinition,
  Array<{ field: string; start: string }>
>();

function orderOf(definition: DatasetDefinition) {
  const known = orders.get(definition);
  if (known) {
    return known;
  }
  const order = Object.keys(definition.fields)
    .sort()
    .map((field, n) => ({
      field,
      start: `${n === 0 ? '' : ','}${JSON.stringify(field)}:`,
    }));
  orders.set(definition, order);
  return order;
}

/** Checks a payload against its dataset and encodes it in the newest shape. */
export function encode(
  definition: DatasetDefinition,
  payload: object,
): Encoded {
  const { name, fields, shape } = definition;
  const values = payload as Record<string, unknown>;
  const order = orderOf(definition);
  // There can be millions: in one go, since the newest shape has every field.
  let members = '';
  for (const { field, start } of order) {
    const value = values[field];
    if (value === undefined) {
      throw new InputError(`A row of ${name} has no value for '${field}'`);
    }
    members += start + canonical(value);
  }
  const given = Object.keys(payload);
  if (given.length > order.length) {
    const unknown = given.find(field => !Object.hasOwn(fields, field));
    throw new InputError(`A row of ${name} has an unknown field '${unknown}'`);
  }
  const json = `{${members}}`;
  return UNCLEAN.test(json)
    ? encodeFields(definition, cleanValue(payload) as object, shape)
    : { json, hash: sha256(json), shape };
}

/**
 * The same payload as another shape would have said it: what an older or a
 * newer version of ours stored can be compared with what was seen now.
 */
export function encodeAs(
  definition: DatasetDefinition,
  json: string,
  shape: number,
): Encoded {
  return encodeFields(definition, JSON.parse(json), shape);
}
