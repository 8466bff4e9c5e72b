// SPDX-License-Identifier: Apache-2.0
import type { ControlStand } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';

/** How many checks of a control wait for a person to attest them, and how many are not built yet. */
export function notRunOf({ checks, counts }: ControlStand) {
  const waiting = checks.filter(
    ({ state, verdict }) => state === 'attestation' && verdict === 'unknown',
  ).length;
  return { waiting, later: counts.later - waiting };
}

/** What a control says besides its verdict. */
export function useControlWords() {
  const t = useWords();
  return {
    /** Why nobody can say that it is met. */
    why: ({ judgedBy, checks }: ControlStand): string | undefined =>
      judgedBy === 'checks'
        ? checks.find(({ verdict }) => verdict === 'unknown')?.reason?.text
        : t(`controls.judgedBy.${judgedBy}`),
    counts: (control: ControlStand): string => {
      const { counts } = control;
      const n = (key: keyof typeof counts) => formatNumber(counts[key]);
      const all = [
        t('controls.counts', {
          pass: n('pass'),
          fail: n('fail'),
          unknown: n('unknown'),
        }),
      ];
      const notRun = notRunOf(control);
      for (const name of ['waiting', 'later'] as const) {
        const count = notRun[name];
        if (count > 0) {
          all.push(t(`controls.${name}`, { count, n: formatNumber(count) }));
        }
      }
      if (counts.warning > 0) {
        const count = counts.warning;
        all.push(t('controls.warnings', { count, n: n('warning') }));
      }
      if (counts['not-applicable'] > 0) {
        all.push(t('controls.notApplicable', { n: n('not-applicable') }));
      }
      return all.join(', ');
    },
    /** What its checks found, and how much of it is excepted; undefined where they found nothing. */
    findings: ({ findings, excepted = 0 }: ControlStand) => {
      if (findings === 0) {
        return undefined;
      }
      const n = formatNumber(findings);
      const all = [t('findings.count', { count: findings, n })];
      if (excepted > 0) {
        all.push(t('exceptions.counted', { n: formatNumber(excepted) }));
      }
      return all.join(', ');
    },
  };
}
