// SPDX-License-Identifier: Apache-2.0
import { Select, TextField } from '@backstage/ui';
import type {
  PolicyMappingInput,
  PolicyPageRule,
  PolicyPages,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { errorMessage } from '../components/errors';
import { usePaused } from '../components/usePaused';
import { ActionDialog } from '../connections/ActionDialog';
import { useConnections, useMapPolicy, usePolicyPages } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { ConcernsField, refsOf } from './ConcernsField';
import { isAmiss, MappingPreview } from './MappingPreview';
import { PagePicker } from './PagePicker';

type Way = PolicyPageRule['by'];

const ways: Way[] = ['id', 'label', 'title'];

interface ChoosePageDialogProps {
  policy: { id: string; title: string };
  /** What was chosen before. */
  mapping?: PolicyMappingInput;
  onClose: () => void;
}

/** Chooses the page of a policy, one or whichever has a label or a title, and whom it concerns. */
export function ChoosePageDialog({
  policy,
  mapping,
  onClose,
}: ChoosePageDialogProps) {
  const t = useWords();
  const scope = useScope();
  const { data } = useConnections();
  const connections = (data?.items ?? []).filter(({ purposes }) =>
    purposes.includes('policy'),
  );
  const { mutate, isPending, error } = useMapPolicy(policy.id);
  const before = mapping?.page;
  const [chosen, setChosen] = useState(mapping?.connection ?? scope.connection);
  const [by, setBy] = useState<Way>(before?.by ?? 'id');
  const [id, setId] = useState(before?.by === 'id' ? before.id : '');
  const [label, setLabel] = useState(
    before?.by === 'label' ? before.label : '',
  );
  const [space, setSpace] = useState(
    before?.by === 'title' ? before.space : '',
  );
  const [title, setTitle] = useState(
    before?.by === 'title' ? before.title : '',
  );
  const [concerned, setConcerned] = useState({
    groups: mapping?.acknowledgedBy ?? [],
    typed: '',
  });
  const groups = refsOf(concerned);
  const connection =
    connections.find(one => one.id === chosen)?.id ?? connections[0]?.id ?? '';
  const page = ruleOf(by, {
    id,
    label: label.trim(),
    space: space.trim(),
    title: title.trim(),
  });
  const asked = usePaused(JSON.stringify(page ?? null));
  const shown = page && asked === JSON.stringify(page) ? page : undefined;
  const query =
    shown && connection !== ''
      ? { connection, ...withoutWay(shown) }
      : undefined;
  const preview = usePolicyPages(query);
  // Whom it concerns can be changed whatever became of its page.
  const isAsBefore =
    connection === mapping?.connection &&
    JSON.stringify(page) === JSON.stringify(mapping.page);
  const wrong = wrongOf(query && preview);
  return (
    <ActionDialog
      title={t('policies.mapping.title', { title: <bdi>{policy.title}</bdi> })}
      submit={t('policies.mapping.save')}
      missing={
        (connection === '' && t('policies.mapping.missing.connection')) ||
        (!page && t(`policies.mapping.missing.${by}`)) ||
        (!isAsBefore && wrong && t(`policies.mapping.missing.${wrong}`)) ||
        (!groups && t('common.missing.mend'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        page &&
        groups &&
        mutate(
          {
            connection,
            page,
            ...(groups.length > 0 && { acknowledgedBy: groups }),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      {connections.length > 1 && (
        <Select
          label={t('policies.mapping.connection')}
          options={connections.map(one => ({
            value: one.id,
            label: one.title,
          }))}
          value={connection}
          onChange={key => {
            setChosen(String(key));
            setId('');
          }}
        />
      )}
      <ChoiceGroup
        label={t('policies.mapping.way.question')}
        value={by}
        onChange={value => setBy(value as Way)}
      >
        {ways.map(way => (
          <RadioCard
            key={way}
            value={way}
            title={t(`policies.mapping.way.${way}`)}
            text={t(`policies.mapping.way.${way}Text`)}
          />
        ))}
      </ChoiceGroup>
      {by === 'id' && (
        <PagePicker
          key={connection}
          connection={connection}
          value={id}
          onChange={setId}
        />
      )}
      {by === 'label' && (
        <TextField
          label={t('policies.mapping.label')}
          description={t('policies.mapping.labelHint')}
          value={label}
          onChange={setLabel}
        />
      )}
      {by === 'title' && (
        <>
          <TextField
            label={t('policies.mapping.space')}
            description={t('policies.mapping.spaceHint')}
            value={space}
            onChange={setSpace}
          />
          <TextField
            label={t('policies.mapping.pageTitle')}
            value={title}
            onChange={setTitle}
          />
        </>
      )}
      <MappingPreview query={query} />
      <ConcernsField value={concerned} onChange={setConcerned} />
    </ActionDialog>
  );
}

/** Why a rule cannot be saved yet, by what its preview says. */
function wrongOf(preview?: UseQueryResult<PolicyPages>) {
  if (preview?.error) {
    return 'failed';
  }
  if (!preview?.data) {
    return 'looking';
  }
  return isAmiss(preview.data) ? 'amiss' : undefined;
}

/** Undefined while something of it is missing. */
function ruleOf(
  by: Way,
  entered: { id: string; label: string; space: string; title: string },
): PolicyPageRule | undefined {
  const { id, label, space, title } = entered;
  switch (by) {
    case 'id':
      return id ? { by, id } : undefined;
    case 'label':
      return label ? { by, label } : undefined;
    default:
      return space && title ? { by, space, title } : undefined;
  }
}

function withoutWay({ by: _, ...rest }: PolicyPageRule) {
  return rest;
}
