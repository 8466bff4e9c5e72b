// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import type { ReactNode } from 'react';
import { EmptyState } from '../components/EmptyState';
import { useLinks } from '../scope/links';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

interface NothingListedProps {
  icon: ReactNode;
  title: string;
  text: string;
  /** What to say instead of the text of a moment in the past. */
  past: string;
}

/** A list without filters in which there is nothing, and the way to the connections. */
export function NothingListed({ icon, title, text, past }: NothingListedProps) {
  const t = useWords();
  const { asOf } = useScope();
  const connections = useLinks().connections();
  return (
    <EmptyState
      icon={icon}
      title={title}
      text={asOf ? past : text}
      actions={
        connections && (
          <ButtonLink variant="secondary" href={connections}>
            {t('directory.connections')}
          </ButtonLink>
        )
      }
    />
  );
}
