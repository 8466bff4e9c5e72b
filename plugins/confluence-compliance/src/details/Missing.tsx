// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink } from '@backstage/ui';
import type { ReactNode } from 'react';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { useKnownConnections } from '../queries';
import { useScope, useSetScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

interface MissingProps {
  icon: ReactNode;
  title: string;
  text: string;
  /** Id of the connection that the address names. */
  connection: string;
  /** What helps besides. */
  action?: ReactNode;
  /** Address of the list that it would be in. */
  list?: string;
}

/** A page about something that is not there, or was not there yet. */
export function Missing({
  icon,
  title,
  text,
  connection,
  action,
  list,
}: MissingProps) {
  const t = useWords();
  const { asOf } = useScope();
  const { data } = useKnownConnections();
  const noConnection = data && !data.items.some(({ id }) => id === connection);
  const setScope = useSetScope();
  return (
    <Panel label={title}>
      <EmptyState
        icon={icon}
        title={title}
        text={
          <bdi>
            {noConnection
              ? t('directory.missing.noConnection', { connection })
              : text}
          </bdi>
        }
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
            {action}
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
