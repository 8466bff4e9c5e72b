// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from '@backstage/ui';
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useId, useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import { findingName } from '../components/findingName';
import { Opener } from '../components/Opener';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { VerdictTag } from '../components/VerdictTag';
import { ExceptionTag } from '../exceptions/ExceptionTag';
import type { Asking } from '../exceptions/useAsking';
import { FindingDetails } from '../findings/FindingDetails';
import { FindingStateTag } from '../findings/FindingStateTag';
import { useWords } from '../translation/useWords';
import styles from './checks.module.css';
import { FindingSubject } from './FindingSubject';
import { isOfAccount } from './personOf';

interface FindingRowProps {
  finding: Finding;
  /** Which findings are selected. */
  asking: Asking;
  /** Whether there is a column of whose account it is. */
  withPerson: boolean;
}

/** One finding, with the facts it rests on one press away. */
export function FindingRow({ finding, asking, withPerson }: FindingRowProps) {
  const t = useWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { owner, person } = finding;
  const title = findingName(finding);
  return (
    <>
      <tr>
        {asking.mayAsk && (
          <td className={styles.opener}>
            <Checkbox
              aria-label={t('exceptions.ask.select', { title })}
              isDisabled={!asking.canAsk(finding)}
              isSelected={asking.isSelected(finding)}
              onChange={selected => asking.select(finding, selected)}
            />
          </td>
        )}
        <td className={styles.opener}>
          <Opener
            label={t('checks.findings.showFacts', { title })}
            controls={id}
            isOpen={isOpen}
            onToggle={() => setOpen(!isOpen)}
          />
        </td>
        <th scope="row" className={styles.subject}>
          <FindingSubject finding={finding} />
        </th>
        <td dir="auto" className={styles.cause}>
          {finding.reason.text}
        </td>
        <td className={styles.tags}>
          <VerdictTag verdict={finding.verdict} />
          {finding.exception && (
            <span className={styles.beside}>
              <ExceptionTag exception={finding.exception} />
            </span>
          )}
          <FindingStateTag finding={finding} />
        </td>
        {withPerson && (
          <td className={styles.person}>
            {person && <EntityLink entityRef={person} />}
            {!person && isOfAccount(finding) && (
              <span className={theme.muted}>{t('checks.findings.nobody')}</span>
            )}
          </td>
        )}
        <td className={styles.person}>
          {owner ? (
            <EntityLink entityRef={owner} />
          ) : (
            <span className={theme.muted}>{t('findings.nobody')}</span>
          )}
        </td>
        <td style={{ whiteSpace: 'nowrap' }}>
          <TimeAgo time={finding.since} />
        </td>
      </tr>
      {isOpen && (
        <tr id={id}>
          <td />
          <td colSpan={5 + (withPerson ? 1 : 0) + (asking.mayAsk ? 1 : 0)}>
            <FindingDetails finding={finding} />
          </td>
        </tr>
      )}
    </>
  );
}
