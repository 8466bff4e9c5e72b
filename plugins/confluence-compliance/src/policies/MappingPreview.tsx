// SPDX-License-Identifier: Apache-2.0
import type {
  PageRecord,
  PolicyPages,
  PolicyPagesQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { errorMessage } from '../components/errors';
import { scrollRegion } from '../components/scrollRegion';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { VerdictTag } from '../components/VerdictTag';
import { usePolicyPages } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './mapping.module.css';

interface MappingPreviewProps {
  /** Undefined while the rule is not complete. */
  query?: PolicyPagesQuery;
}

/** Whether a rule means no page or several, as far as pages are known. */
export function isAmiss({ current, unknown }: PolicyPages): boolean {
  return current > 1 || (current === 0 && !unknown);
}

/** Which page a rule means now, or that it means none or several. */
export function MappingPreview({ query }: MappingPreviewProps) {
  const t = useWords();
  const { data, error, isFetching } = usePolicyPages(query);
  return (
    <div className={styles.preview} role="status" aria-busy={isFetching}>
      <span className={theme.second}>{t('policies.mapping.means')}</span>
      {!query && <span>{t('policies.mapping.waiting')}</span>}
      {query && error && (
        <span dir="auto">
          {t('common.error.action', { message: errorMessage(error) })}
        </span>
      )}
      {query && !error && !data && <span>{t('policies.mapping.looking')}</span>}
      {query && data && <Found found={data} />}
    </div>
  );
}

function Found({ found }: { found: PolicyPages }) {
  const t = useWords();
  const { pages, current, unknown } = found;
  const shown = current > 0 ? pages.filter(isCurrent) : pages;
  return (
    <>
      <span className={styles.verdict}>
        {current === 1 && !unknown && <VerdictTag verdict="pass" />}
        {isAmiss(found) && <VerdictTag verdict="fail" />}
        {unknown && current < 2 && <UnknownValue reason={unknown.text} />}
        <span>
          {current === 1 && t('policies.mapping.one')}
          {current > 1 && t('policies.mapping.several', { n: String(current) })}
          {current === 0 &&
            t(
              pages.length > 0
                ? 'policies.mapping.notCurrent'
                : 'policies.mapping.none',
            )}
        </span>
      </span>
      {unknown && (
        <span className={theme.second} dir="auto">
          {unknown.text}
        </span>
      )}
      {shown.length > 0 && (
        <div
          {...scrollRegion}
          aria-label={t('policies.mapping.means')}
          className={styles.scrolled}
        >
          <ul className={styles.pages}>
            {shown.map(({ pageId, title, spaceKey, spaceId, status }) => (
              <li key={pageId}>
                <bdi>{title}</bdi>
                <span className={theme.second} dir="auto">
                  {spaceKey ?? spaceId} / {pageId}
                  {status !== 'current' && `, ${status}`}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function isCurrent({ status }: PageRecord): boolean {
  return status === 'current';
}
