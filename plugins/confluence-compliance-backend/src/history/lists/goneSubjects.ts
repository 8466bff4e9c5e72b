// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import type { LivingResult } from './findingLife';
import { keyOf } from './refs';

interface Ended extends LivingResult {
  /** The first revision without the result. */
  at: Revision;
}

interface Interval {
  key: string;
  opened: Revision;
  closed: Revision | null;
}

/** What a result is about in the history, where it is an account or a space. */
function subjectOf({ result }: LivingResult) {
  const { accountId, resource, subjectId, subjectKind } = result;
  const account = subjectKind === 'account' ? subjectId : accountId;
  const space =
    subjectKind === 'space'
      ? subjectId
      : /^space:(.+)$/.exec(resource ?? '')?.[1];
  return { account, space };
}

/** Names (source and key) of the results whose account or space did not stand any more when they ended. */
export async function goneSubjects(
  knex: Knex,
  ended: Ended[],
): Promise<Set<string>> {
  const gone = new Set<string>();
  for (const source of new Set(ended.map(one => one.source))) {
    const own = ended.filter(one => one.source === source);
    for (const dataset of ['account', 'space'] as const) {
      const about = own.flatMap(one => {
        const id = subjectOf(one)[dataset];
        return id ? [{ ...one, id }] : [];
      });
      const intervals: Interval[] = await knex(`history_${dataset}s`)
        .where({ source })
        .whereIn('key', [...new Set(about.map(({ id }) => id))])
        .select('key', 'opened', 'closed');
      for (const { key, id, at } of about) {
        const stands = intervals.some(
          interval =>
            interval.key === id &&
            interval.opened <= at &&
            (interval.closed === null || interval.closed > at),
        );
        if (!stands) {
          gone.add(keyOf(source, key));
        }
      }
    }
  }
  return gone;
}
