// SPDX-License-Identifier: Apache-2.0
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { EntityPicker } from '../components/EntityPicker';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

/** Who decides, as it stands in the form. */
export interface ReviewerRule {
  kind: 'named' | 'manager' | 'fallback';
  reviewer: string;
  fallback: string;
}

const kinds = ['named', 'manager', 'fallback'] as const;

/** A whole reference: `user:default/priya.raman`. */
export const isRef = (text: string) =>
  /^user:[^\s/:]+\/[^\s/:]+$/i.test(text.trim());

interface ReviewerFieldsProps {
  rule: ReviewerRule;
  onChange: (rule: ReviewerRule) => void;
}

/** Says who decides on the rows, and who on those that nobody else can. */
export function ReviewerFields({ rule, onChange }: ReviewerFieldsProps) {
  const t = useWords();
  return (
    <div className={styles.fields}>
      <ChoiceGroup
        label={t('reviews.create.reviewers')}
        hideLabel
        value={rule.kind}
        onChange={value =>
          onChange({
            ...rule,
            kind: kinds.find(kind => kind === value) ?? 'named',
          })
        }
      >
        {kinds.map(kind => (
          <RadioCard
            key={kind}
            value={kind}
            title={t(`reviews.create.rule.${kind}`)}
            text={t(`reviews.create.rule.${kind}Text`)}
          />
        ))}
      </ChoiceGroup>
      {rule.kind === 'named' && (
        <RefField
          label={t('reviews.create.reviewer')}
          value={rule.reviewer}
          onChange={reviewer => onChange({ ...rule, reviewer })}
        />
      )}
      <RefField
        label={t('reviews.create.fallback')}
        description={t('reviews.create.fallbackHint')}
        value={rule.fallback}
        onChange={fallback => onChange({ ...rule, fallback })}
      />
    </div>
  );
}

interface RefFieldProps {
  label: string;
  description?: string;
  value: string;
  /** What is wrong with it, besides that it is no reference. */
  error?: string;
  onChange: (value: string) => void;
}

const PEOPLE = ['User'] as const;

/** A person of the catalog by name, or by their reference; what is none says how one looks. */
export function RefField({
  label,
  description,
  value,
  error,
  onChange,
}: RefFieldProps) {
  const t = useWords();
  const isWrong = value.trim() !== '' && !isRef(value);
  return (
    <div className={styles.field}>
      <EntityPicker
        label={label}
        description={description}
        kinds={PEOPLE}
        value={value}
        error={isWrong ? t('reviews.create.refWrong') : error}
        onChange={onChange}
      />
    </div>
  );
}
