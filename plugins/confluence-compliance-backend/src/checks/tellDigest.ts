// SPDX-License-Identifier: Apache-2.0
import type {
  TotalItems,
  Trend,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type History, type Lists, openVerdicts } from '../history';
import type { RegisteredCheck } from './CheckRegistry';
import type { FindingNotes } from './FindingNotes';
import type { FindingNotices } from './FindingNotices';

interface Rooms {
  history: Pick<History, 'head'>;
  lists: Pick<Lists, 'findings'>;
  notes: Pick<FindingNotes, 'ownedBy'>;
  notices: Pick<FindingNotices, 'digest'>;
  checks: Map<string, RegisteredCheck>;
  /** Ids of the connections there are. */
  connections: () => string[];
}

/** Tells a team how findings stand, against as many days ago, and how many of them are its own. */
export async function tellDigest(
  rooms: Rooms,
  team: string,
  { trend: { points }, days }: { trend: Trend; days: number },
): Promise<void> {
  const now = points[points.length - 1];
  if (now) {
    const before = points.length > days ? points[0] : undefined;
    const own = await openOf(rooms, team, now.at);
    await rooms.notices.digest(team, { now, before, days, own });
  }
}

/** How many findings of an owner fail or warn and are not excepted at an ISO time. */
async function openOf(
  { history, lists, notes, checks, connections }: Rooms,
  owner: string,
  moment: string,
): Promise<TotalItems> {
  const { totalItems } = await lists.findings.list({
    query: {},
    connections: connections(),
    checks: [[...checks.keys()]],
    verdicts: openVerdicts,
    excepted: 'without',
    narrow: notes.ownedBy(owner),
    revision: await history.head(),
    moment,
    limit: 1,
    sort: '-severity',
  });
  return totalItems;
}
