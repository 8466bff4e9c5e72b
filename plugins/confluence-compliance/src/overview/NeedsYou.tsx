// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import type {
  Check,
  Connection,
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiArrowRightSLine, RiShieldCheckLine } from '@remixicon/react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useId } from 'react';
import { Link } from 'react-router-dom';
import { EmptyState } from '../components/EmptyState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { useExceptions, useFindings } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { type Need, unknownUrgent, useNeeds } from './needs';
import styles from './overview.module.css';

const SHOWN = 5;

interface NeedsYouProps {
  /** Undefined while they are read. */
  checks?: Page<Check>;
  connections: UseQueryResult<Page<Connection>>;
  /** Only this connection. */
  connection?: string;
}

/** What waits for a person, most pressing first. */
export function NeedsYou({ checks, connections, connection }: NeedsYouProps) {
  const t = useWords();
  const links = useLinks();
  const findings = useFindings(
    {
      connection,
      verdict: 'fail',
      excepted: 'without',
      sort: '-severity',
      limit: 50,
    },
    checks?.revision,
  );
  const waiting = useExceptions({ connection, status: 'waiting' });
  const needsOf = useNeeds();
  // Whoever may not read connections or findings still sees which checks fail.
  const isLoading = !checks || connections.isPending || findings.isPending;
  if (isLoading) {
    return (
      <Panel flush title={t('overview.needs.title')}>
        <Loading rows={8} />
      </Panel>
    );
  }
  const needs = needsOf(
    (connections.data?.items ?? []).filter(
      ({ id }) => !connection || id === connection,
    ),
    checks.items,
    findings.data?.pages.flatMap(({ items }) => items) ?? [],
    waiting.data?.pages.flatMap(({ items }) => items) ?? [],
  );
  const more = needs.length - SHOWN;
  const all = links.checks({ verdict: 'fail' });
  if (needs.length === 0) {
    return (
      <Panel flush title={t('overview.needs.title')}>
        <Nothing checks={checks} />
      </Panel>
    );
  }
  return (
    <Panel
      flush
      title={t('overview.needs.title')}
      sub={t('overview.needs.sub', {
        count: needs.length,
        n: formatNumber(needs.length),
      })}
    >
      <ul className={styles.needs}>
        {needs.slice(0, SHOWN).map(need => (
          <NeedRow key={need.id} need={need} />
        ))}
        {more > 0 && (
          <li className={theme.second}>
            {all ? (
              <Link to={all} className={styles.more}>
                {t('overview.needs.more', {
                  count: more,
                  n: formatNumber(more),
                })}
              </Link>
            ) : (
              t('overview.needs.more', { count: more, n: formatNumber(more) })
            )}
          </li>
        )}
      </ul>
    </Panel>
  );
}

function NeedRow({ need }: { need: Need }) {
  const id = useId();
  const { severity, title, reason, action, href } = need;
  return (
    <li>
      <SeverityMark severity={severity} hideLabel />
      <div className={styles.need}>
        <strong id={`${id}title`} dir="auto" className={styles.needTitle}>
          {title}
        </strong>
        <span dir="auto" className={`${theme.second} ${styles.needReason}`}>
          {reason}
        </span>
      </div>
      {href && (
        <ButtonLink
          variant="tertiary"
          size="small"
          href={href}
          id={`${id}action`}
          aria-labelledby={`${id}action ${id}title`}
          iconEnd={<RiArrowRightSLine />}
        >
          {action}
        </ButtonLink>
      )}
    </li>
  );
}

/** All is well only as far as it was seen. */
function Nothing({ checks }: { checks: Page<Check> }) {
  const t = useWords();
  const unknown = unknownUrgent(checks.items);
  return (
    <EmptyState
      icon={<RiShieldCheckLine />}
      title={t('overview.needs.empty')}
      text={
        <>
          {t('overview.needs.emptyText', {
            revision: formatNumber(checks.revision),
          })}{' '}
          {unknown > 0 &&
            t('overview.needs.emptyUnknown', {
              count: unknown,
              n: formatNumber(unknown),
            })}
        </>
      }
    />
  );
}
