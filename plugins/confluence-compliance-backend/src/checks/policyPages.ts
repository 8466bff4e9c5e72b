// SPDX-License-Identifier: Apache-2.0
import type { PolicyPages } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History, Lookups, NamedPage, Revision } from '../history';
import { currentPages, type Mapping } from '../policies';
import { gapOf } from './completeness';
import { toReason } from './reasons';

const MOST_PAGES = 10;

interface Known {
  history: Pick<History, 'containers'>;
  lookups: Pick<Lookups, 'pages' | 'describePages' | 'space'>;
}

/** Which pages a rule finds, and why others may be there that were not read. */
export async function policyPages(
  known: Known,
  mapping: Mapping,
  revision: Revision,
): Promise<PolicyPages> {
  const { lookups } = known;
  const { connection, page } = mapping;
  const found = await lookups.pages(connection, page, revision);
  const gap = await gapOfRule(known, mapping, found, revision);
  return {
    pages: await lookups.describePages(
      connection,
      found.slice(0, MOST_PAGES),
      revision,
    ),
    current: currentPages({ pages: found }).length,
    ...(gap && { unknown: toReason(gap) }),
  };
}

async function gapOfRule(
  { history, lookups }: Known,
  { connection: source, page }: Mapping,
  found: NamedPage[],
  revision: Revision,
): Promise<string | undefined> {
  if (found.some(({ outOfScope }) => outOfScope)) {
    return 'pages-not-visible';
  }
  const dataset = page.by === 'label' ? 'labels' : 'pages';
  const states = await history.containers({ source, dataset });
  const ofKey = (key: string) =>
    gapOf(
      dataset,
      states.find(state => state.key === key),
    )[0];
  if (page.by === 'label') {
    return ofKey(page.label);
  }
  if (page.by === 'title') {
    const space = await lookups.space(source, page.space, revision);
    return space ? ofKey(space.id) : 'space-not-found';
  }
  const spaceId = found[0]?.payload?.spaceId;
  if (spaceId !== undefined) {
    return ofKey(spaceId);
  }
  // It could be in any space.
  return states.length === 0
    ? gapOf(dataset, undefined)[0]
    : states.flatMap(state => gapOf(dataset, state))[0];
}
