// SPDX-License-Identifier: Apache-2.0
import type {
  Group,
  GroupDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { toSeen } from '../checks';
import type { Revision } from '../history';
import { accessReads, CardContext } from './CardContext';
import { standingOf } from './freshness';
import { inAll } from './personPart';

/** What grants of a group were read from; what says most of a gap comes first. */
const BEHIND = ['grants', 'spaces', 'groups'];

/** Whether members and grants of a group were all read, now or at a revision of the past. */
export async function groupGaps(
  context: CardContext,
  { connection, groupId, members }: Group,
  grants: number,
  revision: Revision,
): Promise<Pick<GroupDetail, 'membership' | 'access'>> {
  if (revision < context.revision) {
    const { cards } = context;
    const dataset = 'memberships';
    const whole = await cards.wasWhole(connection, dataset, groupId, revision);
    const why = await cards.whyUnknownAt(connection, BEHIND, revision);
    return {
      membership: toSeen(members, whole ? undefined : `${dataset}-incomplete`),
      access: toSeen(grants, why),
    };
  }
  const reads = accessReads(context, [connection]);
  const only = [groupId];
  const { gaps, readAt } = await standingOf(context, [
    { source: connection, dataset: 'memberships', only },
  ]);
  return {
    membership: toSeen(members, gaps.get('memberships'), readAt),
    access: await inAll(
      context,
      grants,
      reads.filter(({ dataset }) => BEHIND.includes(dataset)),
    ),
  };
}
