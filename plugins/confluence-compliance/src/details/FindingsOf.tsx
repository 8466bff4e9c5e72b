// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import {
  findingReadPermission,
  type Finding,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { findingName } from '../components/findingName';
import { formatNumber } from '../components/format';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { VerdictTag } from '../components/VerdictTag';
import { ExceptionTag } from '../exceptions/ExceptionTag';
import type { useFindings } from '../queries';
import { useLinks } from '../scope/links';
import { Since } from './Since';
import { useWords } from '../translation/useWords';
import styles from './details.module.css';
import { ListPanel } from './ListPanel';
import { ResourceLink } from './ResourceLink';

interface FindingsOfProps {
  findings: ReturnType<typeof useFindings>;
  /** The page is about an account, so findings name the place; or about a place. */
  about: 'account' | 'resource';
  /** How many verdicts stand, as the lists count them. */
  counts?: { findings: number; excepted?: number; unknownVerdicts: number };
  /** Stands where there are none; default that nothing is open. */
  nothing?: { title: string; text: string };
}

/** What needs somebody, about the one thing that the page is about. */
export function FindingsOf({
  findings,
  about,
  counts,
  nothing,
}: FindingsOfProps) {
  const t = useWords();
  const words = useCountWords();
  return (
    <ListPanel
      title={t('directory.findings.title')}
      list={findings}
      count={counts && (() => words(counts))}
      forbidden={t('directory.findings.forbidden', {
        permission: findingReadPermission.name,
      })}
      loading={{ rows: 2 }}
      nothing={
        <p className={styles.note}>
          <strong>{nothing?.title ?? t('directory.findings.none')}</strong>{' '}
          {nothing?.text ?? t('directory.findings.noneText')}
        </p>
      }
    >
      {items => (
        <div className={theme.scroll}>
          <table className={theme.table}>
            <thead>
              <tr>
                <th scope="col">{t('directory.findings.what')}</th>
                <th scope="col">
                  {about === 'account'
                    ? t('directory.findings.where')
                    : t('directory.findings.who')}
                </th>
                <th scope="col">{t('directory.findings.verdict')}</th>
                <th scope="col">{t('directory.findings.since')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(finding => (
                <Row key={finding.id} finding={finding} about={about} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ListPanel>
  );
}

/** Findings, how many of them are excepted, and what is unknown, apart: how the lists count them, too. */
function useCountWords() {
  const t = useWords();
  return ({
    findings,
    excepted = 0,
    unknownVerdicts: unknown,
  }: NonNullable<FindingsOfProps['counts']>) =>
    [
      t('directory.findings.count', {
        count: findings,
        n: formatNumber(findings),
      }),
      ...(excepted > 0
        ? [t('exceptions.counted', { n: formatNumber(excepted) })]
        : []),
      ...(unknown > 0
        ? [
            t('directory.findings.unknown', {
              count: unknown,
              n: formatNumber(unknown),
            }),
          ]
        : []),
    ].join(', ');
}

function Row({
  finding,
  about,
}: {
  finding: Finding;
  about: 'account' | 'resource';
}) {
  const links = useLinks();
  const { checkId, exception, severity, verdict, reason, since } = finding;
  const check = links.check(checkId);
  return (
    <tr>
      <th scope="row" className={styles.finding}>
        <bdi>{reason.text}</bdi>
        <span className={`${theme.second} ${styles.under}`}>
          <SeverityMark severity={severity} />
          {check ? (
            <Link href={check} className={theme.mono}>
              {checkId}
            </Link>
          ) : (
            <span className={theme.mono}>{checkId}</span>
          )}
        </span>
      </th>
      <td className={styles.names}>
        {about === 'account' ? (
          <Where finding={finding} />
        ) : (
          <Who finding={finding} />
        )}
      </td>
      <td>
        <VerdictTag verdict={verdict} />
        {exception && (
          <>
            {' '}
            <ExceptionTag exception={exception} />
          </>
        )}
      </td>
      <td className={styles.tight}>
        <Since time={since} />
      </td>
    </tr>
  );
}

/** The place that a finding of an account is about; without one it is the account itself. */
function Where({ finding: { resource } }: { finding: Finding }) {
  const t = useWords();
  return resource ? (
    <ResourceLink resource={resource} />
  ) : (
    <span className={theme.muted}>{t('directory.findings.itself')}</span>
  );
}

function Who({ finding }: { finding: Finding }) {
  const { account, subject } = finding;
  const links = useLinks();
  const of =
    account ??
    (subject.kind === 'account'
      ? { connection: subject.connection, accountId: subject.id }
      : undefined);
  const href = of && links.account(of);
  const title = findingName(finding);
  return href ? (
    <Link href={href}>
      <bdi>{title}</bdi>
    </Link>
  ) : (
    <bdi>{title}</bdi>
  );
}
