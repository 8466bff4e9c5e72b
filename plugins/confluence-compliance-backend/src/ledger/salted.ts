// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { sha256 } from './canonical';

const SALT_BYTES = 16;

/** A salt, as hex of 32 letters: it stands beside a text and goes with it. */
export function newSalt(): string {
  return randomBytes(SALT_BYTES).toString('hex');
}

/** What the ledger may have of a text: once the salt is gone, nothing leads back to the text. */
export function saltedHash(salt: string, text: string): string {
  return sha256(salt, text);
}
