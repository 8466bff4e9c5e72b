// SPDX-License-Identifier: Apache-2.0
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { type ReactNode, useState } from 'react';
import { useWords } from '../translation/useWords';
import { Panel } from './Panel';
import { Toggle } from './Toggle';

const views = ['plot', 'table'] as const;
type View = (typeof views)[number];

const isView = (value: unknown): value is View =>
  views.some(view => view === value);

interface PlotOrTableProps {
  title: string;
  sub?: ReactNode;
  plot: ReactNode;
  /** The same numbers. */
  table: ReactNode;
}

/** A panel that shows its numbers as a plot or as a table, as somebody chose last. */
export function PlotOrTable({ title, sub, plot, table }: PlotOrTableProps) {
  const t = useWords();
  const storage = useApi(storageApiRef).forBucket('confluence-compliance');
  const [view, setView] = useState<View>(() => {
    const { value } = storage.snapshot('plot-or-table');
    return isView(value) ? value : 'plot';
  });
  return (
    <Panel
      flush
      title={title}
      sub={sub}
      actions={
        <Toggle
          label={t('overview.trend.toggle')}
          views={{
            plot: t('overview.trend.plot'),
            table: t('overview.trend.table'),
          }}
          view={view}
          onChange={chosen => {
            setView(chosen);
            storage.set('plot-or-table', chosen);
          }}
        />
      }
    >
      {view === 'plot' ? plot : table}
    </Panel>
  );
}
