// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';
import { InputError } from '@backstage/errors';
import { sealingKey } from './__testUtils__/grants';
import { CannotOpenError, Keyring } from './Keyring';

const SECRET = 'ATATT3x-a-token-that-nobody-may-read';
const PLACE = 'acme/api-token';
const key = sealingKey('2026', 1);
const ring = new Keyring([key]);

async function errorOf(opening: Promise<unknown>): Promise<Error> {
  return opening.then(
    () => new Error('It was opened'),
    error => error,
  );
}

/** Exchanges one character of a part of a JWE: header, key, initial value, cipher text, tag. */
function changed(sealed: string, part: number, at: number): string {
  const parts = sealed.split('.');
  const text = parts[part];
  const other = text[at] === 'A' ? 'B' : 'A';
  parts[part] = text.slice(0, at) + other + text.slice(at + 1);
  return parts.join('.');
}

/** Nothing of the secret, nor of any key, is in an error, however it is looked at. */
function expectSilent(error: Error) {
  const said = [
    error.message,
    String(error.stack),
    JSON.stringify(error),
    inspect(error, { depth: 9, showHidden: true }),
  ].join('\n');
  for (const hidden of [SECRET, Buffer.from(key.secret)]) {
    const bytes = Buffer.from(hidden);
    expect(said).not.toContain(bytes.toString('latin1'));
    expect(said).not.toContain(bytes.toString('base64').replace(/=+$/, ''));
    expect(said).not.toContain(bytes.toString('hex'));
  }
}

describe('Keyring', () => {
  it('opens what it has sealed, and seals the same differently each time', async () => {
    const values = [SECRET, '', { accessToken: SECRET, accessExpiresAt: 1 }];
    for (const value of values) {
      const { sealed, keyId } = await ring.seal(PLACE, value);
      expect(keyId).toBe('2026');
      expect(sealed).not.toContain(SECRET);
      expect(await ring.open(PLACE, sealed)).toEqual(value);
      expect((await ring.seal(PLACE, value)).sealed).not.toBe(sealed);
    }
  });

  it('seals with the first key and opens with all', async () => {
    const { sealed } = await ring.seal(PLACE, SECRET);
    const both = new Keyring([sealingKey('2027', 2), key]);
    expect(await both.open(PLACE, sealed)).toBe(SECRET);
    expect((await both.seal(PLACE, SECRET)).keyId).toBe('2027');
    expect([both.current, both.ids]).toEqual(['2027', ['2027', '2026']]);
  });

  it.each([
    ['at another place', [key], 'acme/organization'],
    ['without its key', [sealingKey('2027', 1)], PLACE],
    ['with another secret of its key', [sealingKey('2026', 2)], PLACE],
    ['without any key', [], PLACE],
  ])('opens nothing %s', async (_, keys, place) => {
    const { sealed } = await ring.seal(PLACE, SECRET);
    const error = await errorOf(new Keyring(keys).open(place, sealed));
    expect(error).toBeInstanceOf(CannotOpenError);
    expect(error.message).toContain("'2026'");
    expect(error.message).toMatch(/enter .*anew/);
    expectSilent(error);
  });

  it('names the cure of a key that is missing or has changed', async () => {
    const { sealed } = await ring.seal(PLACE, SECRET);
    const without = await errorOf(new Keyring([]).open(PLACE, sealed));
    expect(without.message).toContain(
      'confluenceCompliance.secrets.keys does not have: add it again',
    );
    const other = new Keyring([sealingKey('2026', 2)]);
    const changedKey = await errorOf(other.open(PLACE, sealed));
    expect(changedKey.message).toContain(
      'Put the old secret back into confluenceCompliance.secrets.keys',
    );
  });

  it('opens nothing of which any byte was changed', async () => {
    const { sealed } = await ring.seal(PLACE, SECRET);
    const parts = sealed.split('.');
    for (const part of [0, 2, 3, 4]) {
      // The last character of a part may hold bits that count for nothing.
      for (let at = 0; at < parts[part].length - 1; at += 1) {
        const error = await errorOf(
          ring.open(PLACE, changed(sealed, part, at)),
        );
        expect([part, at, error]).toEqual([
          part,
          at,
          expect.any(CannotOpenError),
        ]);
        expect(error.message).toMatch(/enter .*anew/);
        expectSilent(error);
      }
    }
    for (const value of ['', 'x', parts.slice(0, 4).join('.'), '....']) {
      const error = await errorOf(ring.open(PLACE, value));
      expect(error).toBeInstanceOf(CannotOpenError);
    }
  });

  it('shows no key, however it is looked at', () => {
    const said = inspect(ring, { depth: 9, showHidden: true });
    expect(said + JSON.stringify(ring)).not.toMatch(/secret|1, 1, 1|AQEB/);
  });

  it('says what to configure when there is no key to seal with', async () => {
    const none = new Keyring([]);
    expect([none.current, none.ids]).toEqual([undefined, []]);
    const error = await errorOf(none.seal(PLACE, SECRET));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain('confluenceCompliance.secrets.keys');
    expectSilent(error);
  });
});
