// SPDX-License-Identifier: Apache-2.0
import { Cell, type ColumnConfig } from '@backstage/ui';
import { useMemo } from 'react';
import theme from '../components/theme.module.css';
import { useKnownConnections } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** The title of a connection; its id for whoever may not read connections. */
export function useConnectionTitle() {
  const { data } = useKnownConnections();
  return (id: string) =>
    data?.items.find(connection => connection.id === id)?.title ?? id;
}

/** The column that tells rows of several connections apart; none where there is but one. */
export function useConnectionColumn<
  T extends { id: string; connection: string },
>(): ColumnConfig<T>[] {
  const t = useWords();
  const { connection: only } = useScope();
  const { data } = useKnownConnections();
  const items = data?.items;
  return useMemo(
    () =>
      only || items?.length === 1
        ? []
        : [
            {
              id: 'connection',
              label: t('directory.column.connection'),
              defaultWidth: '1fr',
              minWidth: 116,
              cell: ({ connection }) => (
                <Cell>
                  <span className={theme.cut} dir="auto">
                    {items?.find(({ id }) => id === connection)?.title ??
                      connection}
                  </span>
                </Cell>
              ),
            },
          ],
    [t, only, items],
  );
}
