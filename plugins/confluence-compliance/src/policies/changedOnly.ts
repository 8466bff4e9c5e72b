// SPDX-License-Identifier: Apache-2.0
import type { PolicyBlock } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What changed, below the headings that it stands under and beside its neighbours. */
export function changedOnly(blocks: PolicyBlock[]): PolicyBlock[] {
  const kept = new Set<number>();
  blocks.forEach(({ kind }, place) => {
    if (kind === 'same') {
      return;
    }
    for (const near of [place - 1, place, place + 1]) {
      kept.add(near);
    }
    const above = blocks.slice(0, place).findLastIndex(each => each.heading);
    kept.add(above);
  });
  return blocks.filter((_, place) => kept.has(place));
}
