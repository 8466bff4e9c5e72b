// SPDX-License-Identifier: Apache-2.0
import { storageApiRef, useApi } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { type ReactNode, useState } from 'react';
import { useWords } from '../translation/useWords';
import { Panel } from './Panel';
import styles from './plot.module.css';

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
        <ToggleButtonGroup
          className={styles.toggle}
          aria-label={t('overview.trend.toggle')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={keys => {
            const [chosen] = keys;
            if (isView(chosen)) {
              setView(chosen);
              storage.set('plot-or-table', chosen);
            }
          }}
        >
          {views.map(name => (
            <ToggleButton key={name} id={name} size="small">
              {t(`overview.trend.${name}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      {view === 'plot' ? plot : table}
    </Panel>
  );
}
