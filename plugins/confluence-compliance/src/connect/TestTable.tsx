// SPDX-License-Identifier: Apache-2.0
import type { Capability } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DatasetGlyph } from '../components/DatasetGlyph';
import { formatNumber } from '../components/format';
import { scrollRegion } from '../components/scrollRegion';
import { sentences } from '../components/sentences';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { ChecksOf } from './ChecksOf';
import styles from './connect.module.css';

const glyphs = {
  can: 'complete',
  partly: 'partial',
  cannot: 'unavailable',
} as const;

interface TestTableProps {
  capabilities: Capability[];
  /** What stands above already. */
  said: ReadonlySet<string | undefined>;
}

/** One row per dataset: whether it can be read, what was seen, and who needs it. */
export function TestTable({ capabilities, said }: TestTableProps) {
  const t = useWords();
  return (
    <div
      className={theme.scroll}
      aria-label={t('connect.test.title')}
      {...scrollRegion}
    >
      <table className={`${theme.table} ${styles.test}`}>
        <thead>
          <tr>
            <th scope="col">{t('connect.test.dataset')}</th>
            <th scope="col">{t('connect.test.result')}</th>
            <th scope="col">{t('connect.test.saw')}</th>
            <th scope="col">{t('connect.test.usedBy')}</th>
          </tr>
        </thead>
        <tbody>
          {capabilities.map(capability => (
            <Row key={capability.dataset} capability={capability} said={said} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Pick<TestTableProps, 'said'> {
  capability: Capability;
}

function Row({ capability, said }: RowProps) {
  const t = useWords();
  const { dataset, ability, problem, saw, required, checks } = capability;
  return (
    <tr>
      <th scope="row">
        <span className={styles.dataset}>{dataset}</span>{' '}
        {required && (
          <span className={theme.second}>{t('connect.test.required')}</span>
        )}
      </th>
      <td>
        <span className={styles.result}>
          <DatasetGlyph state={glyphs[ability]} />
          {t(`connect.test.ability.${ability}`)}
        </span>
      </td>
      <td dir="auto" className={ability === 'can' ? theme.muted : undefined}>
        {sentences(
          saw,
          ability !== 'can' && !said.has(problem?.text) && problem?.text,
        ) || t('connect.test.nothingSeen')}
      </td>
      <td>
        <ChecksOf
          name={dataset}
          checks={checks}
          label={
            checks.length === 0
              ? t('connect.test.noChecks')
              : t('connect.test.checks', {
                  count: checks.length,
                  n: formatNumber(checks.length),
                })
          }
        />
      </td>
    </tr>
  );
}
