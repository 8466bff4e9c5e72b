// SPDX-License-Identifier: Apache-2.0
import { Combobox } from '@backstage/ui';
import type { PageRecord } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileTextLine } from '@remixicon/react';
import { useRef, useState } from 'react';
import { usePaused } from '../components/usePaused';
import { usePageSearch } from '../queries';
import { useWords } from '../translation/useWords';

const isId = (text: string) => /^\d{1,20}$/.test(text);

interface PagePickerProps {
  connection: string;
  /** Id of the page; empty for none. */
  value: string;
  onChange: (id: string) => void;
}

/** Picks a page of a connection by its title; an id can be typed as well. */
export function PagePicker({ connection, value, onChange }: PagePickerProps) {
  const t = useWords();
  const [text, setText] = useState(value);
  const [isTouched, setTouched] = useState(false);
  // Choosing writes the title into the field, which is no typing.
  const picked = useRef<PageRecord>();
  const isPicked = picked.current?.pageId === value && value !== '';
  const search = usePaused(isPicked ? '' : text.trim());
  const found = usePageSearch(connection, search, isTouched);
  const pages = found.data?.items ?? [];
  return (
    <Combobox
      size="medium"
      label={t('policies.mapping.page')}
      description={t(
        found.error ? 'policies.mapping.unread' : 'policies.mapping.pageHint',
      )}
      allowsCustomValue
      onFocus={() => setTouched(true)}
      options={pages.map(({ pageId, title, spaceKey, spaceId }) => ({
        id: pageId,
        label: title,
        description: `${spaceKey ?? spaceId} / ${pageId}`,
        leadingIcon: <RiFileTextLine />,
      }))}
      value={isPicked ? value : null}
      onChange={key => {
        const page = pages.find(({ pageId }) => pageId === key);
        if (page) {
          picked.current = page;
          setText(page.title);
          onChange(page.pageId);
        }
      }}
      search={{
        mode: 'server',
        inputValue: text,
        onInputChange: typed => {
          setText(typed);
          if (picked.current?.title !== typed) {
            picked.current = undefined;
            onChange(isId(typed.trim()) ? typed.trim() : '');
          }
        },
      }}
    />
  );
}
