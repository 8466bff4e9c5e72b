// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;

/**
 * The key that seals the credentials of this demo, in base64. It is made once and kept beside its
 * database, which no real portal does: there the key comes from a secret store.
 */
export function sealingKey(folder) {
  const file = join(folder, 'sealing-key');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(KEY_BYTES).toString('base64'), {
      mode: 0o600,
    });
  }
  return readFileSync(file, 'utf8').trim();
}
