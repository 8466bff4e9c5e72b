// SPDX-License-Identifier: Apache-2.0
import type { PolicyDetail } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './policies.module.css';

const parts = ['missingHeadings', 'emptyHeadings', 'placeholders'] as const;

/** What the text of a policy lacks; nothing where it was not read or lacks nothing. */
export function PolicyStructure({ policy }: { policy: PolicyDetail }) {
  const t = useWords();
  const { structure } = policy;
  const lacking = parts.filter(part => structure && structure[part].length > 0);
  if (!structure || (!structure.empty && lacking.length === 0)) {
    return null;
  }
  return (
    <Panel title={t('policies.structure.title')}>
      <p className={theme.second}>
        {t('policies.structure.of', { n: String(structure.version) })}
      </p>
      {structure.empty && <p>{t('policies.structure.empty')}</p>}
      <dl className={styles.lacking}>
        {lacking.map(part => (
          <div key={part}>
            <dt>{t(`policies.structure.${part}`)}</dt>
            {structure[part].map(word => (
              <dd key={word} dir="auto">
                {word}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Panel>
  );
}
