// SPDX-License-Identifier: Apache-2.0
import type {
  Attestation,
  Check,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { formatDate } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { lastOf } from '../exceptions/ExceptionTag';
import { useAttestations } from '../queries';
import { useWords } from '../translation/useWords';
import { AttestButton } from './AttestButton';
import styles from './checks.module.css';

/** Who attested what of a check, and until when, the newest first. */
export function Attestations({ check }: { check: Check }) {
  const t = useWords();
  const { data, error, refetch } = useAttestations(check.id);
  return (
    <Panel title={t('checks.attest.title')} sub={t('checks.attest.lead')}>
      <AttestButton check={check} />
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {data?.items.length === 0 && (
        <p className={theme.muted}>{t('checks.attest.none')}</p>
      )}
      <ol className={styles.attestations}>
        {data?.items.map(attestation => (
          <li key={attestation.id}>
            <One attestation={attestation} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function One({ attestation }: { attestation: Attestation }) {
  const t = useWords();
  const { answer, connection, status, until, by, at } = attestation;
  const date = until ? formatDate(lastOf(until), new Date()) : '';
  return (
    <>
      <strong>{t(`checks.attest.said.${answer}`, { connection })}</strong>{' '}
      {status === 'stands' && !until
        ? t('checks.attest.status.standsNo')
        : t(`checks.attest.status.${status}`, { date })}
      <br />
      <span className={theme.second}>
        {t('checks.attest.by', {
          who: <EntityLink entityRef={by} />,
          when: formatDate(new Date(at)),
        })}
      </span>
      {attestation.note && <p dir="auto">{attestation.note}</p>}
      {attestation.evidence && (
        <p dir="auto">
          {t('checks.attest.shownBy')}{' '}
          <a
            href={attestation.evidence}
            target="_blank"
            rel="noopener noreferrer"
          >
            {attestation.evidence}
          </a>
        </p>
      )}
    </>
  );
}
