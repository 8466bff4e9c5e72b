// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  GrantedSite,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { FailedBanner } from '../components/Banner';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { sentences } from '../components/sentences';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';
import { useSaveConnection } from './queries';
import { StepFoot } from './StepFoot';
import { useErrorWords } from './useFieldNames';

interface ChooseSiteProps {
  connection: Connection;
  sites: GrantedSite[];
  onBack: () => void;
  onChosen: (site: string) => void;
}

/** One of the sites that a grant opens; where none can be chosen, why not. */
export function ChooseSite({
  connection,
  sites,
  onBack,
  onChosen,
}: ChooseSiteProps) {
  const t = useWords();
  const errorWords = useErrorWords();
  const { mutate, isPending, error } = useSaveConnection();
  const [site, setSite] = useState<string>();
  const possible = sites.filter(({ problem }) => !problem).length;
  const save = () =>
    site !== undefined &&
    mutate(
      { id: connection.id, update: { site } },
      { onSuccess: () => onChosen(site) },
    );
  return (
    <>
      <Panel
        title={t('connect.oauth.chooseTitle')}
        sub={
          possible > 0
            ? t('connect.oauth.choose', {
                count: possible,
                n: formatNumber(possible),
              })
            : t('connect.oauth.noSites')
        }
      >
        {sites.length > 0 && (
          <ChoiceGroup
            label={t('connect.oauth.chooseLabel')}
            hideLabel
            value={site}
            onChange={setSite}
          >
            {sites.map(granted => (
              <RadioCard
                key={granted.cloudId}
                value={granted.site}
                isDisabled={granted.problem !== undefined}
                title={granted.name}
                text={granted.site.replace(/^https?:\/\//, '')}
              >
                {granted.problem && (
                  <span className={styles.because} dir="auto">
                    {sentences(granted.problem.text, granted.problem.cure)}
                  </span>
                )}
              </RadioCard>
            ))}
          </ChoiceGroup>
        )}
      </Panel>
      {error && (
        <FailedBanner>
          {t('connect.credentials.failed', { message: errorWords(error) })}
        </FailedBanner>
      )}
      <StepFoot
        label={t('connect.oauth.chosen')}
        missing={site === undefined && t('connect.missing.site')}
        isPending={isPending}
        onBack={onBack}
        onContinue={possible > 0 ? save : undefined}
      />
    </>
  );
}
