// SPDX-License-Identifier: Apache-2.0
import { Checkbox, VisuallyHidden } from '@backstage/ui';
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useId, useState } from 'react';
import { Link } from 'react-router-dom';
import styles from '../checks/checks.module.css';
import { FindingSubject } from '../checks/FindingSubject';
import { EntityLink } from '../components/EntityLink';
import { findingName } from '../components/findingName';
import { Opener } from '../components/Opener';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { type Selection, withOne } from '../components/useSelection';
import { VerdictTag } from '../components/VerdictTag';
import { ExceptionTag } from '../exceptions/ExceptionTag';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { FindingDetails } from './FindingDetails';
import { FindingStateTag } from './FindingStateTag';

interface FindingsTableProps {
  findings: Finding[];
  /** The title of a check. */
  titleOf: (checkId: string) => string;
  selection?: Selection;
}

/** Findings of any check, with what is known of each one press away. */
export function FindingsTable({
  findings,
  titleOf,
  selection,
}: FindingsTableProps) {
  const t = useWords();
  const ids = findings.map(({ id }) => id);
  const isAll = ids.every(id => selection?.ids.has(id));
  return (
    <div className={theme.scroll}>
      <table className={`${theme.table} ${styles.findings}`}>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className={styles.opener}>
                <Checkbox
                  aria-label={t('findings.select.all')}
                  isSelected={isAll}
                  isIndeterminate={!isAll && selection.ids.size > 0}
                  onChange={all => selection.change(new Set(all ? ids : []))}
                />
              </th>
            )}
            <th scope="col" className={styles.opener}>
              <VisuallyHidden>{t('checks.findings.facts')}</VisuallyHidden>
            </th>
            <th scope="col">{t('checks.findings.who')}</th>
            <th scope="col">{t('findings.column.check')}</th>
            <th scope="col">{t('checks.findings.why')}</th>
            <th scope="col">{t('checks.findings.verdict')}</th>
            <th scope="col">{t('findings.column.owner')}</th>
            <th scope="col">{t('findings.column.firstSeen')}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(finding => (
            <Row
              key={finding.id}
              finding={finding}
              title={titleOf(finding.checkId)}
              selection={selection}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  finding: Finding;
  /** Of its check. */
  title: string;
  selection?: Selection;
}

function Row({ finding, title, selection }: RowProps) {
  const t = useWords();
  const id = useId();
  const href = useLinks().check(finding.checkId);
  const [isOpen, setOpen] = useState(false);
  const name = findingName(finding);
  const select = (isSelected: boolean) =>
    selection?.change(withOne(selection.ids, finding.id, isSelected));
  return (
    <>
      <tr>
        {selection && (
          <td className={styles.opener}>
            <Checkbox
              aria-label={t('findings.select.one', { title: name })}
              isSelected={selection.ids.has(finding.id)}
              onChange={select}
            />
          </td>
        )}
        <td className={styles.opener}>
          <Opener
            label={t('findings.details.open', { title: name })}
            controls={id}
            isOpen={isOpen}
            onToggle={() => setOpen(!isOpen)}
          />
        </td>
        <th scope="row" className={styles.subject}>
          <FindingSubject finding={finding} />
        </th>
        <td className={styles.cause}>
          {href ? (
            <Link to={href} className={styles.named}>
              <bdi>{title}</bdi>
            </Link>
          ) : (
            <bdi>{title}</bdi>
          )}
          <span className={styles.beside}>
            <SeverityMark severity={finding.severity} />
          </span>
        </td>
        <td dir="auto" className={styles.cause}>
          {finding.reason.text}
        </td>
        <td className={styles.tags}>
          {finding.state !== 'resolved' && (
            <VerdictTag verdict={finding.verdict} />
          )}
          {finding.exception && (
            <span className={styles.beside}>
              <ExceptionTag exception={finding.exception} />
            </span>
          )}{' '}
          <FindingStateTag finding={finding} />
        </td>
        <td className={styles.person}>
          {finding.owner ? (
            <EntityLink entityRef={finding.owner} />
          ) : (
            <span className={theme.muted}>{t('findings.nobody')}</span>
          )}
        </td>
        <td style={{ whiteSpace: 'nowrap' }}>
          <TimeAgo time={finding.firstSeen} />
        </td>
      </tr>
      {isOpen && (
        <tr id={id}>
          <td />
          <td colSpan={selection ? 7 : 6}>
            <FindingDetails finding={finding} />
          </td>
        </tr>
      )}
    </>
  );
}
