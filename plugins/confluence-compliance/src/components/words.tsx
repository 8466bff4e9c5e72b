// SPDX-License-Identifier: Apache-2.0
import type {
  AccessLevel,
  CriticalSystem,
  Resource,
  SeenCount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from './format';
import { UnknownValue } from './UnknownValue';
import { useWords } from '../translation/useWords';

/** A count; where there may be more it says so and why, also where nothing was seen. */
export function Seen({ count }: { count: SeenCount }) {
  const t = useWords();
  const n = formatNumber(count.seen);
  if (!count.unknown) {
    return <>{n}</>;
  }
  const known = count.wholeAt ? 'cards.lastWhole' : 'cards.atLeast';
  const label = count.seen > 0 ? t(known, { n }) : undefined;
  return <UnknownValue label={label} reason={count.unknown.text} />;
}

/** What somebody can do, in the words of a space or a site. */
export function useLevelWords() {
  const t = useWords();
  return (level: AccessLevel, kind: Resource['kind']): string =>
    t(`cards.can.${kind === 'site' ? 'site' : 'space'}.${level}`);
}

const statuses = [
  'active',
  'inactive',
  'suspended',
  'deactivated',
  'removed',
  'closed',
  'unknown',
] as const;

/** The state of an account, in our words where we have one. */
export function useStatusWords() {
  const t = useWords();
  return (status: string): string => {
    const known = statuses.find(candidate => candidate === status);
    if (known) {
      return t(`accounts.status.${known}`);
    }
    return status || t('accounts.status.unknown');
  };
}

/** How an account was linked, in our words where we have one. */
export function useLinkWords() {
  const t = useWords();
  return (how: string): string =>
    how === 'account-id' || how === 'email' || how === 'manual'
      ? t(`accounts.how.${how}`)
      : how;
}

const DURATION =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = [
  'years',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
] as const;

/** How often, of an ISO 8601 duration such as `P6M` or `PT6H`. */
export function useDurationWords() {
  const t = useWords();
  return (duration: string): string => {
    const [, ...numbers] = duration.match(DURATION) ?? [];
    const words = UNITS.flatMap((unit, index) => {
      const count = Number(numbers[index] ?? 0);
      return count > 0
        ? [t(`cards.every.${unit}`, { count, n: `${count}` })]
        : [];
    });
    return words.join(' ') || duration;
  };
}

/** Who may have access, in words; group names are untouched. */
export function RuleWords({ rule }: { rule: CriticalSystem['rule'] }) {
  const t = useWords();
  if (rule.kind === 'all-staff') {
    return <>{t('cards.rule.all-staff')}</>;
  }
  if (rule.kind === 'reviewed') {
    return <>{t('cards.rule.reviewed')}</>;
  }
  const groups = <bdi>{rule.groups.join(', ')}</bdi>;
  return (
    <>
      {rule.groups.length === 1
        ? t('cards.rule.group', { groups })
        : t('cards.rule.groups', { groups })}
    </>
  );
}
