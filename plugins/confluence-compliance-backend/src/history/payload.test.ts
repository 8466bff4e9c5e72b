// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { canonicalJson, sha256 } from '../ledger';
import { definitions } from './definitions';
import { cleanText, encode } from './payload';

const plain = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const names = fc.constantFrom('b', 'a', 'A', '10', '9', 'é', 'proto', '');
const flat = fc.oneof(plain, fc.array(plain), fc.dictionary(names, plain));
const facts = fc.oneof(flat, fc.array(flat), fc.dictionary(names, flat));
const fields = Object.keys(definitions.results.fields);

/** The same with texts that every database can store. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') {
    return cleanText(value);
  }
  if (Array.isArray(value)) {
    return value.map(cleaned);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, cleaned(each)]),
      )
    : value;
}

describe('encode', () => {
  it('writes canonical JSON, in whatever order the fields come', () => {
    const payload = fc
      .tuple(fc.shuffledSubarray(fields, { minLength: fields.length }), facts)
      .map(([order, value]) =>
        Object.fromEntries(
          order.map(field => [field, field === 'facts' ? value : `${field}\0`]),
        ),
      );
    fc.assert(
      fc.property(fc.oneof(payload, payload.map(inOrder)), seen => {
        const json = canonicalJson(cleaned(seen));
        expect(encode(definitions.results, seen)).toEqual({
          json,
          hash: sha256(json),
          shape: 2,
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([[{ n: NaN }], [[Infinity]], [{ deep: { n: -Infinity } }]])(
    'refuses what JSON cannot say: %p',
    value => {
      const seen = Object.fromEntries(fields.map(field => [field, value]));
      expect(() => encode(definitions.results, inOrder(seen))).toThrow();
    },
  );

  it('asks objects what they say, and leaves out what is undefined', () => {
    const row = Object.fromEntries(fields.map(field => [field, '']));
    const seen = inOrder({ ...row, facts: { at: new Date(0), no: undefined } });
    expect(encode(definitions.results, seen).json).toContain(
      '"facts":{"at":"1970-01-01T00:00:00.000Z"}',
    );
  });

  it('puts names in order, and leaves out what is undefined', () => {
    const row = Object.fromEntries(fields.map(field => [field, '']));
    const seen = inOrder({ ...row, facts: { b: 1, no: undefined, a: 2 } });
    expect(encode(definitions.results, seen).json).toContain(
      '"facts":{"a":2,"b":1}',
    );
  });

  it('names what is missing, or is one too many', () => {
    const payload = { groupId: 'g', accountId: 'a' };
    const { memberships } = definitions;
    expect(() => encode(memberships, { groupId: 'g' })).toThrow(
      "A row of memberships has no value for 'accountId'",
    );
    expect(() => encode(memberships, { ...payload, role: 'x' })).toThrow(
      "A row of memberships has an unknown field 'role'",
    );
  });
});

function inOrder(payload: object): object {
  return Object.fromEntries(
    Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
