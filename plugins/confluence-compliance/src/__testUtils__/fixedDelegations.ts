// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { delegation, delegations, othersDelegation, pageOf } from './fixtures';
import { refuse } from './states/refused';

/** Invented delegations that remember what was given and ended until the page is loaded again. */
export function createFixedDelegations(
  answer: <T>(value: T) => Promise<T>,
): Pick<
  ConfluenceComplianceApi,
  | 'listDelegations'
  | 'listAllDelegations'
  | 'delegateReviews'
  | 'endDelegation'
  | 'endAnyDelegation'
> {
  const known = new Map(
    [...delegations, othersDelegation].map(one => [one.id, one]),
  );
  const isOpen = ({ endedAt, endsAt }: (typeof delegations)[number]) =>
    !endedAt && Date.parse(endsAt) > Date.now();
  const keep = (one: (typeof delegations)[number]) => {
    known.set(one.id, one);
    return answer(one);
  };
  const end = (id: string) => {
    const found = known.get(id);
    return found
      ? keep({ ...found, active: false, endedAt: new Date().toISOString() })
      : refuse(404, `There is no delegation ${id}`);
  };
  return {
    listDelegations: () =>
      answer(
        pageOf([...known.values()].filter(one => one !== othersDelegation)),
      ),
    listAllDelegations: () =>
      answer(pageOf([...known.values()].filter(isOpen))),
    delegateReviews: ({ startsAt, ...body }) =>
      keep(
        delegation({
          ...body,
          id: `delegation-${known.size + 1}`,
          startsAt: startsAt ?? new Date().toISOString(),
          active: !startsAt,
        }),
      ),
    endDelegation: end,
    endAnyDelegation: end,
  };
}
