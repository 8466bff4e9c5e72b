// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink } from '@backstage/ui';
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiCheckboxCircleFill,
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiErrorWarningLine,
} from '@remixicon/react';
import { Banner, FailedBanner } from '../components/Banner';
import { errorMessage } from '../components/errors';
import { Panel } from '../components/Panel';
import { sentences } from '../components/sentences';
import { SyncProgress } from '../components/SyncProgress';
import theme from '../components/theme.module.css';
import { RunEnded } from '../connections/RunEnded';
import { isBusy, useSyncNow } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';
import { StepFoot } from './StepFoot';
import type { Step } from './steps';
import { useErrorWords } from './useFieldNames';
import { useStartSync } from './useStartSync';

interface SyncStepProps {
  connection: Connection;
  go: (step: Step) => void;
}

/** The first sync while it goes, and what came of it. */
export function SyncStep({ connection, go }: SyncStepProps) {
  const { activeRun, lastRun, state, title } = connection;
  const waits = state === 'setting-up' || state === 'disabled';
  const ended = !waits && !isBusy(connection) && lastRun !== undefined;
  return (
    <>
      <RunEnded connections={[connection]} />
      {waits && <Ready connection={connection} go={go} />}
      {!waits && activeRun && <SyncProgress run={activeRun} title={title} />}
      {!waits && !activeRun && !ended && <Asked connection={connection} />}
      {!waits && !ended && <TickWhen />}
      {ended && <Ended connection={connection} go={go} />}
    </>
  );
}

function Ready({ connection, go }: SyncStepProps) {
  const t = useWords();
  const errorWords = useErrorWords();
  const { start, isPending, error } = useStartSync(connection);
  return (
    <>
      <Panel title={t('connect.sync.title')}>
        <p className={theme.lead}>{t('connect.sync.ready')}</p>
      </Panel>
      {error && (
        <FailedBanner>
          {t('connect.group.failed', { message: errorWords(error) })}
        </FailedBanner>
      )}
      <StepFoot
        label={t('connect.sync.start')}
        isPending={isPending}
        onBack={() => go('group')}
        onContinue={() => start({})}
      />
    </>
  );
}

/** Nothing goes on yet: it was asked for, or comes on schedule. */
function Asked({ connection }: { connection: Connection }) {
  const t = useWords();
  const { mutate, isPending, error } = useSyncNow();
  return (
    <Panel
      title={t('connect.sync.title')}
      sub={t('connect.sync.leave')}
      actions={
        !connection.syncRequested && (
          <Button
            variant="secondary"
            isPending={isPending}
            onPress={() => mutate(connection.id)}
          >
            {t('connect.sync.start')}
          </Button>
        )
      }
    >
      <p role="status" className={theme.lead} dir="auto">
        {error
          ? t('connect.sync.notAsked', { message: errorMessage(error) })
          : t('connect.sync.asked')}
      </p>
    </Panel>
  );
}

function TickWhen() {
  const t = useWords();
  return (
    <Banner glyph={<RiCheckboxCircleLine size={18} aria-hidden="true" />}>
      {t('connect.sync.tickWhen')}
    </Banner>
  );
}

/** The tick only where everything is complete; else what is not, and why. */
function Ended({ connection, go }: SyncStepProps) {
  const t = useWords();
  const links = useLinks();
  const { mutate, isPending } = useSyncNow();
  const { id, greenTick, lastRun, reason } = connection;
  const see = links.accounts({ connection: id });
  if (greenTick) {
    return (
      <Panel label={t('connect.sync.title')}>
        <div className={styles.done}>
          <RiCheckboxCircleFill
            size={44}
            className={styles.tick}
            aria-hidden="true"
          />
          <h2 className={styles.doneTitle}>
            {t('connect.sync.doneTitle', { title: connection.title })}
          </h2>
          <p className={theme.muted}>{t('connect.sync.done')}</p>
          {see && (
            <ButtonLink variant="primary" href={see}>
              {t('connect.sync.see')}
            </ButtonLink>
          )}
        </div>
      </Panel>
    );
  }
  const failed = lastRun?.state === 'failed';
  const incomplete = connection.datasets.filter(
    ({ required, state }) => required && state !== 'complete',
  );
  const why = failed ? lastRun.reason ?? reason : reason;
  return (
    <>
      <Banner
        tone={failed ? 'fail' : 'warn'}
        alert
        glyph={
          failed ? (
            <RiCloseCircleLine size={18} aria-hidden="true" />
          ) : (
            <RiErrorWarningLine size={18} aria-hidden="true" />
          )
        }
      >
        <p>
          <strong>
            {failed
              ? t('connect.sync.failedTitle')
              : t('connect.sync.partialTitle')}
          </strong>
        </p>
        <p dir="auto">
          {sentences(why?.text ?? t('connect.sync.noReason'), reason?.cure)}
        </p>
        {!failed && <p>{t('connect.sync.partial')}</p>}
        <ul className={styles.reasons}>
          {incomplete.map(({ dataset, reasons }) => (
            <li key={dataset} dir="auto">
              {t('connect.sync.datasetReason', {
                dataset,
                reason:
                  sentences(...reasons.map(({ text }) => text)) ||
                  t('connect.sync.noReason'),
              })}
            </li>
          ))}
        </ul>
      </Banner>
      <StepFoot
        label={t('connect.sync.again')}
        isPending={isPending}
        onContinue={() => mutate(id)}
      >
        <Button variant="tertiary" onPress={() => go('test')}>
          {t('connect.sync.toTest')}
        </Button>
        {see && !failed && (
          <ButtonLink variant="secondary" href={see}>
            {t('connect.sync.see')}
          </ButtonLink>
        )}
      </StepFoot>
    </>
  );
}
