// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { version } from '../package.json';
import { EntityOptions } from './config';

/** Changes with whatever makes the same subject another entity. */
export function createFingerprint(
  options: EntityOptions,
  transformersVersion: string | undefined,
): string {
  return createHash('sha256')
    .update(JSON.stringify([version, options, transformersVersion ?? '']))
    .digest('hex');
}
