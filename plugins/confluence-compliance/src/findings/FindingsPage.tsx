// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  type Check,
  findingReadPermission,
  findingsQuerySchema,
  findingUpdatePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine, RiFilterOffLine } from '@remixicon/react';
import { useEffect, useRef } from 'react';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { useSelection } from '../components/useSelection';
import { DetailHead } from '../details/DetailHead';
import { More } from '../details/More';
import { useMayAsk } from '../exceptions/useAsking';
import { useListUrl } from '../lists/useListUrl';
import { useChecks, useFindings } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useIsPast, useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { FindingsBar } from './FindingsBar';
import { findingVerdictSchema } from './findingVerdict';
import { FindingsLead } from './FindingsLead';
import { FindingsTable } from './FindingsTable';
import { FindingsToolbar } from './FindingsToolbar';

const querySchema = findingsQuerySchema.extend({
  verdict: findingVerdictSchema.optional(),
});

const names = [
  'state',
  'severity',
  'check',
  'framework',
  'control',
  'owner',
  'verdict',
  'excepted',
];

/** The findings of all checks, and who looks after them. */
export function FindingsPage() {
  const t = useWords();
  const isPast = useIsPast();
  const scope = useScope();
  const checksHref = useLinks().checks();
  const url = useListUrl(querySchema, names);
  const { cursor: _, owner, excepted, ...filters } = url.query;
  const asked = {
    ...filters,
    ...(!isPast && { owner }),
    ...(excepted !== 'all' && { excepted }),
  };
  const inScope = { ...asked, ...scope.query };
  const query = useFindings(inScope);
  const checks = useChecks({ connection: scope.connection }).data?.items ?? [];
  const { allowed } = usePermission({ permission: findingUpdatePermission });

  const { data, error, refetch } = query;
  useNewRuns(checks, refetch);
  const findings = data?.pages.flatMap(({ items }) => items) ?? [];
  const selection = useSelection(findings.map(({ id }) => id));
  const isFiltered = names.some(
    name => asked[name as keyof typeof asked] !== undefined,
  );
  const mayAssign = allowed && !isPast;
  const mayAsk = useMayAsk();
  const mayAct = mayAssign || mayAsk;

  return (
    <PageFrame title={t('findings.title')} visibleTitle>
      <DetailHead
        list={t('checks.title')}
        listHref={checksHref}
        title={t('findings.title')}
      />
      <ScopeBanner follows revision={data?.pages[0].revision} error={error} />
      <FindingsToolbar query={asked} change={url.change} checks={checks} />
      {error && !data && (
        <ErrorState
          error={error}
          what={t('findings.what')}
          permission={findingReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {query.isPending && (
        <Panel label={t('findings.title')} flush>
          <Loading rows={8} />
        </Panel>
      )}
      {data && (
        <>
          <FindingsLead
            total={data.pages[0].totalItems}
            query={inScope}
            revision={data.pages[0].revision}
          />
          <Panel label={t('findings.title')} flush>
            {findings.length > 0 && (
              <FindingsTable
                findings={findings}
                titleOf={id =>
                  checks.find(check => check.id === id)?.title ?? id
                }
                selection={mayAct ? selection : undefined}
              />
            )}
            {findings.length === 0 && isFiltered && (
              <EmptyState
                icon={<RiFilterOffLine />}
                title={t('findings.filtered.title')}
                text={t('findings.filtered.text')}
                actions={
                  <Button variant="secondary" onPress={url.clear}>
                    {t('common.clearFilters')}
                  </Button>
                }
              />
            )}
            {findings.length === 0 && !isFiltered && (
              <EmptyState
                icon={<RiFileSearchLine />}
                title={t('findings.empty.title')}
                text={t(isPast ? 'findings.empty.past' : 'findings.empty.text')}
              />
            )}
            <More list={query} shown={findings.length} />
          </Panel>
        </>
      )}
      <FindingsBar
        selected={findings.filter(({ id }) => mayAct && selection.ids.has(id))}
        mayAssign={mayAssign}
        mayAsk={mayAsk}
        onClear={() => selection.change(new Set())}
      />
    </PageFrame>
  );
}

/** Reads the list again when a check has run since, and keeps the pages that are open. */
function useNewRuns(checks: Check[], refetch: () => void) {
  const newest = Math.max(0, ...checks.map(({ revision = 0 }) => revision));
  const known = useRef(newest);
  useEffect(() => {
    if (known.current > 0 && newest > known.current) {
      refetch();
    }
    known.current = newest;
  }, [newest, refetch]);
}
