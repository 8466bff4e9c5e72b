// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  checkReadPermission,
  checkRunPermission,
  type Check,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiArrowRightSLine, RiPlayLine } from '@remixicon/react';
import { Link, useParams } from 'react-router-dom';
import { FailedBanner } from '../components/Banner';
import { ErrorState, PanelError } from '../components/ErrorState';
import { errorMessage } from '../components/errors';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { TrendPanel } from '../overview/TrendPanel';
import { useCheck, useRunChecks, useTrend } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useIsPast, useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { AboutCheck } from './AboutCheck';
import { Attestations } from './Attestations';
import styles from './checks.module.css';
import { Findings } from './Findings';
import { HowToFix } from './HowToFix';
import { RunProgress } from './RunProgress';
import { VerdictHead } from './VerdictHead';
import { canRun } from './words';

/** One check: its verdict, its findings, how to fix them. */
export function CheckPage() {
  const t = useWords();
  const { id = '' } = useParams();
  const { connection } = useScope();
  const isPast = useIsPast();
  const { data: check, error, refetch } = useCheck(id, connection);

  return (
    <PageFrame title={check?.title ?? id} visibleTitle>
      <CheckTitle id={id} check={check} />
      <ScopeBanner follows />
      {error && !check && (
        <ErrorState
          error={error}
          what={t('checks.what')}
          permission={checkReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && check && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !check && (
        <Panel label={id} flush>
          <Loading rows={8} />
        </Panel>
      )}
      {check && (
        <div className={styles.columns}>
          <div className={styles.column}>
            {!isPast && <RunProgress check={check} />}
            {!isPast && <VerdictHead check={check} />}
            {check.state === 'attestation' ? (
              <Attestations check={check} />
            ) : (
              <Findings check={check} />
            )}
            {!isPast && <CheckTrend check={check} />}
          </div>
          <div className={styles.column}>
            <HowToFix steps={check.howToFix} />
            <AboutCheck check={check} />
          </div>
        </div>
      )}
    </PageFrame>
  );
}

/** Its open findings of the last days, in the connection that is chosen. */
function CheckTrend({ check }: { check: Check }) {
  const { connection } = useScope();
  const trend = useTrend({ connection, check: check.id });
  return <TrendPanel result={trend} severities={[check.severity]} />;
}

function CheckTitle({ id, check }: { id: string; check?: Check }) {
  const t = useWords();
  const checks = useLinks().checks();
  const isPast = useIsPast();
  const { allowed, loading } = usePermission({
    permission: checkRunPermission,
  });
  const { mutate, isPending, isSuccess, error } = useRunChecks();
  const note = () => {
    if (!allowed && !loading) {
      return t('checks.run.forbidden', { permission: checkRunPermission.name });
    }
    if (isSuccess && check?.run?.state === 'published') {
      return t('checks.run.done');
    }
    if (check?.run?.state === 'failed') {
      return '';
    }
    return check?.running || isSuccess ? t('checks.run.asked') : '';
  };
  return (
    <>
      <div className={styles.head}>
        <div className={styles.crumbs}>
          <Link to={checks ?? '..'}>{t('checks.title')}</Link>
          <RiArrowRightSLine size={18} aria-hidden="true" />
          <h1 dir="auto">{check?.title ?? id}</h1>
        </div>
        {check && !isPast && (
          <div className={styles.row}>
            <span className={theme.second} role="status">
              {note()}
            </span>
            <Button
              variant="secondary"
              iconStart={<RiPlayLine />}
              isDisabled={!allowed || check.running || !canRun(check)}
              isPending={isPending}
              onPress={() => mutate([id])}
            >
              {t('checks.run.now')}
            </Button>
          </div>
        )}
      </div>
      {error && (
        <FailedBanner>
          {t('checks.run.failed', { message: errorMessage(error) })}
        </FailedBanner>
      )}
    </>
  );
}
