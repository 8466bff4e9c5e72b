// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useDurationWords } from '../components/words';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './checks.module.css';

const isPlain = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number';

/** A parameter as its check has it; a duration such as `{ "hours": 24 }` as `24 hours`. */
function asText(value: unknown): string {
  if (Array.isArray(value) && value.length > 0 && value.every(isPlain)) {
    return value.join(', ');
  }
  const parts =
    typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value ?? {})
      : [];
  if (parts.length > 0 && parts.every(([, n]) => Number.isFinite(n))) {
    return parts.map(([unit, n]) => `${n} ${unit}`).join(' ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}

/** What the check is, what it needs, and which controls it speaks to. */
export function AboutCheck({ check }: { check: Check }) {
  const t = useWords();
  const isPast = useIsPast();
  const parameters = Object.entries(check.parameters);
  return (
    <Panel title={t('checks.about.title')} sub={check.description}>
      <dl className={styles.about}>
        <dt>{t('checks.about.check')}</dt>
        <dd className={theme.mono}>{check.id}</dd>
        <dt>{t('checks.about.severity')}</dt>
        <dd>
          <SeverityMark severity={check.severity} />
        </dd>
        {!isPast && <Runs check={check} />}
        <dt>{t('checks.about.needs')}</dt>
        <dd>{check.requires.join(', ') || t('checks.about.none')}</dd>
        {check.improves.length > 0 && (
          <>
            <dt>{t('checks.about.improves')}</dt>
            <dd>
              {check.improves.join(', ')}
              {check.missing.map(({ dataset, connection, reason }) => (
                <p
                  key={`${connection} ${dataset}`}
                  className={theme.second}
                  style={{ margin: '4px 0 0' }}
                  dir="auto"
                >
                  {t('checks.about.without', {
                    dataset,
                    connection,
                    reason: reason.text,
                  })}
                </p>
              ))}
            </dd>
          </>
        )}
        {parameters.length > 0 && (
          <>
            <dt>{t('checks.about.parameters')}</dt>
            <dd className={theme.mono}>
              {parameters.map(([name, value]) => (
                <div key={name}>
                  {name}: {asText(value)}
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>{t('checks.about.controls')}</dt>
        <dd>
          <Controls controls={check.controls} />
        </dd>
      </dl>
    </Panel>
  );
}

/** How often it runs, when it did last, and when it is due again. */
function Runs({ check }: { check: Check }) {
  const t = useWords();
  const durationWords = useDurationWords();
  const { every, lastRunAt, nextRunAt, revision } = check;
  return (
    <>
      {every && (
        <>
          <dt>{t('checks.about.every')}</dt>
          <dd>
            {t('checks.about.everyText', { duration: durationWords(every) })}
          </dd>
        </>
      )}
      <dt>{t('checks.about.runs')}</dt>
      <dd>
        {lastRunAt ? <TimeAgo time={lastRunAt} /> : t('checks.neverRan')}
        {revision !== undefined &&
          `, ${t('checks.about.revision', { n: formatNumber(revision) })}`}
      </dd>
      {nextRunAt && (
        <>
          <dt>{t('checks.about.next')}</dt>
          <dd>
            {Date.parse(nextRunAt) > Date.now() ? (
              <TimeAgo time={nextRunAt} />
            ) : (
              t('checks.about.due')
            )}
          </dd>
        </>
      )}
    </>
  );
}

function Controls({ controls }: Pick<Check, 'controls'>) {
  const t = useWords();
  if (controls.length === 0) {
    return <>{t('checks.about.none')}</>;
  }
  return (
    <>
      <ul className={styles.controls}>
        {controls.map(
          ({ framework, control, title, reviewed, conditional }) => (
            <li
              key={`${framework} ${control}`}
              className={reviewed ? undefined : styles.proposed}
            >
              {framework} {control}
              {title && <span className={theme.second}> {title}</span>}
              {conditional && (
                <span className={theme.muted}>
                  {' '}
                  {t(`checks.about.conditional.${conditional}`)}
                </span>
              )}
              {!reviewed && (
                <span className={theme.muted}>
                  {' '}
                  {t('checks.about.proposed')}
                </span>
              )}
            </li>
          ),
        )}
      </ul>
      {controls.some(({ reviewed }) => !reviewed) && (
        <p className={theme.second} style={{ margin: '6px 0 0' }}>
          {t('checks.about.proposedHelp')}
        </p>
      )}
    </>
  );
}
