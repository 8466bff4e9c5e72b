// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { Revision } from './words';

/** Where a reader of the feed stands: after this subject. */
export interface Position {
  revision: Revision;
  kind: string;
  connection: string;
  id: string;
}

export function encodePosition(position: Position): string {
  const { revision, kind, connection, id } = position;
  return Buffer.from(JSON.stringify([revision, kind, connection, id])).toString(
    'base64url',
  );
}

/**
 * The position that a text means; a revision means after all of it. Throws an
 * `InputError` for anything else, which calls it by the given name.
 */
export function decodePosition(
  since: string | Revision | undefined,
  name = 'since',
): { position: Position; whole: boolean } {
  const start = { revision: 0, kind: '', connection: '', id: '' };
  if (since === undefined) {
    return { position: start, whole: true };
  }
  if (typeof since === 'number' || /^\d+$/.test(since)) {
    const revision = Number(since);
    if (Number.isSafeInteger(revision) && revision >= 0) {
      return { position: { ...start, revision }, whole: true };
    }
  } else {
    try {
      const [revision, kind, connection, id] = JSON.parse(
        Buffer.from(since, 'base64url').toString('utf8'),
      );
      const texts = [kind, connection, id];
      if (
        Number.isSafeInteger(revision) &&
        revision >= 0 &&
        texts.every(text => typeof text === 'string' && !text.includes('\0'))
      ) {
        const position = { revision, kind, connection, id };
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
