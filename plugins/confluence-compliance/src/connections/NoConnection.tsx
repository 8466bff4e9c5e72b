// SPDX-License-Identifier: Apache-2.0
import { RiPlugLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { useWords } from '../translation/useWords';
import { ConnectSite } from './ConnectSite';
import styles from './connections.module.css';

const example = `confluenceCompliance:
  connections:
    - id: acme
      title: Acme Confluence
      site: https://acme.atlassian.net
      purposes: [access-review]
      auth:
        - method: service-account
          clientId: \${CONFLUENCE_CLIENT_ID}
          clientSecret: \${CONFLUENCE_CLIENT_SECRET}`;

/** The first thing a newcomer sees: that it only reads, and the two ways to begin. */
export function NoConnection() {
  const t = useWords();
  return (
    <Panel label={t('connections.title')}>
      <EmptyState
        icon={<RiPlugLine />}
        title={t('connections.empty.title')}
        text={t('connections.empty.text')}
        actions={<ConnectSite />}
      >
        <p className={styles.exampleTitle}>{t('connections.empty.example')}</p>
        <pre className={styles.example}>{example}</pre>
      </EmptyState>
    </Panel>
  );
}
