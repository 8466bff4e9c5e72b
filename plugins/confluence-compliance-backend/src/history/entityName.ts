// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { SubjectRef } from './types';

const SLUG_LENGTH = 40;
const HASH_LENGTH = 8;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

function slug(text: string): string {
  return text
    .slice(0, 500)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_LENGTH)
    .replace(/^-+|-+$/g, '');
}

/**
 * The entity name of a subject at first sight: readable, and unique by a hash
 * of what it is. It is stored and kept when the title changes.
 */
export function entityName(ref: SubjectRef, title: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([ref.connection, ref.kind, ref.id]))
    .digest();
  let hash = '';
  for (let i = 0; i < HASH_LENGTH; i += 1) {
    // The low five bits of a byte are one of 32 letters, without a bias.
    hash += BASE32[digest[i] % BASE32.length];
  }
  return `${slug(title) || ref.kind}-${hash}`;
}
