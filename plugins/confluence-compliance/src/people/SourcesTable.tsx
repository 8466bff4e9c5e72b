// SPDX-License-Identifier: Apache-2.0
import type { PeopleSource } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiTeamLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { formatNumber } from '../components/format';
import { StateTag, type Tone } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useWords } from '../translation/useWords';
import { useSourceName } from './useSourceName';

const tones: Record<PeopleSource['outcome'], Tone> = {
  complete: 'pass',
  partial: 'warning',
  'not-visible': 'warning',
  failed: 'fail',
  'never-read': 'unknown',
};

/** The personnel sources: how old they are, and whether they are whole. */
export function SourcesTable({ sources }: { sources: PeopleSource[] }) {
  const t = useWords();
  const nameOf = useSourceName();
  if (sources.length === 0) {
    return (
      <EmptyState
        icon={<RiTeamLine />}
        title={t('people.sources.none')}
        text={t('people.sources.noneText')}
      />
    );
  }
  return (
    <div className={theme.scroll}>
      <table className={theme.table}>
        <thead>
          <tr>
            <th scope="col">{t('people.sources.source')}</th>
            <th scope="col">{t('people.sources.complete')}</th>
            <th scope="col">{t('people.sources.read')}</th>
            <th scope="col">{t('people.sources.people')}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map(source => (
            <tr key={source.id}>
              <th scope="row">
                <bdi>{nameOf(source)}</bdi>
              </th>
              <td>
                <StateTag
                  tone={tones[source.outcome]}
                  label={t(`people.sources.outcome.${source.outcome}`)}
                />
                <Gap source={source} />
              </td>
              <td>
                {source.readAt ? (
                  <TimeAgo time={source.readAt} />
                ) : (
                  <span className={theme.muted}>
                    {t('people.sources.never')}
                  </span>
                )}
              </td>
              <td className={theme.number}>{formatNumber(source.people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Why a source is not whole, and when it last was. */
function Gap({ source }: { source: PeopleSource }) {
  const t = useWords();
  const { completeAt, outcome, reason } = source;
  if (outcome === 'complete') {
    return null;
  }
  return (
    <p className={theme.second} dir="auto">
      {reason?.text}{' '}
      {completeAt
        ? t('people.sources.stale', { when: <TimeAgo time={completeAt} /> })
        : t('people.sources.neverComplete')}
    </p>
  );
}
