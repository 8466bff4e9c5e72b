// SPDX-License-Identifier: Apache-2.0
import {
  type OverdueRule,
  overdueRuleSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { useWords } from '../translation/useWords';

interface OverdueFieldProps {
  value: OverdueRule;
  onChange: (rule: OverdueRule) => void;
}

/** Chooses up front what becomes of rows that nobody decides in time. */
export function OverdueField({ value, onChange }: OverdueFieldProps) {
  const t = useWords();
  const rules = overdueRuleSchema.options;
  return (
    <ChoiceGroup
      label={t('reviews.overdue.label')}
      value={value}
      onChange={chosen =>
        onChange(rules.find(rule => rule === chosen) ?? 'keep-open')
      }
    >
      {rules.map(rule => (
        <RadioCard
          key={rule}
          value={rule}
          title={t(`reviews.overdue.rule.${rule}`)}
          text={t(`reviews.overdue.rule.${rule}Text`)}
        />
      ))}
    </ChoiceGroup>
  );
}
