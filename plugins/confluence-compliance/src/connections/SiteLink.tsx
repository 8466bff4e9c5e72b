// SPDX-License-Identifier: Apache-2.0
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';

/** The address of a site; only web addresses become links. */
export function SiteLink({ site }: { site?: string }) {
  const t = useWords();
  const url = site && URL.canParse(site) ? new URL(site) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    return (
      <span className={theme.second} dir="auto">
        {site ?? t('connections.noSite')}
      </span>
    );
  }
  return (
    <a
      className={styles.site}
      href={url.href}
      target="_blank"
      rel="noopener noreferrer"
    >
      {url.host}
    </a>
  );
}
