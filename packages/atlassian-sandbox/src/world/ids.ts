// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

/** Hexadecimal digest of a name: the one source of every id, so that ids never move. */
export function digest(name: string): string {
  return createHash('sha256').update(`sandbox:${name}`).digest('hex');
}

/** A UUID that depends on the name alone. */
export function uuidOf(name: string): string {
  const hex = digest(name);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** An account id in the present format of Atlassian: a site number and a UUID. */
export function accountIdOf(name: string): string {
  return `712020:${uuidOf(`account:${name}`)}`;
}
