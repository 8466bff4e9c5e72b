// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { CriticalSystems } from '../critical-systems';
import type { Policies } from '../policies';

/** What configuration gives checks to judge. */
export interface Subjects {
  criticalSystems: CriticalSystems;
  policies: Policies;
}

const reasons = {
  'critical-systems': 'no-critical-systems',
  policies: 'no-policies',
} as const;

/** The connections that a check judges, of those that are asked for. */
export function connectionsOf(
  { where }: Pick<ConfluenceCheck, 'where'>,
  { criticalSystems, policies }: Subjects,
  asked: string[],
): string[] {
  if (!where) {
    return asked;
  }
  const room = where === 'policies' ? policies : criticalSystems;
  const having = room.connections();
  return asked.filter(connection => having.includes(connection));
}

/** Why a check has nothing to judge where none of its connections is left. */
export function reasonWithout({ where }: Pick<ConfluenceCheck, 'where'>) {
  return where ? reasons[where] : 'no-connections';
}
