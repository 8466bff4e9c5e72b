// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox } from '@backstage/ui';
import {
  type Exception,
  exceptionApprovePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useId, useState } from 'react';
import { Link } from 'react-router-dom';
import checksStyles from '../checks/checks.module.css';
import { FindingSubject } from '../checks/FindingSubject';
import { EntityLink } from '../components/EntityLink';
import { findingName } from '../components/findingName';
import { formatDate } from '../components/format';
import { Opener } from '../components/Opener';
import { SeverityMark } from '../components/SeverityMark';
import { StateTag, type Tone } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import type { ExceptionAct } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { ExceptionFinding } from './ExceptionFinding';
import { lastOf } from './ExceptionTag';
import styles from './exceptions.module.css';
import type { Deciding } from './useDeciding';

const tones: Record<Exception['status'], Tone> = {
  waiting: 'busy',
  live: 'excepted',
  rejected: 'fail',
  withdrawn: 'none',
  ended: 'none',
  expired: 'none',
};

const actsOf: Partial<Record<Exception['status'], ExceptionAct[]>> = {
  waiting: ['approve', 'reject'],
  live: ['end'],
};

interface ActsProps {
  exception: Exception;
  onAct: (act: ExceptionAct) => void;
}

interface ExceptionRowProps extends ActsProps {
  /** What is selected; absent where nothing can be. */
  deciding?: Deciding;
  /** The title of its check. */
  check: string;
  /** Whether there is a column of who decided. */
  hasDecision: boolean;
  /** Whether there is a column of what can be done. */
  hasActs: boolean;
}

/** One exception: what is accepted, why, by whom, and until when. */
export function ExceptionRow({
  exception,
  deciding,
  check,
  hasDecision,
  hasActs,
  onAct,
}: ExceptionRowProps) {
  const t = useWords();
  const href = useLinks().check(exception.checkId);
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { request, severity, status, until } = exception;
  // Somebody can have a finding of each of several checks.
  const title = `${findingName(exception)}, ${check}`;
  const columns = 4 + [hasDecision, hasActs, deciding].filter(Boolean).length;
  return (
    <>
      <tr>
        {deciding && (
          <td className={styles.select}>
            <Checkbox
              aria-label={t('exceptions.ask.select', { title })}
              isDisabled={!deciding.canDecide(exception)}
              isSelected={deciding.isSelected(exception)}
              onChange={on => deciding.select(exception, on)}
            />
          </td>
        )}
        <td className={checksStyles.opener}>
          <Opener
            label={t('exceptions.facts.show', { title })}
            controls={id}
            isOpen={isOpen}
            onToggle={() => setOpen(!isOpen)}
          />
        </td>
        <th scope="row" className={styles.finding}>
          <FindingSubject finding={exception} />
          <span className={`${theme.second} ${styles.check}`}>
            {severity && <SeverityMark severity={severity} hideLabel />}
            {href ? (
              <Link to={href}>
                <bdi>{check}</bdi>
              </Link>
            ) : (
              <bdi>{check}</bdi>
            )}
          </span>
        </th>
        <td className={styles.why} dir="auto">
          {request.reason ?? t('exceptions.erased')}
          {request.control && (
            <span className={`${theme.second} ${styles.beside}`}>
              {t('exceptions.control', { control: request.control })}
            </span>
          )}
        </td>
        <td>
          <Deed by={request.by} at={request.at} />
          {request.approver && (
            <span className={`${theme.second} ${styles.beside}`}>
              {t('exceptions.to', {
                person: <EntityLink entityRef={request.approver} />,
              })}
            </span>
          )}
        </td>
        {hasDecision && (
          <td>
            <Decided exception={exception} />
          </td>
        )}
        <td>
          <StateTag
            tone={tones[status]}
            label={t(`exceptions.status.${status}`)}
          />
          <span className={`${theme.second} ${styles.beside}`}>
            <time dateTime={until}>
              {t('exceptions.until', {
                date: formatDate(lastOf(until), new Date()),
              })}
            </time>
          </span>
        </td>
        {hasActs && (
          <td>
            <Acts exception={exception} title={title} onAct={onAct} />
          </td>
        )}
      </tr>
      {isOpen && (
        <tr id={id}>
          <td />
          <td colSpan={columns}>
            <ExceptionFinding exception={exception} />
          </td>
        </tr>
      )}
    </>
  );
}

function Acts({ exception, title, onAct }: ActsProps & { title: string }) {
  const t = useWords();
  const { blocked, mayWithdraw, status } = exception;
  const decides = actsOf[status] ?? [];
  const acts: ExceptionAct[] = [
    ...(blocked ? [] : decides),
    ...(mayWithdraw ? (['withdraw'] as const) : []),
  ];
  return (
    <div className={styles.acts}>
      {decides.length > 0 && blocked && (
        <span className={theme.second}>
          {blocked === 'no-permission'
            ? t('exceptions.blocked.no-permission', {
                permission: exceptionApprovePermission.name,
              })
            : t(`exceptions.blocked.${blocked}`)}
        </span>
      )}
      {acts.map(act => (
        <Button
          key={act}
          size="small"
          variant="secondary"
          aria-label={t('exceptions.act.of', {
            act: t(`exceptions.act.${act}`),
            title,
          })}
          onPress={() => onAct(act)}
        >
          {t(`exceptions.act.${act}`)}
        </Button>
      ))}
    </div>
  );
}

function Decided({ exception }: { exception: Exception }) {
  const t = useWords();
  const { decision, end, status } = exception;
  if (!decision) {
    return status === 'expired' ? (
      <span className={theme.muted}>{t('exceptions.nobody')}</span>
    ) : null;
  }
  return (
    <>
      <Deed by={decision.by} at={decision.at} />
      {status !== 'waiting' && (
        <span className={`${theme.second} ${styles.beside}`} dir="auto">
          {t(`exceptions.decision.${status}`)}
          {decision.note && `: ${decision.note}`}
        </span>
      )}
      {end && (
        <span className={`${theme.second} ${styles.beside}`} dir="auto">
          {t('exceptions.ended', {
            person: <EntityLink entityRef={end.by} />,
            when: <TimeAgo time={end.at} />,
          })}
          {end.note && `: ${end.note}`}
        </span>
      )}
    </>
  );
}

function Deed({ by, at }: { by: string; at: string }) {
  return (
    <>
      <EntityLink entityRef={by} />{' '}
      <span className={theme.second}>
        <TimeAgo time={at} />
      </span>
    </>
  );
}
