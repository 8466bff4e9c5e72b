// SPDX-License-Identifier: Apache-2.0
import type {
  CheckData,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { CriticalSystems } from '../critical-systems';
import type { Policies } from '../policies';

/** What configuration gives checks to judge. */
export interface Subjects {
  criticalSystems: CriticalSystems;
  policies: Policies;
  /** Default: nothing was ever reviewed. */
  reviews?: Pick<CheckData, 'reviewed' | 'revocations'> & {
    /** Ids of the connections in which something was revoked. */
    connections(): Promise<string[]>;
  };
}

const reasons = {
  'critical-systems': 'no-critical-systems',
  documents: 'no-policies',
  policies: 'no-policies',
  revocations: 'no-revocations',
} as const;

/** The connections that a check judges, of those that are asked for. */
export async function connectionsOf(
  { where }: Pick<ConfluenceCheck, 'where'>,
  { criticalSystems, policies, reviews }: Subjects,
  asked: string[],
): Promise<string[]> {
  if (!where) {
    return asked;
  }
  const rooms = {
    'critical-systems': criticalSystems,
    documents: { connections: () => policies.connectionsOfDocuments() },
    policies,
    revocations: reviews,
  };
  const having = (await rooms[where]?.connections()) ?? [];
  return asked.filter(connection => having.includes(connection));
}

/** Why a check has nothing to judge where none of its connections is left. */
export function reasonWithout({ where }: Pick<ConfluenceCheck, 'where'>) {
  return where ? reasons[where] : 'no-connections';
}
