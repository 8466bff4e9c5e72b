// SPDX-License-Identifier: Apache-2.0
import type {
  Check,
  Policy,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History, Lookups, Revision } from '../history';
import type { Policies } from '../policies';
import { documentSetUp } from './builtin/documentSetUp';
import { toReason } from './reasons';

const MOST_PAGES = 10;

/** The required policies with their pages and the verdict on each. */
export async function describePolicies(
  rooms: {
    history: History;
    lookups: Lookups;
    policies: Policies;
    check: (id: string, connection: string) => Promise<Check>;
  },
  query: { revision: Revision; connections?: string[] },
): Promise<Policy[]> {
  const { history, lookups, policies } = rooms;
  const { revision } = query;
  const described: Policy[] = [];
  for (const policy of await policies.list(query)) {
    const { id, title, connection, rule, pages } = policy;
    const { id: checkId } = documentSetUp;
    const { lastRunAt } = await rooms.check(checkId, connection);
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
      verdict,
      reason: toReason(reason),
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
