// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { Revision } from './words';

/** Where a reader of the feed stands: after this subject. */
export interface Position {
  revision: Revision;
  kind: string;
  connection: string;
  id: string;
  /** The newest revision when its reader was told; it says how old a position is that stands still. */
  seen: Revision;
}

export function encodePosition(position: Position): string {
  const { revision, kind, connection, id, seen } = position;
  return Buffer.from(
    JSON.stringify([revision, kind, connection, id, seen]),
  ).toString('base64url');
}

/**
 * The position that a text means; a revision means after all of it. Throws an
 * `InputError` for anything else, which calls it by the given name.
 */
export function decodePosition(
  since: string | Revision | undefined,
  name = 'since',
): { position: Position; whole: boolean } {
  const start = { revision: 0, kind: '', connection: '', id: '', seen: 0 };
  if (since === undefined) {
    return { position: start, whole: true };
  }
  if (typeof since === 'number' || /^\d+$/.test(since)) {
    const revision = Number(since);
    if (Number.isSafeInteger(revision) && revision >= 0) {
      return { position: { ...start, revision, seen: revision }, whole: true };
    }
  } else {
    try {
      // Positions of the first version do not say what was seen.
      const [revision, kind, connection, id, seen = revision] = JSON.parse(
        Buffer.from(since, 'base64url').toString('utf8'),
      );
      const texts = [kind, connection, id];
      if (
        Number.isSafeInteger(revision) &&
        revision >= 0 &&
        Number.isSafeInteger(seen) &&
        seen >= revision &&
        texts.every(text => typeof text === 'string' && !text.includes('\0'))
      ) {
        const position = { revision, kind, connection, id, seen };
        return { position, whole: kind === '' };
      }
    } catch {
      // Falls through to the same clear error.
    }
  }
  throw new InputError(
    `${name} must be a position from an earlier answer, or a revision`,
  );
}
