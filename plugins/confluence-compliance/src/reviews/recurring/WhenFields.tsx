// SPDX-License-Identifier: Apache-2.0
import { NumberField, Select } from '@backstage/ui';
import type { ReviewTemplate } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { ChoiceGroup, RadioCard } from '../../components/ChoiceCards';
import { useWords } from '../../translation/useWords';
import { OverdueField } from '../OverdueField';
import styles from '../reviews.module.css';
import { cadenceOf, choiceOf } from './draft';
import { useCadenceWords } from './useCadenceWords';

/** When reviews are made, how, and until when they are decided. */
export type When = Pick<
  ReviewTemplate,
  'cadence' | 'dueInDays' | 'overdueRule' | 'makes'
>;

export const newWhen: When = {
  cadence: { months: 3 },
  dueInDays: 30,
  overdueRule: 'keep-open',
  makes: 'draft',
};

const MOST_DAYS = 365;

/** Whether it can be saved. */
export const isWhen = ({ dueInDays }: When): boolean =>
  Number.isInteger(dueInDays) && dueInDays >= 1 && dueInDays <= MOST_DAYS;

const months = ['1', '2', '3', '6', '12', '24'];
const kinds = ['draft', 'started'] as const;

interface WhenFieldsProps {
  when: When;
  /** There is a critical system whose due date can be followed. */
  follows: boolean;
  onChange: (when: When) => void;
}

/** Chooses when reviews are made, and what becomes of what is undecided then. */
export function WhenFields({ when, follows, onChange }: WhenFieldsProps) {
  const t = useWords();
  const words = useCadenceWords();
  const { cadence, dueInDays, overdueRule, makes } = when;
  const choice = choiceOf(cadence);
  const choices = [...months, ...(follows ? ['system'] : [])];
  const all = choices.includes(choice) ? choices : [choice, ...choices];
  return (
    <div className={styles.fields}>
      <div className={styles.field}>
        <Select
          label={t('reviews.recurring.form.every')}
          description={t(
            cadence === 'system'
              ? 'reviews.recurring.form.systemHint'
              : 'reviews.recurring.form.everyHint',
          )}
          options={all.map(value => ({
            value,
            label: words(cadenceOf(value)),
          }))}
          value={choice}
          onChange={key =>
            key !== null &&
            onChange({ ...when, cadence: cadenceOf(String(key)) })
          }
        />
      </div>
      <div className={styles.field}>
        <NumberField
          label={t('reviews.recurring.form.days')}
          description={t('reviews.recurring.form.daysHint')}
          minValue={1}
          maxValue={MOST_DAYS}
          value={dueInDays}
          onChange={days => onChange({ ...when, dueInDays: days })}
        />
      </div>
      <ChoiceGroup
        label={t('reviews.recurring.form.makes')}
        value={makes}
        onChange={value =>
          onChange({
            ...when,
            makes: kinds.find(kind => kind === value) ?? 'draft',
          })
        }
      >
        {kinds.map(kind => (
          <RadioCard
            key={kind}
            value={kind}
            title={t(`reviews.recurring.makes.${kind}`)}
            text={t(`reviews.recurring.makes.${kind}Text`)}
          />
        ))}
      </ChoiceGroup>
      <OverdueField
        value={overdueRule}
        onChange={rule => onChange({ ...when, overdueRule: rule })}
      />
    </div>
  );
}
