// SPDX-License-Identifier: Apache-2.0
import type { CriticalSystem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { isForbidden } from '../components/errors';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { useDurationWords } from '../components/words';
import { ResourceLink } from '../details/ResourceLink';
import { Since } from '../details/Since';
import { useCriticalSystems } from '../queries';
import { useIsPast, useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './critical.module.css';
import { MarkActions, placeOf, useMayMark } from './MarkActions';
import { OriginWords } from './OriginWords';

/** The critical systems there are now, whose they are, and when they are reviewed. */
export function CriticalSystemsPanel() {
  const t = useWords();
  const isPast = useIsPast();
  const { connection } = useScope();
  const { data, error, refetch } = useCriticalSystems();
  const mayMark = useMayMark();
  const systems = (data?.items ?? []).filter(
    ({ resource }) => !connection || resource.connection === connection,
  );
  // What the configuration names is not changed here.
  const hasAction =
    mayMark && systems.some(({ origin }) => origin !== 'config');
  const failed = error && !isForbidden(error);
  if (isPast || (systems.length === 0 && !failed)) {
    return null;
  }
  return (
    <Panel title={t('critical.title')} sub={t('critical.sub')} flush>
      {failed && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {systems.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={t('critical.title')}>
            <thead>
              <tr>
                <th scope="col">{t('critical.column.system')}</th>
                <th scope="col">{t('critical.column.owner')}</th>
                <th scope="col">{t('critical.column.every')}</th>
                <th scope="col">{t('critical.column.last')}</th>
                <th scope="col">{t('critical.column.due')}</th>
                {hasAction && (
                  <th scope="col">{t('critical.column.action')}</th>
                )}
              </tr>
            </thead>
            <tbody>
              {systems.map(system => (
                <Row
                  key={`${system.resource.connection} ${system.resource.ref}`}
                  system={system}
                  hasAction={hasAction}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

interface RowProps {
  system: CriticalSystem;
  /** There is a column for what can be done. */
  hasAction: boolean;
}

function Row({ system, hasAction }: RowProps) {
  const t = useWords();
  const durationWords = useDurationWords();
  const { resource, owner, review } = system;
  return (
    <tr>
      <th scope="row">
        <ResourceLink resource={resource} />
        <div className={theme.second}>
          <OriginWords system={system} />
        </div>
      </th>
      <td>
        {owner ? (
          <EntityLink entityRef={owner} />
        ) : (
          <span className={theme.muted}>{t('critical.nobody')}</span>
        )}
      </td>
      <td>{durationWords(review.every)}</td>
      <td>
        {review.lastAt ? (
          <Since time={review.lastAt} />
        ) : (
          <span className={theme.muted}>{t('critical.never')}</span>
        )}
      </td>
      <td>
        {review.dueAt ? (
          <Since time={review.dueAt} />
        ) : (
          <span className={theme.muted}>{t('critical.notPlanned')}</span>
        )}{' '}
        {review.overdue && (
          <StateTag tone="fail" label={t('critical.overdue')} />
        )}
      </td>
      {hasAction && (
        <td>
          <MarkActions
            place={placeOf(resource)}
            title={resource.title}
            system={system}
          />
        </td>
      )}
    </tr>
  );
}
