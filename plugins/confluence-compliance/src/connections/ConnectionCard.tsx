// SPDX-License-Identifier: Apache-2.0
import { Box } from '@backstage/ui';
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCheckboxCircleFill, RiLock2Line } from '@remixicon/react';
import { useId } from 'react';
import { EntityLink } from '../components/EntityLink';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';
import { LastRun } from './LastRun';
import { SyncNow } from './SyncNow';
import { connectionTones } from './words';

/** One site: its state, what it is read for, its last and next run. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const t = useWords();
  const id = useId();
  const { title, site, state, reason, owner, nextRunAt } = connection;
  const method = useMethodWords();
  const isPast = useIsPast();

  return (
    <Box as="article" bg="neutral" className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <div>
          <h2 id={id} className={styles.title}>
            {connection.greenTick && (
              <RiCheckboxCircleFill
                size={18}
                className={styles.tick}
                role="img"
                aria-label={t('connections.greenTick')}
              />
            )}
            <bdi>{title}</bdi>
          </h2>
          <SiteLink site={site} />
        </div>
        <StateTag
          tone={connectionTones[state]}
          label={t(`connections.state.${state}`)}
        />
      </div>
      {reason && (
        <p className={theme.muted} style={{ margin: 0 }} dir="auto">
          {reason.text}
        </p>
      )}
      <dl className={styles.facts}>
        <dt>{t('connections.method')}</dt>
        <dd>{connection.methods.map(method).join(', ')}</dd>
        <dt>{t('connections.readsFor')}</dt>
        <dd>
          {connection.purposes
            .map(purpose => t(`connections.purposes.${purpose}`))
            .join(', ')}
        </dd>
        {owner && (
          <>
            <dt>{t('connections.owner')}</dt>
            <dd>
              <EntityLink entityRef={owner} />
            </dd>
          </>
        )}
        <dt>{t('connections.lastRun')}</dt>
        <dd>
          <LastRun run={connection.lastRun} />
        </dd>
        <dt>{t('connections.next')}</dt>
        <dd>
          <NextRun at={nextRunAt} />
        </dd>
      </dl>
      <div className={styles.foot}>
        <span className={styles.origin}>
          {connection.origin === 'config' && (
            <RiLock2Line size={14} aria-hidden="true" />
          )}
          {connection.origin === 'config'
            ? t('connections.fromConfig')
            : t('connections.fromPortal')}
        </span>
        {!isPast && <SyncNow connection={connection} />}
      </div>
    </Box>
  );
}

function useMethodWords() {
  const t = useWords();
  return (method: string): string => {
    switch (method) {
      case 'oauth':
      case 'service-account':
      case 'api-token':
      case 'scoped-api-token':
        return t(`connections.methods.${method}`);
      default:
        return method;
    }
  };
}

function NextRun({ at }: { at?: string }) {
  const t = useWords();
  if (!at) {
    return <>{t('connections.nextNone')}</>;
  }
  return Date.parse(at) <= Date.now() ? (
    <>{t('connections.nextDue')}</>
  ) : (
    <TimeAgo time={at} />
  );
}

/** Only web addresses become links. */
function SiteLink({ site }: { site: string }) {
  const url = URL.canParse(site) ? new URL(site) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    return <span className={theme.second}>{site}</span>;
  }
  return (
    <a
      className={styles.site}
      href={url.href}
      target="_blank"
      rel="noopener noreferrer"
    >
      {url.host}
    </a>
  );
}
