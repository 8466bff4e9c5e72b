// SPDX-License-Identifier: Apache-2.0
import type { ConnectionSetup } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { AuthMethod } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { CopyButton } from '../components/CopyButton';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';

interface HowToProps {
  method: AuthMethod;
  setup: ConnectionSetup;
}

/** Where a credential comes from, in the words of Atlassian's own menus. */
export function HowTo({ method, setup }: HowToProps) {
  const t = useWords();
  const first =
    method === 'oauth'
      ? t('connect.credentials.how.oauth.one', {
          client: (
            <code className={theme.mono}>{setup.oauth?.clientId ?? ''}</code>
          ),
        })
      : t(`connect.credentials.how.${method}.one`);
  return (
    <div className={styles.how}>
      <h3 className={styles.howTitle}>{t('connect.credentials.howTo')}</h3>
      <ol>
        <li>{first}</li>
        <li>{t(`connect.credentials.how.${method}.two`)}</li>
        <li>{t(`connect.credentials.how.${method}.three`)}</li>
        <li>{t(`connect.credentials.how.${method}.four`)}</li>
      </ol>
      {method === 'oauth' && setup.oauth && (
        <div className={styles.callback}>
          <span className={theme.second}>
            {t('connect.credentials.callback')}
          </span>
          <code className={theme.mono}>{setup.oauth.callbackUrl}</code>
          <CopyButton
            text={setup.oauth.callbackUrl}
            label={t('connect.copy')}
          />
        </div>
      )}
    </div>
  );
}
