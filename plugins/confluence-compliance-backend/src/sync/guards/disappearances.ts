// SPDX-License-Identifier: Apache-2.0
import { MissingScopeError } from '@confluence-compliance/atlassian-client';
import type {
  DatasetName,
  DatasetPayloads,
  FinishRead,
  ObservedRow,
} from '../../history';
import {
  ContradictedListError,
  finishOf,
  isFatal,
  reasonOf,
  reasonText,
} from '../reasons';
import type { Progress, ReadSession, StageExtras } from '../ReadSession';
import { pool } from '../RunContext';

/** How many disappearances of one container are looked at one by one. */
export const DIRECT_LOOKS = 50;

/** Neither there nor provably gone. */
export interface Unclear {
  /** Why, in words. */
  unclear: string;
  /** Absent: it could not be found out. */
  code?: 'not-visible';
}

/** What a direct look at a missing row has found. */
export type Look<D extends DatasetName> =
  | 'gone'
  | Unclear
  | { row: ObservedRow<DatasetPayloads[D]>; work?: StageExtras['work'] };

/**
 * Makes sure that what a whole list no longer had is really gone. A few are
 * looked at directly. Many need a second whole read that misses them too, and
 * a sample of direct looks that finds none of them: a list that is cut at the
 * same place twice must not pass for a removal. Where there are no direct looks,
 * or the credential lacks their scope, two whole reads that agree must do.
 *
 * @returns how the read ends
 * @throws ContradictedListError when something missing is still there and the
 * list was read once only; what was found is staged
 */
export async function confirmMissing<D extends DatasetName, P extends Progress>(
  session: ReadSession<D, P>,
  options: {
    /** Absent where Atlassian offers none. */
    look?(key: string): Promise<Look<D>>;
    /** Walks the list again, adding to what the read has seen. */
    again(): Promise<FinishRead | undefined>;
  },
): Promise<FinishRead> {
  const { context } = session;
  const { concurrency } = context.parts;
  const missing = () => session.missing(DIRECT_LOOKS);
  let { keys, total } = await missing();
  const { look, again } = options;
  const noLooks = !look || session.progress.looksRefused;
  if (total > DIRECT_LOOKS || (total > 0 && noLooks)) {
    if (session.progress.pass !== 2) {
      await session.stage([], {
        ...session.progress,
        pass: 2,
        missedOnce: total,
        cursor: undefined,
        listed: false,
      });
    }
    const stopped = await again();
    if (stopped) {
      return stopped;
    }
    if (session.progress.pass !== 2) {
      // The list was begun anew, which forgot the first read: this one is now the first.
      return confirmMissing(session, options);
    }
    ({ keys, total } = await missing());
  }
  const { missedOnce = total } = session.progress;
  if (!look || noLooks) {
    return missedOnce > total
      ? finishOf(new ContradictedListError(missedOnce - total, missedOnce))
      : { outcome: 'complete' };
  }
  let found = 0;
  let refused = false;
  const unclear = new Set<string>();
  let unconfirmed = false;
  const gone = new Set(session.progress.gone);
  const lookAt = async (key: string) => {
    context.checkpoint();
    if (refused) {
      return;
    }
    const seen = await tryLook(look, key);
    if (seen === 'gone') {
      gone.add(key);
    } else if (seen === 'refused') {
      refused = true;
    } else if ('unclear' in seen) {
      unclear.add(seen.unclear);
      unconfirmed ||= seen.code === undefined;
    } else {
      found += 1;
      await session.stage([seen.row], session.progress, { work: seen.work });
    }
  };
  try {
    await pool(
      concurrency,
      keys.filter(key => !gone.has(key)),
      lookAt,
    );
  } finally {
    // Nothing is looked at twice when the slice ends here.
    if (gone.size > (session.progress.gone?.length ?? 0)) {
      await session.stage([], { ...session.progress, gone: [...gone] });
    }
  }
  if (unclear.size > 0) {
    const text = [...unclear].slice(0, 3).join('; ');
    const code = unconfirmed ? 'unconfirmed' : 'not-visible';
    return { outcome: 'partial', reason: reasonText(code, text) };
  }
  if (found > 0) {
    const contradicted = new ContradictedListError(found, keys.length);
    if (total > DIRECT_LOOKS) {
      return finishOf(contradicted);
    }
    throw contradicted;
  }
  if (refused) {
    await session.stage([], { ...session.progress, looksRefused: true });
    return confirmMissing(session, options);
  }
  return { outcome: 'complete' };
}

/**
 * A look that fails has found nothing out, and one that a scope is missing for
 * never will; what ends the slice is thrown.
 */
async function tryLook<D extends DatasetName>(
  look: (key: string) => Promise<Look<D>>,
  key: string,
): Promise<Look<D> | 'refused'> {
  try {
    return await look(key);
  } catch (error) {
    if (isFatal(error)) {
      throw error;
    }
    if (error instanceof MissingScopeError) {
      return 'refused';
    }
    return { unclear: reasonOf(error).text };
  }
}
