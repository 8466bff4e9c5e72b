// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
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

export const open = ({ counts }: Check): number => counts.fail + counts.warning;

/** The check's verdict in words: how many fail or warn, else the plain word. */
export function useVerdictLabel() {
  const t = useWords();
  return ({ verdict, counts }: Check): string | undefined => {
    if (verdict === 'fail' || verdict === 'warning') {
      const count = counts[verdict];
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
