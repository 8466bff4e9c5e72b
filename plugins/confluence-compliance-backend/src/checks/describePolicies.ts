// SPDX-License-Identifier: Apache-2.0
import type { Policy } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History, Lookups, Revision } from '../history';
import type { Policies } from '../policies';
import { documentSetUp } from './builtin/documentSetUp';
import type { CheckStand } from './CheckStand';
import { toReason } from './reasons';

const MOST_PAGES = 10;

/** The required policies with their pages and the verdict on each. */
export async function describePolicies(
  rooms: {
    history: History;
    lookups: Lookups;
    policies: Policies;
    stand: (id: string, connection: string) => Promise<CheckStand>;
  },
  query: { revision: Revision; connections?: string[] },
): Promise<Policy[]> {
  const { history, lookups, policies } = rooms;
  const { revision } = query;
  const described: Policy[] = [];
  for (const policy of await policies.list(query)) {
    const { id, title, connection, rule, pages } = policy;
    const { id: checkId } = documentSetUp;
    const { check, doubt } = await rooms.stand(checkId, connection);
    const { lastRunAt } = check;
    const row = await history.row(
      'results',
      connection,
      `${checkId}|${documentSetUp.subjectKind}|${id}`,
      revision,
    );
    const { verdict = 'unknown', reason = 'never-run' } = row?.payload ?? {};
    described.push({
      id,
      title,
      connection,
      rule,
      ...(verdict === 'pass' && doubt
        ? { verdict: 'unknown', reason: doubt }
        : { verdict, reason: toReason(reason) }),
      pages: await lookups.describePages(
        connection,
        pages.slice(0, MOST_PAGES),
        revision,
      ),
      ...(lastRunAt && { lastRunAt }),
    });
  }
  return described;
}
