// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import type { ShownVerdict } from '../components/VerdictTag';
import { useWords } from '../translation/useWords';

/** The group of a check, from the first part of its id. */
const groups = {
  access: 'access',
  auth: 'auth',
  priv: 'auth',
  nhi: 'nhi',
  space: 'space',
  audit: 'space',
  policy: 'policy',
  review: 'policy',
  integration: 'space',
} as const;

export const groupOrder = [
  'access',
  'auth',
  'nhi',
  'space',
  'policy',
  'company',
] as const;

export type CheckGroup = (typeof groupOrder)[number];

const isOurs = (prefix: string): prefix is keyof typeof groups =>
  Object.hasOwn(groups, prefix);

export function groupOf({ id }: Check): CheckGroup {
  const prefix = id.split('.')[0];
  return isOurs(prefix) ? groups[prefix] : 'company';
}

/** Whether it can be asked for a run; one that waits for a key runs and says so. */
export const canRun = ({ state }: Check): boolean =>
  state === 'ready' || state === 'needs-organization-key';

/** Subjects that are known to be right or wrong. */
export const judged = ({ counts }: Check): number =>
  counts.pass + counts.fail + counts.warning;

/** Everything that the check should have judged. */
export const population = (check: Check): number =>
  judged(check) + check.counts.unknown;

/** Findings that are unknown; a check that waits for somebody's word has none. */
export const unknownOf = ({ counts, state }: Check): number =>
  state === 'attestation' ? 0 : counts.unknown;

/** How many of what fails or warns is excepted. */
export const exceptedOf = ({ excepted }: Pick<Check, 'excepted'>): number =>
  excepted.fail + excepted.warning;

/** The counts with what is excepted apart, or as if nothing were. */
export function shownCounts({ counts, excepted }: Check, asOpen = false) {
  return asOpen
    ? { ...counts, excepted: 0 }
    : {
        ...counts,
        fail: counts.fail - excepted.fail,
        warning: counts.warning - excepted.warning,
        excepted: exceptedOf({ excepted }),
      };
}

/** The verdict that what is not excepted gives; without any it is neither a failure nor a pass. */
export function shownVerdict(check: Check, asOpen = false): ShownVerdict {
  const { fail, warning } = shownCounts(check, asOpen);
  const { verdict } = check;
  if (verdict !== 'fail' && verdict !== 'warning') {
    return verdict;
  }
  if (fail > 0) {
    return 'fail';
  }
  if (warning > 0) {
    return 'warning';
  }
  return exceptedOf(check) > 0 ? 'excepted' : verdict;
}

/** What needs somebody: what fails or warns and is not excepted. */
export function open(check: Check, asOpen = false): number {
  const { fail, warning } = shownCounts(check, asOpen);
  return fail + warning;
}

/** The check's verdict in words: how many fail or warn, else the plain word. */
export function useVerdictLabel() {
  const t = useWords();
  return (check: Check, asOpen = false): string | undefined => {
    const verdict = shownVerdict(check, asOpen);
    if (verdict === 'fail' || verdict === 'warning') {
      const count = shownCounts(check, asOpen)[verdict];
      return t(`checks.tag.${verdict}`, { count, n: formatNumber(count) });
    }
    return undefined;
  };
}

/** Why a check cannot say; never empty where the verdict is unknown. */
export function useUnknownReason() {
  const t = useWords();
  return ({ reason, verdict, state, lastRunAt }: Check): string => {
    if (reason) {
      return reason.text;
    }
    if (verdict !== 'unknown') {
      return t('checks.unknownSubjects');
    }
    if (state !== 'ready') {
      return t(`checks.state.${state}`);
    }
    return lastRunAt ? t('common.unknownNoReason') : t('checks.neverRan');
  };
}
