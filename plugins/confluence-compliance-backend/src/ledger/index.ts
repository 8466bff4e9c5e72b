// SPDX-License-Identifier: Apache-2.0
export { canonicalJson, sha256 } from './canonical';
export { createLedger } from './createLedger';
export { newSalt, saltedHash } from './salted';
export type { Ledger, LedgerEntry } from './types';
