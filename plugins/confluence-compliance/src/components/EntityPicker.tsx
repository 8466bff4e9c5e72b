// SPDX-License-Identifier: Apache-2.0
import { Combobox } from '@backstage/ui';
import { RiGroupLine, RiUserLine } from '@remixicon/react';
import { useRef, useState } from 'react';
import { type PickedEntity, type PickedKind, useEntities } from '../queries';
import { useWords } from '../translation/useWords';
import { usePaused } from './usePaused';

const both: readonly PickedKind[] = ['User', 'Group'];

const isNamed = ({ ref, title }: PickedEntity, text: string) =>
  `${title} ${ref}`.toLowerCase().includes(text.toLowerCase());

interface EntityPickerProps {
  label: string;
  description?: string;
  /** Ref of who is picked, or what is typed in its place; empty for nobody. */
  value: string;
  /** What is wrong with it. */
  error?: string;
  /** Default both. */
  kinds?: readonly PickedKind[];
  onChange: (ref: string) => void;
}

/**
 * Picks a person or a group of the catalog by name. A full ref can be typed as well, also where the
 * catalog cannot be read or the app has none.
 */
export function EntityPicker({
  label,
  description,
  value,
  error,
  kinds = both,
  onChange,
}: EntityPickerProps) {
  const t = useWords();
  const [text, setText] = useState(value);
  const [isTouched, setTouched] = useState(false);
  const [isTyping, setTyping] = useState(false);
  // Choosing writes the name into the field, which is no typing.
  const picked = useRef<{ ref: string; title: string }>();
  const isPicked = picked.current?.ref === value && value !== '';
  const search = usePaused(isPicked ? '' : text.trim());
  const found = useEntities(search, { kinds, enabled: isTouched });
  // Answers to what was typed before must not be chosen by the next key.
  const entities = (found.data ?? []).filter(
    entity => isPicked || isNamed(entity, text.trim()),
  );
  return (
    <Combobox
      size="medium"
      label={label}
      description={[
        description,
        t(found.error ? 'common.picker.unread' : 'common.picker.hint', {
          example: kinds.includes('Group')
            ? 'group:default/security'
            : 'user:default/priya.raman',
        }),
      ]
        .filter(Boolean)
        .join(' ')}
      allowsCustomValue
      validationBehavior="aria"
      // A name that is not finished is no mistake.
      validate={() => (isTyping ? null : error ?? null)}
      onFocus={() => {
        setTouched(true);
        setTyping(true);
      }}
      onBlur={() => setTyping(false)}
      options={entities.map(({ ref, title }) => ({
        id: ref,
        label: title,
        description: ref,
        leadingIcon: ref.startsWith('group:') ? (
          <RiGroupLine />
        ) : (
          <RiUserLine />
        ),
      }))}
      value={isPicked ? value : null}
      onChange={key => {
        const entity = entities.find(({ ref }) => ref === key);
        if (entity) {
          picked.current = entity;
          setText(entity.title);
          onChange(entity.ref);
        }
      }}
      search={{
        mode: 'server',
        inputValue: text,
        onInputChange: typed => {
          setText(typed);
          if (picked.current?.title !== typed) {
            picked.current = undefined;
            onChange(typed.trim());
          }
        },
      }}
    />
  );
}
