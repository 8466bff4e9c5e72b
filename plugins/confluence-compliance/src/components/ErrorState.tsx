// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import {
  RiAlertLine,
  RiFileSearchLine,
  RiHistoryLine,
  RiLoopRightLine,
  RiWifiOffLine,
} from '@remixicon/react';
import { useWords } from '../translation/useWords';
import { useAsOfWords } from '../scope/useAsOfWords';
import { useScope, useSetScope } from '../scope/useScope';
import { Banner } from './Banner';
import { EmptyState } from './EmptyState';
import {
  errorMessage,
  isBeforeFirst,
  isBeforeHistory,
  isForbidden,
  isNotFound,
  isResponseError,
  isUnknownConnection,
  namedPermission,
} from './errors';
import { Panel } from './Panel';

interface ErrorStateProps {
  error: Error;
  /** What the page shows, such as `accounts`. */
  what: string;
  /** The permission it needs, where the backend does not name one. */
  permission: string;
  onRetry: () => void;
}

/** A whole page that could not be loaded, or may not be. */
export function ErrorState({
  error,
  what,
  permission,
  onRetry,
}: ErrorStateProps) {
  const t = useWords();
  const { asOf, connection } = useScope();
  const setScope = useSetScope();
  if (asOf && isBeforeHistory(error)) {
    return <DateError error={error} what={what} asOf={asOf} />;
  }
  if (connection && isUnknownConnection(error)) {
    return (
      <Panel label={what}>
        <EmptyState
          icon={<RiFileSearchLine />}
          title={t('directory.missing.noConnection', { connection })}
          text={errorMessage(error)}
          actions={
            <Button
              variant="secondary"
              onPress={() => setScope({ connection: undefined })}
            >
              {t('scope.showAll')}
            </Button>
          }
        />
      </Panel>
    );
  }
  if (isForbidden(error)) {
    return (
      <Panel label={what}>
        <EmptyState
          icon={<RiFileSearchLine />}
          title={t('common.forbidden.title', { what })}
          text={t('common.forbidden.text', {
            permission: namedPermission(error) ?? permission,
          })}
        />
      </Panel>
    );
  }
  if (isNotFound(error)) {
    return (
      <Panel label={what}>
        <EmptyState
          icon={<RiFileSearchLine />}
          title={t('common.error.notFound')}
          text={errorMessage(error)}
        />
      </Panel>
    );
  }
  const answered = isResponseError(error);
  return (
    <Panel label={what}>
      <EmptyState
        icon={answered ? <RiAlertLine /> : <RiWifiOffLine />}
        title={answered ? t('common.error.answered') : t('common.error.title')}
        text={
          <>
            {t('common.error.text')}{' '}
            {answered &&
              t('common.error.detail', { message: errorMessage(error) })}
          </>
        }
        actions={
          <Button variant="primary" onPress={onRetry}>
            {t('common.tryAgain')}
          </Button>
        }
      />
    </Panel>
  );
}

interface DateErrorProps {
  error: Error;
  what: string;
  asOf: string;
}

/** The date lies before everything that is kept, or the backend refuses it. */
function DateError({ error, what, asOf }: DateErrorProps) {
  const t = useWords();
  const words = useAsOfWords();
  const setScope = useSetScope();
  const date = words(asOf);
  const gone = isResponseError(error) && error.statusCode === 410;
  const refused = isBeforeFirst(error)
    ? t('scope.nothingKnown', { date })
    : t('scope.refused');
  return (
    <Panel label={what}>
      <EmptyState
        icon={<RiHistoryLine />}
        title={gone ? t('scope.gone', { date }) : refused}
        text={
          <>
            {errorMessage(error)}. {t('scope.nothingKnownText')}
          </>
        }
        actions={
          <Button
            variant="primary"
            onPress={() => setScope({ asOf: undefined })}
          >
            {t('scope.return')}
          </Button>
        }
      />
    </Panel>
  );
}

interface PanelErrorProps {
  error: Error;
  onRetry: () => void;
  /** What is on screen is an earlier answer. */
  stale?: boolean;
}

/** One part that failed, while the rest of the page stands. */
export function PanelError({ error, onRetry, stale }: PanelErrorProps) {
  const t = useWords();
  const permission = isForbidden(error) && namedPermission(error);
  if (permission) {
    return (
      <Banner glyph={<RiFileSearchLine size={16} aria-hidden="true" />}>
        {t('common.forbidden.text', { permission })}
      </Banner>
    );
  }
  return (
    <Banner
      tone="fail"
      alert
      glyph={<RiAlertLine size={16} aria-hidden="true" />}
      actions={
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiLoopRightLine />}
          onPress={onRetry}
        >
          {t('common.tryAgain')}
        </Button>
      }
    >
      <p>
        <strong>
          {stale ? t('common.error.stale') : t('common.error.panel')}
        </strong>
      </p>
      <p>{errorMessage(error)}</p>
    </Banner>
  );
}
