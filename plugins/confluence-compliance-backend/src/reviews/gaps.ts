// SPDX-License-Identifier: Apache-2.0
import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { ReviewGap } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { keepReason } from '../history';
import { gapsHash } from './coverage';

/** What somebody accepts: the gaps as they were shown, and why. */
export interface AcceptedGaps {
  gapsHash: string;
  reason: string;
}

const KIND = 'review.started';

/**
 * Refuses gaps that nobody accepted as they are now (ConflictError), or that somebody else than the
 * owner of the review did (NotAllowedError).
 */
export function refuseGaps(
  gaps: ReviewGap[],
  accepted: AcceptedGaps | undefined,
  { owner, actor }: { owner: string; actor: string },
): void {
  if (gaps.length === 0) {
    return;
  }
  const [{ dataset, container, reason }] = gaps;
  const open = `${gaps.length} of what is in scope was not read whole, such as ${dataset} of ${container} (${reason.code})`;
  if (!accepted) {
    throw new ConflictError(
      `${open}: sync again, or accept it with the gapsHash of the review and a reason in acceptGaps`,
    );
  }
  if (owner !== actor) {
    throw new NotAllowedError(
      `Only the owner of the review, ${owner}, can accept gaps`,
    );
  }
  if (accepted.gapsHash !== gapsHash(gaps)) {
    throw new ConflictError(
      `What was not read whole has changed since gapsHash was shown: now ${open}. Read the review again, and accept its gapsHash of now`,
    );
  }
}

/** Keeps why gaps were accepted; returns the hash that the ledger may have of it. */
export async function keepGapsReason(
  tx: Knex.Transaction,
  review: string,
  actor: string,
  reason: string,
): Promise<string> {
  return keepReason(tx, { kind: KIND, subject: review, actor, reason });
}

/** Why the gaps of a review were accepted; undefined where that was erased, or there were none. */
export async function gapsReasonOf(
  knex: Knex,
  review: string,
): Promise<string | undefined> {
  const row = await knex('decision_reasons')
    .where({ kind: KIND, subject: review })
    .first('reason');
  return row?.reason;
}
