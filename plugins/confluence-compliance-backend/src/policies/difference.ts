// SPDX-License-Identifier: Apache-2.0
import type { PolicyBlock } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { diffArrays } from 'diff';
import type { Block } from './blocks';

/** More blocks than this are not shown. */
const MOST_SHOWN = 2_000;
/** Two long pages that have nothing in common would take minutes. */
const TIMEOUT_MS = 2_000;

const isSame = (a: Block, b: Block) =>
  a.text === b.text && a.heading === b.heading;

/** What was added and removed between two texts, in the order of the page. */
export function differenceOf(
  before: Block[],
  after: Block[],
): { blocks: PolicyBlock[]; truncated: boolean } {
  const parts = diffArrays(before, after, {
    comparator: isSame,
    timeout: TIMEOUT_MS,
  }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  const blocks = parts.flatMap(({ value, added, removed }) =>
    value.map((block): PolicyBlock => {
      const changed = added ? 'added' : 'removed';
      return { kind: added || removed ? changed : 'same', ...block };
    }),
  );
  return {
    blocks: blocks.slice(0, MOST_SHOWN),
    truncated: blocks.length > MOST_SHOWN,
  };
}
