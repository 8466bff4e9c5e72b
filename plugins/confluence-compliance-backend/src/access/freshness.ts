// SPDX-License-Identifier: Apache-2.0
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { isStale, toReason } from '../checks';
import { PEOPLE } from '../people';
import type { CardContext, ReadBehind } from './CardContext';

/** Gaps that say most first. */
const gaps = ['never-read', 'not-visible', 'failed', 'incomplete', 'stale'];

/** What is known of the reads behind something. */
export interface Standing extends Pick<Access, 'readAt' | 'incomplete'> {
  /** Code of the worst gap by dataset. */
  gaps: Map<string, string>;
}

/** When all of this was last read whole, and why it may not be all there is. */
export async function standingOf(
  { config, fresh, now }: Pick<CardContext, 'config' | 'fresh' | 'now'>,
  reads: ReadBehind[],
): Promise<Standing> {
  const distinct = new Map(reads.map(read => [JSON.stringify(read), read]));
  const found = await Promise.all(
    [...distinct.values()].map(
      async ({ source, dataset, connection: whose, only }) => {
        const known = await fresh(source, dataset, only);
        const connection = source === PEOPLE.source ? '' : whose ?? source;
        const stale = isStale(config, {
          connection,
          dataset,
          newest: known.newestAt,
          now,
        });
        return { ...known, gap: known.gap ?? (stale ? 'stale' : undefined) };
      },
    ),
  );
  const worst = [...found]
    .filter(({ gap }) => gap !== undefined)
    .sort((a, b) => gaps.indexOf(a.gap ?? '') - gaps.indexOf(b.gap ?? ''));
  const codes = worst.map(({ dataset, gap }) => `${dataset}-${gap}`);
  const times = found.map(({ readAt }) => readAt);
  const oldest = times.includes(undefined) ? undefined : times.sort()[0];
  return {
    ...(oldest && { readAt: oldest }),
    ...(codes.length > 0 && { incomplete: toReason(codes[0]) }),
    gaps: new Map(
      // The worst one stays, since it comes last.
      worst.map(({ dataset }, i) => [dataset, codes[i]] as const).reverse(),
    ),
  };
}
