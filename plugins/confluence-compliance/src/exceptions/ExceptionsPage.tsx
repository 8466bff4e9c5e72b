// SPDX-License-Identifier: Apache-2.0
import {
  type Exception,
  type ExceptionListStatus,
  exceptionListStatusSchema,
  findingReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Button, Checkbox, VisuallyHidden } from '@backstage/ui';
import { RiShieldCheckLine } from '@remixicon/react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import checksStyles from '../checks/checks.module.css';
import { BulkBar } from '../components/BulkBar';
import { BulkSaid } from '../components/BulkSaid';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { Toggle } from '../components/Toggle';
import { DetailHead } from '../details/DetailHead';
import { More } from '../details/More';
import { type ExceptionAct, useChecks, useExceptions } from '../queries';
import { useLinks } from '../scope/links';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { DecideDialog } from './DecideDialog';
import { ExceptionRow } from './ExceptionRow';
import styles from './exceptions.module.css';
import { useDeciding } from './useDeciding';

const bulkActs = ['approve', 'reject'] as const;
const columns = ['finding', 'why', 'asked', 'decided', 'until', 'act'] as const;

/** The column that has nothing to say on a tab. */
const empty: Partial<Record<ExceptionListStatus, (typeof columns)[number]>> = {
  waiting: 'decided',
  over: 'act',
};

/** The tab stands in the URL. */
function useTab(): [ExceptionListStatus, (tab: ExceptionListStatus) => void] {
  const [params, setParams] = useSearchParams();
  const tab = exceptionListStatusSchema.safeParse(params.get('tab')).data;
  return [
    tab ?? 'waiting',
    value =>
      setParams(before => {
        const next = new URLSearchParams(before);
        next.set('tab', value);
        return next;
      }),
  ];
}

/** What is accepted, what waits for somebody to decide, and what has ended. */
export function ExceptionsPage() {
  const t = useWords();
  const checksHref = useLinks().checks();
  const { connection } = useScope();
  const [tab, setTab] = useTab();
  const [decision, setDecision] = useState<{
    exceptions: Exception[];
    act: ExceptionAct;
  }>();
  const [done, setDone] = useState<string>();
  const begin = (exceptions: Exception[], act: ExceptionAct) => {
    setDone(undefined);
    setDecision({ exceptions, act });
  };
  const query = useExceptions({
    status: tab,
    connection,
    sort: tab === 'over' ? '-until' : 'until',
  });
  const { data, error, refetch } = query;
  const checks = useChecks({ connection }).data?.items;
  const shown = columns.filter(column => column !== empty[tab]);
  const exceptions = data?.pages.flatMap(({ items }) => items) ?? [];
  const deciding = useDeciding(exceptions);
  return (
    <PageFrame title={t('exceptions.title')} visibleTitle>
      <DetailHead
        list={t('checks.title')}
        listHref={checksHref}
        title={t('exceptions.title')}
      />
      <div>
        <Toggle
          label={t('exceptions.tabs')}
          views={{
            waiting: t('exceptions.tab.waiting'),
            live: t('exceptions.tab.live'),
            expiring: t('exceptions.tab.expiring'),
            over: t('exceptions.tab.over'),
          }}
          view={tab}
          onChange={value => {
            setDone(undefined);
            setTab(value);
          }}
        />
      </div>
      {error && !data ? (
        <ErrorState
          error={error}
          what={t('exceptions.what')}
          permission={findingReadPermission.name}
          onRetry={refetch}
        />
      ) : (
        <Panel flush label={t(`exceptions.tab.${tab}`)}>
          {error && <PanelError error={error} onRetry={refetch} stale />}
          {query.isPending && <Loading rows={4} />}
          {data && exceptions.length === 0 && (
            <EmptyState
              icon={<RiShieldCheckLine />}
              title={t(`exceptions.empty.${tab}`)}
              text={t('exceptions.empty.text')}
            />
          )}
          {exceptions.length > 0 && (
            <div className={theme.scroll}>
              <table className={`${theme.table} ${styles.table}`}>
                <thead>
                  <tr>
                    {deciding.isAny && (
                      <th scope="col" className={styles.select}>
                        <Checkbox
                          aria-label={t('exceptions.select.all')}
                          isSelected={deciding.isAll}
                          isIndeterminate={
                            !deciding.isAll && deciding.selected.length > 0
                          }
                          onChange={deciding.selectAll}
                        />
                      </th>
                    )}
                    <th scope="col" className={checksStyles.opener}>
                      <VisuallyHidden>
                        {t('exceptions.facts.column')}
                      </VisuallyHidden>
                    </th>
                    {shown.map(column => (
                      <th key={column} scope="col">
                        {t(`exceptions.column.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {exceptions.map(exception => (
                    <ExceptionRow
                      key={exception.id}
                      exception={exception}
                      check={
                        checks?.find(({ id }) => id === exception.checkId)
                          ?.title ?? exception.checkId
                      }
                      hasDecision={shown.includes('decided')}
                      hasActs={shown.includes('act')}
                      deciding={deciding.isAny ? deciding : undefined}
                      onAct={act => begin([exception], act)}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <More list={query} shown={exceptions.length} />
        </Panel>
      )}
      <BulkSaid
        text={deciding.selected.length === 0 && done}
        onClose={() => setDone(undefined)}
      />
      <BulkBar count={deciding.selected.length} onClear={deciding.clear}>
        {bulkActs.map(act => (
          <Button
            key={act}
            variant={act === 'approve' ? 'primary' : 'secondary'}
            onPress={() => begin(deciding.selected, act)}
          >
            {t(`exceptions.act.${act}`)}
          </Button>
        ))}
      </BulkBar>
      {decision && (
        <DecideDialog
          {...decision}
          onDone={count =>
            setDone(
              t(`exceptions.done.${decision.act}`, {
                count,
                n: formatNumber(count),
              }),
            )
          }
          onClose={() => setDecision(undefined)}
        />
      )}
    </PageFrame>
  );
}
