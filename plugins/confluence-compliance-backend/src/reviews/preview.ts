// SPDX-License-Identifier: Apache-2.0
import type {
  ReviewPreview,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type CoverageOptions, coverageOf, gapsHash } from './coverage';
import type { Deciders } from './plan';
import type { ItemSource } from './rows';
import { Selection, type SelectionOptions } from './Selection';
import { withSystemOwners } from './systems';

/** Rows that are counted at once. */
const BATCH = 1_000;

/** Reviewers that are named. */
const NAMED = 20;

/** While it is not said who decides. */
const nobody: Omit<Deciders, 'owners'> = { rules: [], fallback: '', owner: '' };

export type PreviewOptions = SelectionOptions & CoverageOptions;

/**
 * Counts what a review over a scope would consist of now: the items, the people they are about, and who
 * would decide how many. It counts what the items would be made of, so that nothing is estimated.
 */
export async function previewOf(
  options: PreviewOptions,
  scope: ReviewScope,
  deciders?: Deciders,
): Promise<ReviewPreview> {
  const { revision, sources, gaps } = await coverageOf(options, scope);
  const { connection } = scope;
  const owners = await withSystemOwners(
    options.systems,
    connection,
    revision,
    deciders?.owners ?? [],
  );
  const selection = new Selection(options, {
    scope,
    revision,
    gaps,
    deciders: { ...(deciders ?? nobody), owners },
  });
  const counts = await countIn(selection, sources);
  return {
    revision,
    containers: sources.length,
    size: counts.items,
    people: counts.people.size,
    gaps,
    gapsHash: gapsHash(gaps),
    ...(deciders && { reviewers: reviewersOf(counts) }),
  };
}

interface Counts {
  items: number;
  people: Set<string>;
  byReviewer: Map<string, number>;
  fallback: number;
  nobody: number;
}

async function countIn(
  selection: Selection,
  sources: ItemSource[],
): Promise<Counts> {
  const counts: Counts = {
    items: 0,
    people: new Set(),
    byReviewer: new Map(),
    fallback: 0,
    nobody: 0,
  };
  for (const source of sources) {
    for await (const selected of selection.in(source, BATCH)) {
      counts.items += selected.length;
      for (const { one, owned, reviewer } of selected) {
        if (one.kind === 'account') {
          // No ref of a person is like the id of an account.
          counts.people.add(owned.ref?.toLowerCase() ?? one.id);
        }
        const { reviewer: ref, because, cannot } = reviewer;
        counts.byReviewer.set(ref, (counts.byReviewer.get(ref) ?? 0) + 1);
        counts.fallback += because === 'fallback' ? 1 : 0;
        counts.nobody += cannot ? 1 : 0;
      }
    }
  }
  return counts;
}

function reviewersOf(counts: Counts): ReviewPreview['reviewers'] {
  const { byReviewer, fallback } = counts;
  const all = [...byReviewer]
    .map(([reviewer, total]) => ({ reviewer, total }))
    .sort((a, b) => b.total - a.total || (a.reviewer < b.reviewer ? -1 : 1));
  const rest = all.slice(NAMED);
  return {
    most: all.slice(0, NAMED),
    more: {
      reviewers: rest.length,
      total: rest.reduce((sum, { total }) => sum + total, 0),
    },
    fallback,
    nobody: counts.nobody,
  };
}
