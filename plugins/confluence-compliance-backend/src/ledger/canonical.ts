// SPDX-License-Identifier: Apache-2.0
import { createHash, hash as hashOnce } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Canonical JSON (RFC 8785). Throws on what JSON cannot say, such as NaN. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError('Only a JSON value has a canonical form');
  }
  return text;
}

/** SHA-256 over the given parts in order, as 64 lower case hex digits. */
export function sha256(...parts: Array<string | Buffer>): string {
  if (parts.length === 1) {
    return hashOnce('sha256', parts[0]);
  }
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part);
  }
  return hash.digest('hex');
}
