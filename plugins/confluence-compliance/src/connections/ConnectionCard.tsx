// SPDX-License-Identifier: Apache-2.0
import { Box } from '@backstage/ui';
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCheckboxCircleFill, RiLock2Line } from '@remixicon/react';
import { useId } from 'react';
import { EntityLink } from '../components/EntityLink';
import { sentences } from '../components/sentences';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { CardAction } from './CardAction';
import { ConnectionMenu } from './ConnectionMenu';
import styles from './connections.module.css';
import { Credential } from './Credential';
import { LastRun } from './LastRun';
import { SiteLink } from './SiteLink';
import {
  connectionTones,
  reasonsOf,
  useDatasetName,
  useMethodWords,
  usePurposeWords,
} from './words';

/** One site: its state, how and for what it is read, its runs, its credential. */
export function ConnectionCard({ connection }: { connection: Connection }) {
  const t = useWords();
  const id = useId();
  const { title, site, state, owner } = connection;
  const method = useMethodWords();
  const purposes = usePurposeWords();
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
      {reasonsOf(connection).map(({ text, cure }) => (
        <p key={text} className={styles.reason} dir="auto">
          {sentences(text, cure)}
        </p>
      ))}
      <dl className={styles.facts}>
        <dt>{t('connections.method')}</dt>
        <dd>{connection.methods.map(method).join(', ')}</dd>
        <dt>{t('connections.readsFor')}</dt>
        <dd>{purposes(connection.purposes)}</dd>
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
          <span className={theme.second} style={{ display: 'block' }}>
            <NextRun connection={connection} />
          </span>
        </dd>
        <NotRead connection={connection} />
        <dt>{t('connections.credential.label')}</dt>
        <dd>
          <Credential connection={connection} />
        </dd>
      </dl>
      <div className={styles.foot}>
        <Origin connection={connection} />
        {!isPast && (
          <div className={styles.acts}>
            <CardAction connection={connection} />
            <ConnectionMenu connection={connection} />
          </div>
        )}
      </div>
    </Box>
  );
}

/** What could not be read or not all of, also where the tick does not need it. */
function NotRead({ connection }: { connection: Connection }) {
  const t = useWords();
  const datasetName = useDatasetName();
  const names = connection.datasets
    .filter(({ state }) => state === 'unavailable' || state === 'partial')
    .map(({ dataset }) => datasetName(dataset));
  return names.length > 0 ? (
    <>
      <dt>{t('connections.notWhole')}</dt>
      <dd>{names.join(', ')}</dd>
    </>
  ) : null;
}

function Origin({ connection }: { connection: Connection }) {
  const t = useWords();
  const { origin, madeBy } = connection;
  if (origin === 'config') {
    return (
      <span className={styles.origin}>
        <RiLock2Line size={14} aria-hidden="true" />
        {t('connections.fromConfig')}
      </span>
    );
  }
  return (
    <span className={styles.origin}>
      <span>
        {madeBy
          ? t('connections.madeBy', {
              person: <EntityLink entityRef={madeBy} />,
            })
          : t('connections.fromPortal')}
      </span>
    </span>
  );
}

function NextRun({ connection }: { connection: Connection }) {
  const t = useWords();
  const { state, nextRunAt } = connection;
  if (state === 'reconnect' || state === 'disabled' || state === 'setting-up') {
    return <>{t(`connections.paused.${state}`)}</>;
  }
  if (!nextRunAt) {
    return <>{t('connections.nextNone')}</>;
  }
  return Date.parse(nextRunAt) <= Date.now() ? (
    <>{t('connections.nextDue')}</>
  ) : (
    t('connections.next', { when: <TimeAgo time={nextRunAt} /> })
  );
}
