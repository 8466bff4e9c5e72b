// SPDX-License-Identifier: Apache-2.0
import {
  accessLevelOf,
  type ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { usePrincipalName } from '../components/GrantPath';
import { useWords } from '../translation/useWords';

/** Tells principals of one review apart. */
export const principalKey = ({ principal }: ReviewItem) =>
  `${principal.kind} ${principal.id}`;

/** What the principal of a row is called. */
export function useRowName() {
  const name = usePrincipalName();
  return ({ principal }: ReviewItem): string => name(principal);
}

/** What somebody has and where, such as `Space admin` and `Payments`. */
export function useAccessWords() {
  const t = useWords();
  return (item: ReviewItem): { what: string; where: string; of: boolean } => {
    const { kind, container } = item;
    return {
      what:
        kind === 'membership'
          ? t('reviews.table.member')
          : t(`cards.can.space.${accessLevelOf(item.operations)}`),
      where: container.title ?? container.id,
      of: kind === 'membership',
    };
  };
}

/** The whole row in words, for the ear. */
export function useRowWords() {
  const t = useWords();
  const name = useRowName();
  const access = useAccessWords();
  return (item: ReviewItem): string => {
    const { what, where, of } = access(item);
    const words = of
      ? t('reviews.table.of', { what, where })
      : t('reviews.table.on', { what, where });
    return `${name(item)}, ${words}`;
  };
}

/** Unchanged, and nothing stands out: such rows may be kept together. */
export const isQuiet = ({ decision, lowRisk }: ReviewItem): boolean =>
  !decision && lowRisk === true;

const risk = ({ recommendation, admin, keepNeedsReason }: ReviewItem) => {
  const kinds = { revoke: 4, defer: 3, keep: 0 };
  return (
    kinds[recommendation.kind] + (admin ? 1 : 0) + (keepNeedsReason ? 1 : 0)
  );
};

/** Rows of one principal together, undecided and riskiest first. */
export function inGroups(items: ReviewItem[]): ReviewItem[][] {
  const groups = new Map<string, ReviewItem[]>();
  for (const item of items) {
    const key = principalKey(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const weight = (item: ReviewItem) => (item.decision ? -10 : risk(item));
  const worst = (group: ReviewItem[]) => Math.max(...group.map(weight));
  return [...groups.values()]
    .map(group => group.toSorted((a, b) => weight(b) - weight(a)))
    .sort((a, b) => worst(b) - worst(a));
}
