// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import styles from '../checks/checks.module.css';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { Comments } from './Comments';
import own from './findings.module.css';
import { Recheck } from './Recheck';
import { useFactText } from './useFactText';

/** What a finding rests on, what became of it, and what people say of it. */
export function FindingDetails({ finding }: { finding: Finding }) {
  const t = useWords();
  const isPast = useIsPast();
  const factText = useFactText();
  const { facts, owner, person, resolved } = finding;
  return (
    <div className={own.details}>
      {facts.length === 0 && t('checks.findings.noFacts')}
      <dl className={styles.facts}>
        {facts.map(fact => (
          <Fact
            key={`${fact.source} ${fact.name}`}
            {...factText(fact, finding.checkId)}
          />
        ))}
      </dl>
      <dl className={styles.facts}>
        <dt>{t('findings.details.firstSeen')}</dt>
        <dd>
          <TimeAgo time={finding.firstSeen} />
        </dd>
        <dt>{t('findings.details.lastSeen')}</dt>
        <dd>
          <TimeAgo time={finding.lastSeen} />
        </dd>
        {resolved && (
          <>
            <dt>{t('findings.details.resolved')}</dt>
            <dd>
              <TimeAgo time={resolved.at} />{' '}
              <span className={theme.second}>
                {t(`findings.by.${resolved.by}`)}
              </span>
            </dd>
          </>
        )}
        {person && (
          <>
            <dt>{t('checks.findings.person')}</dt>
            <dd>
              <EntityLink entityRef={person} />
            </dd>
          </>
        )}
        {!isPast && (
          <>
            <dt>{t('findings.details.owner')}</dt>
            <dd>
              {owner ? <EntityLink entityRef={owner} /> : t('findings.nobody')}
            </dd>
          </>
        )}
      </dl>
      <span className={theme.second}>
        {t('checks.findings.revision', { n: formatNumber(finding.revision) })}
      </span>
      {!isPast && <Recheck finding={finding} />}
      {!isPast && <Comments finding={finding} />}
    </div>
  );
}

function Fact(props: { name: string; value: string; source: string }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>
        <bdi>{props.value}</bdi>{' '}
        <span className={theme.second}>{props.source}</span>
      </dd>
    </>
  );
}
