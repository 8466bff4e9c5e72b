// SPDX-License-Identifier: Apache-2.0
import { Select, TextAreaField } from '@backstage/ui';
import type {
  CriticalSystem,
  CriticalSystemInput,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { EntityPicker } from '../components/EntityPicker';
import { errorMessage } from '../components/errors';
import { useDurationWords } from '../components/words';
import { ActionDialog } from '../connections/ActionDialog';
import { type Place, useMarkCriticalSystem } from '../queries';
import { useWords } from '../translation/useWords';

const CADENCES = ['P1M', 'P3M', 'P6M', 'P1Y'];

type RuleKind = CriticalSystemInput['rule']['kind'];

interface MarkDialogProps {
  place: Place;
  title: string;
  system?: CriticalSystem;
  onClose: () => void;
}

/** Who answers for a critical system, how often it is reviewed, and who may have access. */
export function MarkDialog({ place, title, system, onClose }: MarkDialogProps) {
  const t = useWords();
  const durationWords = useDurationWords();
  const { mutate, isPending, error } = useMarkCriticalSystem(place);
  const [owner, setOwner] = useState(system?.owner ?? '');
  const [every, setEvery] = useState(system?.review.every ?? 'P6M');
  const [kind, setKind] = useState<RuleKind>(system?.rule.kind ?? 'all-staff');
  const [names, setNames] = useState(
    system?.rule.kind === 'groups' ? system.rule.groups.join('\n') : '',
  );
  const groups = names.split('\n').flatMap(name => name.trim() || []);
  const marking: CriticalSystemInput = {
    ...(owner.trim() !== '' && { owner: owner.trim() }),
    reviewEvery: every,
    rule: kind === 'groups' ? { kind, groups } : { kind },
  };
  const words = system ? 'critical.change' : 'critical.mark';
  const kinds = [
    { value: 'all-staff', label: t('critical.field.allStaff') },
    { value: 'reviewed', label: t('critical.field.reviewed') },
    { value: 'groups', label: t('critical.field.groups') },
  ];
  return (
    <ActionDialog
      title={t(`${words}.title`, { title: <bdi>{title}</bdi> })}
      submit={t(`${words}.submit`)}
      missing={
        kind === 'groups' &&
        groups.length === 0 &&
        t('critical.field.missingGroup')
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => mutate(marking, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t('critical.mark.means')}</p>
      <EntityPicker
        label={t('critical.field.owner')}
        description={t('critical.field.ownerHint')}
        value={owner}
        onChange={setOwner}
      />
      <Select
        label={t('critical.field.every')}
        options={[...new Set([...CADENCES, every])].map(value => ({
          value,
          label: durationWords(value),
        }))}
        value={every}
        onChange={key => key !== null && setEvery(String(key))}
      />
      <Select
        label={t('critical.field.rule')}
        options={kinds}
        value={kind}
        onChange={key => key !== null && setKind(key as RuleKind)}
      />
      {kind === 'groups' && (
        <TextAreaField
          label={t('critical.field.names')}
          value={names}
          onChange={setNames}
          rows={3}
        />
      )}
    </ActionDialog>
  );
}
