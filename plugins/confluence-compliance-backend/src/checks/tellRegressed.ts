// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Lists, Revision } from '../history';
import { type FindingNotes, idOf } from './FindingNotes';
import type { FindingNotices } from './FindingNotices';

/** Tells owners what came back. Whatever goes wrong here, the check has run. */
export async function tellRegressed(
  rooms: {
    lists: Pick<Lists, 'findings'>;
    notes: Pick<FindingNotes, 'owned'>;
    notices: Pick<FindingNotices, 'regressed'>;
    logger: Pick<LoggerService, 'warn'>;
  },
  check: ConfluenceCheck,
  revision: Revision,
): Promise<void> {
  const { lists, notes, notices, logger } = rooms;
  try {
    const back = new Map<string, number>();
    for await (const owned of notes.owned(check.id)) {
      const found = await lists.findings.regressedAt(owned, revision);
      const ids = new Set(found.map(idOf));
      for (const { owner } of owned.filter(one => ids.has(idOf(one)))) {
        back.set(owner, (back.get(owner) ?? 0) + 1);
      }
    }
    await notices.regressed(back, check);
  } catch (error) {
    logger.warn(
      `Nobody could be told what came back in ${check.id}: ${
        toError(error).message
      }`,
    );
  }
}
