// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import {
  checkReadPermission,
  type CriticalSystem,
  type Space,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RuleWords, useDurationWords } from '../components/words';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { isForbidden } from '../components/errors';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { VerdictTag } from '../components/VerdictTag';
import { MarkActions, placeOf } from '../critical/MarkActions';
import { OriginWords } from '../critical/OriginWords';
import { Fact, Facts } from '../details/Facts';
import { Since } from '../details/Since';
import { useCriticalSystems } from '../queries';
import { useLinks } from '../scope/links';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './spaces.module.css';

/** Who may have access to a critical space, whose it is, and when it is reviewed. */
export function CriticalSystemPanel({ space }: { space: Space }) {
  const t = useWords();
  const { asOf } = useScope();
  const { data, error, isPending, refetch } = useCriticalSystems();
  const system = data?.items.find(
    ({ resource }) =>
      resource.connection === space.connection &&
      resource.ref === `space:${space.spaceId}`,
  );
  const forbidden = error && !data && isForbidden(error);
  return (
    <Panel
      title={t('spaces.page.system.title')}
      sub={asOf && system && t('spaces.page.system.now')}
    >
      {isPending && <Loading rows={3} />}
      {error && !forbidden && (
        <PanelError error={error} onRetry={refetch} stale={!!data} />
      )}
      {forbidden && (
        <p className={styles.text}>
          {t('spaces.page.system.forbidden', {
            permission: checkReadPermission.name,
          })}
        </p>
      )}
      {data && !system && (
        <p className={styles.text}>{t('spaces.page.system.absent')}</p>
      )}
      {system && <System system={system} />}
    </Panel>
  );
}

function System({ system }: { system: CriticalSystem }) {
  const t = useWords();
  const durationWords = useDurationWords();
  const { owner, rule, review, check } = system;
  const href = useLinks().check(check.id);
  return (
    <>
      <Facts>
        <Fact name={t('spaces.page.system.rule')}>
          <RuleWords rule={rule} />
        </Fact>
        <Fact name={t('spaces.page.system.owner')}>
          {owner ? (
            <EntityLink entityRef={owner} />
          ) : (
            <span className={theme.muted}>
              {t('spaces.page.system.nobody')}
            </span>
          )}
        </Fact>
        <Fact name={t('spaces.page.system.check')}>
          <VerdictTag verdict={check.verdict} />{' '}
          {href ? (
            <Link href={href}>{check.title}</Link>
          ) : (
            <span>{check.title}</span>
          )}
          {check.reason && (
            <span className={`${theme.second} ${styles.reason}`} dir="auto">
              {check.reason.text}
            </span>
          )}
        </Fact>
        <Fact name={t('spaces.page.system.every')}>
          {durationWords(review.every)}
        </Fact>
        <Fact name={t('spaces.page.system.last')}>
          {review.lastAt ? (
            <Since time={review.lastAt} />
          ) : (
            <span className={theme.muted}>
              {t(
                review.dueAt
                  ? 'spaces.page.system.neverCounted'
                  : 'spaces.page.system.never',
              )}
            </span>
          )}
        </Fact>
        <Fact name={t('spaces.page.system.due')}>
          {review.dueAt ? (
            <Since time={review.dueAt} />
          ) : (
            <span className={theme.muted}>
              {t('spaces.page.system.notPlanned')}
            </span>
          )}{' '}
          {review.overdue && (
            <StateTag tone="fail" label={t('spaces.page.system.overdue')} />
          )}
        </Fact>
      </Facts>
      <p className={`${theme.second} ${styles.text}`}>
        <OriginWords system={system} />
      </p>
      <MarkActions
        place={placeOf(system.resource)}
        title={system.resource.title}
        system={system}
      />
    </>
  );
}
