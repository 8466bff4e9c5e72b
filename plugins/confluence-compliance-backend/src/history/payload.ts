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

/** Says itself the same way in any JSON. */
function isPlain(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    value === null ||
    Number.isFinite(value)
  );
}

/** A plain value, or a list or object of them with its names in order: its JSON is canonical. */
function isCanonical(value: unknown): boolean {
  if (isPlain(value)) {
    return true;
  }
  if (typeof value !== 'object' || value === null || 'toJSON' in value) {
    return false;
  }
  if (Array.isArray(value)) {
    return value.every(isPlain);
  }
  let before: string | undefined;
  for (const [name, each] of Object.entries(value)) {
    if ((before !== undefined && before >= name) || !isPlain(each)) {
      return false;
    }
    before = name;
  }
  return true;
}

/** A value whose JSON is canonical and says the same; undefined where that is not easily made. */
function canonicalOf(value: unknown): unknown {
  if (isCanonical(value)) {
    return value;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const told = Object.entries(value).filter(([, each]) => each !== undefined);
  const sorted = Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
  return 'toJSON' in value || !isCanonical(sorted) ? undefined : sorted;
}

function textOf(
  { fields }: DatasetDefinition,
  payload: object,
  shape: number,
): string {
  const values = payload as Record<string, unknown>;
  const members: string[] = [];
  for (const field of Object.keys(payload).sort()) {
    if ((fields[field] ?? Infinity) <= shape) {
      members.push(`${JSON.stringify(field)}:${canonicalJson(values[field])}`);
    }
  }
  return `{${members.join(',')}}`;
}

/** The fields of a dataset in the order of canonical JSON. */
const orders = new WeakMap<DatasetDefinition, string[]>();

function orderOf(definition: DatasetDefinition): string[] {
  const order = orders.get(definition) ?? Object.keys(definition.fields).sort();
  orders.set(definition, order);
  return order;
}

/**
 * Checks a payload against its dataset and says it in the newest shape, as canonical JSON. There can be
 * millions: one that has its fields in order is written at once.
 */
export function jsonOf(definition: DatasetDefinition, payload: object): string {
  const { name, fields, shape } = definition;
  const values = payload as Record<string, unknown>;
  const order = orderOf(definition);
  const given = Object.keys(payload);
  let isInOrder = given.length === order.length;
  let canonical = values;
  for (let n = 0; n < order.length; n++) {
    const field = order[n];
    const value = values[field];
    if (value === undefined) {
      throw new InputError(`A row of ${name} has no value for '${field}'`);
    }
    isInOrder &&= given[n] === field;
    const written = isInOrder ? canonicalOf(value) : undefined;
    isInOrder &&= written !== undefined;
    if (isInOrder && written !== value) {
      canonical = { ...canonical, [field]: written };
    }
  }
  if (given.length > order.length) {
    const unknown = given.find(field => !Object.hasOwn(fields, field));
    throw new InputError(`A row of ${name} has an unknown field '${unknown}'`);
  }
  const json = isInOrder
    ? JSON.stringify(canonical)
    : textOf(definition, payload, shape);
  return UNCLEAN.test(json)
    ? textOf(definition, cleanValue(payload) as object, shape)
    : json;
}

const encoded = (json: string, shape: number): Encoded => ({
  json,
  hash: sha256(json),
  shape,
});

/** The same with what is stored beside it. */
export function encode(
  definition: DatasetDefinition,
  payload: object,
): Encoded {
  return encoded(jsonOf(definition, payload), definition.shape);
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
  return encoded(textOf(definition, JSON.parse(json), shape), shape);
}
