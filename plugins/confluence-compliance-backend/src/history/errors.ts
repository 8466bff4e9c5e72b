// SPDX-License-Identifier: Apache-2.0
import { CustomErrorBase } from '@backstage/errors';
import { Container } from './types';

/**
 * Somebody else changed rows that a read had found unchanged: the named
 * containers must be read again (`restartRead`). Nothing was written.
 */
export class StaleStagingError extends CustomErrorBase {
  name = 'StaleStagingError' as const;
  readonly containers: Container[];

  constructor(containers: Container[]) {
    const named = containers
      .map(c => `${c.source}/${c.dataset}/${c.key}`)
      .join(', ');
    super(`Rows changed while they were read; read again: ${named}`);
    this.containers = containers;
  }
}

/**
 * The asked revision or feed position is not kept any more, or belongs to a
 * database that was restored since: the reader starts over with a snapshot.
 */
export class RevisionGoneError extends CustomErrorBase {
  name = 'RevisionGoneError' as const;
}
