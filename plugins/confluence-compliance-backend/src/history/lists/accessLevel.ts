// SPDX-License-Identifier: Apache-2.0
import {
  type AccessLevel,
  writeOperations,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** From the least to the most powerful. */
const levels: readonly AccessLevel[] = ['other', 'view', 'edit', 'admin'];

/** SQL of the rank of a grant, 0 to 3; its words are ours, so it has no bindings. */
export function rankSql(alias: string): string {
  const listed = writeOperations.map(word => `'${word}'`).join(', ');
  return `case
    when ${alias}.operation = 'administer' and ${alias}.target = 'space' then 3
    when ${alias}.operation in (${listed}) then 2
    when ${alias}.operation like 'manage%' then 2
    when ${alias}.operation = 'read' then 1
    else 0 end`;
}

/** The level that a rank stands for. */
export function levelOf(rank: number): AccessLevel {
  return levels[rank];
}
