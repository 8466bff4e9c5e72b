// SPDX-License-Identifier: Apache-2.0
import { Button, VisuallyHidden } from '@backstage/ui';
import {
  exceptedSchema,
  findingReadPermission,
  type Check,
  type TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useSearchParams } from 'react-router-dom';
import { ErrorState, PanelError } from '../components/ErrorState';
import { isBeforeHistory, isForbidden } from '../components/errors';
import { FilterSelect } from '../components/FilterSelect';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useTotalWords } from '../components/totals';
import { AskBar } from '../exceptions/AskBar';
import { useAsking } from '../exceptions/useAsking';
import { findingVerdictSchema } from '../findings/findingVerdict';
import { useFindings } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './checks.module.css';
import { FindingRow } from './FindingRow';
import { NoFinding } from './NoFinding';
import { mayHavePerson } from './personOf';

/** The filters stand in the URL, so a list can be sent to somebody. */
function useFilters() {
  const [params, setParams] = useSearchParams();
  const change = (values: Record<string, string | undefined>) =>
    setParams(before => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(values)) {
        next.delete(name);
        if (value) {
          next.set(name, value);
        }
      }
      return next;
    });
  const verdict = findingVerdictSchema.safeParse(params.get('verdict')).data;
  const excepted = exceptedSchema.safeParse(params.get('excepted')).data;
  return { verdict, excepted, change };
}

/** What needs somebody, with the reason in words and the facts behind it. */
export function Findings({ check }: { check: Check }) {
  const t = useWords();
  const { verdict, excepted, change } = useFilters();
  const { query: scope } = useScope();
  const query = useFindings(
    { check: check.id, verdict, excepted, ...scope },
    check.revision,
  );
  const { data, error, refetch } = query;
  const findings = data?.pages.flatMap(({ items }) => items) ?? [];
  const asking = useAsking(findings);
  const withPerson = mayHavePerson(check, findings);

  const isDateRefused = scope.asOf !== undefined && isBeforeHistory(error);
  if (error && !data && (isForbidden(error) || isDateRefused)) {
    return (
      <ErrorState
        error={error}
        what={t('checks.findings.title')}
        permission={findingReadPermission.name}
        onRetry={refetch}
      />
    );
  }
  return (
    <Panel
      flush
      title={t('checks.findings.title')}
      sub={
        data && (
          <Shown count={findings.length} total={data.pages[0].totalItems} />
        )
      }
      actions={
        <div className={`${styles.row} ${styles.filters}`}>
          <FilterSelect
            label={t('checks.findings.filterLabel')}
            anyLabel={t('checks.findings.all')}
            options={findingVerdictSchema.options.map(value => ({
              value,
              label: t(`common.verdict.${value}`),
            }))}
            value={verdict}
            onChange={value => change({ verdict: value })}
          />
          <FilterSelect
            label={t('exceptions.filter.label')}
            anyLabel={t('exceptions.filter.any')}
            options={(['without', 'only'] as const).map(value => ({
              value,
              label: t(`exceptions.filter.${value}`),
            }))}
            value={excepted === 'all' ? undefined : excepted}
            onChange={value => change({ excepted: value })}
          />
        </div>
      }
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {query.isPending && <Loading rows={4} />}
      {data && findings.length === 0 && (
        <NoFinding
          check={check}
          onClear={
            verdict || excepted
              ? () => change({ verdict: undefined, excepted: undefined })
              : undefined
          }
        />
      )}
      {findings.length > 0 && (
        <div className={theme.scroll}>
          <table className={`${theme.table} ${styles.findings}`}>
            <thead>
              <tr>
                {asking.mayAsk && (
                  <th scope="col" className={styles.opener}>
                    <VisuallyHidden>
                      {t('exceptions.ask.column')}
                    </VisuallyHidden>
                  </th>
                )}
                <th scope="col" className={styles.opener}>
                  <VisuallyHidden>{t('checks.findings.facts')}</VisuallyHidden>
                </th>
                <th scope="col">{t('checks.findings.who')}</th>
                <th scope="col">{t('checks.findings.why')}</th>
                <th scope="col">{t('checks.findings.verdict')}</th>
                {withPerson && (
                  <th scope="col">{t('checks.findings.person')}</th>
                )}
                <th scope="col">{t('findings.column.owner')}</th>
                <th scope="col">{t('checks.findings.since')}</th>
              </tr>
            </thead>
            <tbody>
              {findings.map(finding => (
                <FindingRow
                  key={finding.id}
                  finding={finding}
                  asking={asking}
                  withPerson={withPerson}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <AskBar
        selected={asking.selected}
        mayAsk={asking.mayAsk}
        onClear={asking.clear}
      />
      {query.hasNextPage && (
        <div style={{ padding: '8px 20px 16px' }}>
          <Button
            variant="secondary"
            isPending={query.isFetchingNextPage}
            onPress={() => query.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Shown({ count, total }: { count: number; total: TotalItems }) {
  const t = useWords();
  const totalWords = useTotalWords();
  if (total === count) {
    return <>{t('checks.findings.shown', { count, n: formatNumber(count) })}</>;
  }
  return (
    <>
      {t('checks.findings.ofTotal', {
        shown: formatNumber(count),
        total: totalWords(total),
      })}
    </>
  );
}
