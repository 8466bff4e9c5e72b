// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { Decide } from './deciding';
import { isLowRisk } from './recommend';
import { factsOf, type ItemRow } from './rows';

const NAMED = 10;

/**
 * Whoever keeps several items at once has to say that they saw which of them are not low-risk, and
 * why they are kept. Throws an InputError that names these.
 */
export function refuseRiskyBulk(rows: ItemRow[], asked: Decide): void {
  const { decision, includeRisky, reason } = asked;
  if (decision !== 'keep' || rows.length < 2 || (includeRisky && reason)) {
    return;
  }
  const risky = rows.filter(row => !isLowRisk(factsOf(row)));
  if (risky.length > 0) {
    const named = risky.slice(0, NAMED).map(({ id }) => id);
    const more = risky.length - named.length;
    throw new InputError(
      `${
        includeRisky ? 'reason' : 'includeRisky'
      } is needed to keep several items at once of which ${
        risky.length
      } are not lowRisk: ${named.join(', ')}${
        more > 0 ? ` and ${more} more` : ''
      }. Keep these one by one, or say includeRisky: true with a reason`,
    );
  }
}
