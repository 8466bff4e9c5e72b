// SPDX-License-Identifier: Apache-2.0
import type { Exception } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { findingName } from '../components/findingName';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useChecks } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './exceptions.module.css';

const NAMED = 5;

type Named = Pick<
  Exception,
  'id' | 'checkId' | 'subject' | 'account' | 'resource'
>;

/** Whom or what findings are about and by which check, the first few by name. */
export function NamedFindings({ findings }: { findings: Named[] }) {
  const t = useWords();
  const checks = useChecks().data?.items;
  const titleOf = (checkId: string) =>
    checks?.find(({ id }) => id === checkId)?.title ?? checkId;
  return (
    <ul className={styles.named}>
      {findings.slice(0, NAMED).map(finding => (
        <li key={finding.id}>
          <bdi>{findingName(finding)}</bdi>{' '}
          <span className={theme.second}>
            <bdi>{titleOf(finding.checkId)}</bdi>
          </span>
        </li>
      ))}
      {findings.length > NAMED && (
        <li>
          {t('exceptions.ask.more', {
            n: formatNumber(findings.length - NAMED),
          })}
        </li>
      )}
    </ul>
  );
}
