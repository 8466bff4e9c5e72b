// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import {
  remediationStateSchema,
  type Review,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Link } from 'react-router-dom';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { RemediationTag } from './RemediationTag';
import styles from './reviews.module.css';
import type { Proofs } from './useProofs';

interface RemediationPanelProps {
  review: Review;
  proofs: Proofs;
}

/** How many of the revoked rows are proven gone, and where the others stand. */
export function RemediationPanel({ review, proofs }: RemediationPanelProps) {
  const t = useWords();
  const links = useLinks();
  const { id, progress } = review;
  const { query, summary, count } = proofs;
  const { error, refetch, isLoading } = query;
  const href = links.remediations(id);
  const n = formatNumber(progress.revoke);
  return (
    <Panel
      flush
      title={t('reviews.remediation.title')}
      sub={
        summary &&
        t('reviews.remediation.sub', {
          n,
          removed: formatNumber(count('removed')),
        })
      }
      actions={
        href &&
        progress.revoke > 0 && (
          <ButtonLink variant="secondary" size="small" href={href}>
            {t('reviews.remediation.all', { n })}
          </ButtonLink>
        )
      }
    >
      {error && (
        <PanelError error={error} onRetry={refetch} stale={!!summary} />
      )}
      {isLoading && <Loading rows={4} />}
      {progress.revoke === 0 && (
        <p className={styles.note}>{t('reviews.remediation.none')}</p>
      )}
      {summary && progress.revoke > 0 && (
        <ul className={styles.proofs}>
          {remediationStateSchema.options
            .filter(state => count(state) > 0)
            .map(state => {
              const to = links.remediations(id, { state });
              const number = <strong>{formatNumber(count(state))}</strong>;
              return (
                <li key={state}>
                  <RemediationTag state={state} />
                  <span className={theme.second}>
                    {t(`reviews.remediation.means.${state}`)}
                  </span>
                  {to ? <Link to={to}>{number}</Link> : number}
                </li>
              );
            })}
        </ul>
      )}
    </Panel>
  );
}
