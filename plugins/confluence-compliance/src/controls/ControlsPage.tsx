// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import {
  checkReadPermission,
  type ControlsQuery,
  type ControlStand,
  type Verdict,
  verdicts,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine, RiListCheck3 } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { confluenceComplianceApiRef } from '../api';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { FilterSelect } from '../components/FilterSelect';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import toolbar from '../components/toolbar.module.css';
import { DownloadCsv } from '../csv/DownloadCsv';
import { DetailHead } from '../details/DetailHead';
import { useControls } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useAsOfWords } from '../scope/useAsOfWords';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { ControlTable } from './ControlTable';
import { useControlColumns } from './csv';

/** Controls of the frameworks that are shown, and what their checks say, now or as of a day. */
export function ControlsPage() {
  const t = useWords();
  const { asOf, query } = useScope();
  const checksHref = useLinks().checks();
  const { data, error, refetch } = useControls(query);
  const [params, setParams] = useSearchParams();
  const verdict = verdicts.find(one => one === params.get('verdict'));
  const asOfWords = useAsOfWords();
  const past = asOf && asOfWords(asOf);
  const items = data?.items ?? [];
  const shown = items.filter(one => !verdict || one.verdict === verdict);
  const frameworks = [...new Set(shown.map(({ framework }) => framework))];
  const choose = (value?: string) =>
    setParams(before => {
      const next = new URLSearchParams(before);
      next.delete('verdict');
      if (value) {
        next.set('verdict', value);
      }
      return next;
    });

  return (
    <PageFrame title={t('controls.title')} visibleTitle>
      <DetailHead
        list={t('checks.title')}
        listHref={checksHref}
        title={t('controls.title')}
      />
      <ScopeBanner follows revision={data?.revision} error={error} />
      {error && !data && (
        <ErrorState
          error={error}
          what={t('controls.what')}
          permission={checkReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={t('controls.title')} flush>
          <Loading rows={6} height={40} />
        </Panel>
      )}
      {data && items.length === 0 && (
        <Panel label={t('controls.title')}>
          <EmptyState
            icon={<RiListCheck3 />}
            title={t('controls.empty.title')}
            text={t('controls.empty.text')}
          />
        </Panel>
      )}
      {items.length > 0 && (
        <>
          <div className={toolbar.toolbar} role="search">
            <FilterSelect
              label={t('controls.filter')}
              anyLabel={t('controls.anyVerdict')}
              options={verdicts.map(value => ({
                value,
                label: t(`common.verdict.${value}`),
              }))}
              value={verdict}
              onChange={choose}
            />
            <Csv query={query} verdict={verdict} />
          </div>
          <Lead controls={items} />
          {past && (
            <p className={theme.second}>{t('controls.past', { date: past })}</p>
          )}
          {frameworks.map(framework => (
            <Panel key={framework} title={framework} flush>
              <ControlTable
                controls={shown.filter(one => one.framework === framework)}
              />
            </Panel>
          ))}
          {shown.length === 0 && (
            <Panel label={t('controls.title')}>
              <EmptyState
                icon={<RiFileSearchLine />}
                title={t('controls.filtered.title')}
                text={t('controls.filtered.text')}
              />
            </Panel>
          )}
          <p className={theme.second}>{t('controls.proposedHelp')}</p>
        </>
      )}
    </PageFrame>
  );
}

function Csv({ query, verdict }: { query: ControlsQuery; verdict?: Verdict }) {
  const t = useWords();
  const api = useApi(confluenceComplianceApiRef);
  const columns = useControlColumns();
  return (
    <DownloadCsv
      name={t('controls.what')}
      columns={columns}
      completeness={{ gaps: [] }}
      connection={query.connection}
      filters={verdict ? [`${t('controls.filter')}: ${verdict}`] : []}
      read={async (_, options) => {
        const page = await api.listControls(query, options);
        const items = page.items.filter(
          one => !verdict || one.verdict === verdict,
        );
        return { ...page, items };
      }}
    />
  );
}

function Lead({ controls }: { controls: ControlStand[] }) {
  const t = useWords();
  const having = (verdict: string) =>
    controls.filter(one => one.verdict === verdict).length;
  const [fail, unknown] = [having('fail'), having('unknown')];
  const sentence = () => {
    if (fail > 0) {
      const total = formatNumber(controls.length);
      return t('controls.lead.failing', {
        count: fail,
        n: formatNumber(fail),
        total,
      });
    }
    return unknown + having('warning') > 0
      ? t('controls.lead.none')
      : t('controls.lead.allPass');
  };
  return (
    <p className={theme.lead} role="status">
      <strong>{sentence()}</strong>
      {unknown > 0 &&
        t('controls.lead.open', { count: unknown, n: formatNumber(unknown) })}
    </p>
  );
}
