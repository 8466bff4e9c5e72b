// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink } from '@backstage/ui';
import type { ReactNode } from 'react';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { useScope, useSetScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

interface MissingProps {
  icon: ReactNode;
  title: string;
  text: string;
  /** Address of the list that it would be in. */
  list?: string;
}

/** A page about something that is not there, or was not there yet. */
export function Missing({ icon, title, text, list }: MissingProps) {
  const t = useWords();
  const { asOf } = useScope();
  const setScope = useSetScope();
  return (
    <Panel label={title}>
      <EmptyState
        icon={icon}
        title={title}
        text={<bdi>{text}</bdi>}
        actions={
          <>
            {asOf && (
              <Button
                variant="secondary"
                onPress={() => setScope({ asOf: undefined })}
              >
                {t('scope.return')}
              </Button>
            )}
            {list && (
              <ButtonLink variant="secondary" href={list}>
                {t('directory.missing.back')}
              </ButtonLink>
            )}
          </>
        }
      />
    </Panel>
  );
}
