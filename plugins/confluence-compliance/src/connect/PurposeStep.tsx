// SPDX-License-Identifier: Apache-2.0
import type { Purpose } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { CheckCard } from '../components/ChoiceCards';
import { Panel } from '../components/Panel';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';
import { StepFoot } from './StepFoot';
import type { StepProps } from './steps';

const all: Purpose[] = ['access-review', 'policy'];

/** What the site is read for. */
export function PurposeStep({ draft, change, go }: StepProps) {
  const t = useWords();
  const { purposes } = draft;
  const none = purposes.length === 0;
  return (
    <>
      <Panel title={t('connect.purpose.title')} sub={t('connect.purpose.sub')}>
        <div
          className={styles.cards}
          role="group"
          aria-label={t('connect.purpose.title')}
        >
          {all.map(purpose => (
            <CheckCard
              key={purpose}
              title={t(`connect.purpose.${purpose}.title`)}
              text={t(`connect.purpose.${purpose}.text`)}
              isSelected={purposes.includes(purpose)}
              onChange={isSelected =>
                change({
                  purposes: all.filter(item =>
                    item === purpose ? isSelected : purposes.includes(item),
                  ),
                })
              }
            />
          ))}
        </div>
      </Panel>
      <StepFoot
        missing={none && t('connect.missing.purpose')}
        onContinue={() => go('method')}
      />
    </>
  );
}
