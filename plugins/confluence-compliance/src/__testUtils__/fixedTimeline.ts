// SPDX-License-Identifier: Apache-2.0
import type {
  TimelineEntry,
  TimelineQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceComplianceApi } from '../api';
import { pageOf, timelineOf } from './fixtures';

type Answer = <T>(value: T) => Promise<T>;

/** What changed, over invented data. */
export function createFixedTimeline(answer: Answer) {
  const of =
    (...datasets: TimelineEntry['dataset'][]) =>
    (_connection: string, _id: string, query: TimelineQuery = {}) => {
      const access = datasets.filter(name =>
        ['memberships', 'grants'].includes(name),
      );
      const shown = timelineOf(...(query.only ? access : datasets));
      if (query.only) {
        return answer(pageOf(shown));
      }
      return answer(
        pageOf(query.cursor ? shown.slice(-1) : shown.slice(0, -1), {
          totalItems: shown.length,
          pageInfo: query.cursor ? {} : { nextCursor: 'next' },
        }),
      );
    };
  return {
    listAccountChanges: of(
      'accounts',
      'identity_links',
      'memberships',
      'grants',
    ),
    listGroupChanges: of('groups', 'memberships', 'grants'),
    listSpaceChanges: of('spaces', 'grants'),
  } satisfies Partial<ConfluenceComplianceApi>;
}
