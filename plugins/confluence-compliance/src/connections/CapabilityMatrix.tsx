// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Panel } from '../components/Panel';
import { scrollRegion } from '../components/scrollRegion';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';
import { MatrixCell } from './MatrixCell';
import { datasetRows, isKnownDataset } from './words';

/** Datasets down, connections across: each cell has room for its numbers and its reason. */
export function CapabilityMatrix({
  connections,
}: {
  connections: Connection[];
}) {
  const t = useWords();
  return (
    <Panel
      flush
      title={t('connections.matrix.title')}
      sub={t('connections.matrix.sub')}
    >
      <div
        className={theme.scroll}
        aria-label={t('connections.matrix.title')}
        {...scrollRegion}
      >
        <table className={`${theme.table} ${styles.matrix}`}>
          <thead>
            <tr>
              <th scope="col">{t('connections.matrix.dataset')}</th>
              {connections.map(({ id, title }) => (
                <th key={id} scope="col" dir="auto">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {datasetRows(connections).map(name => (
              <tr key={name}>
                <th scope="row">
                  <span className={styles.dataset}>{name}</span>
                  {isKnownDataset(name) && (
                    <span className={theme.second} style={{ display: 'block' }}>
                      {t(`connections.dataset.${name}`)}
                    </span>
                  )}
                </th>
                {connections.map(connection => (
                  <td key={connection.id}>
                    <MatrixCell connection={connection} name={name} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
