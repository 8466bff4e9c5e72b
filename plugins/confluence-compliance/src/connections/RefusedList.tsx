// SPDX-License-Identifier: Apache-2.0
import type { RefusedRow } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Banner } from '../components/Banner';
import { errorMessage, isForbidden } from '../components/errors';
import { Loading } from '../components/Loading';
import { scrollRegion } from '../components/scrollRegion';
import theme from '../components/theme.module.css';
import { useTotalWords } from '../components/totals';
import { More } from '../details/More';
import { useRefused } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';

interface RefusedListProps {
  runId: string;
  readId: string;
}

/** The rows that accepting a refused shrink would close, or why they may not be seen. */
export function RefusedList({ runId, readId }: RefusedListProps) {
  const t = useWords();
  const total = useTotalWords();
  const list = useRefused(runId, readId);
  if (list.error && !list.data) {
    const message = errorMessage(list.error);
    return (
      <Banner tone="fail" alert>
        {isForbidden(list.error)
          ? t('connections.refused.hidden', { message })
          : t('connections.refused.notListed', { message })}
      </Banner>
    );
  }
  if (!list.data) {
    return <Loading rows={3} />;
  }
  const { pages } = list.data;
  const items = pages.flatMap(page => page.items);
  const namesNeed = [...new Set(pages.flatMap(page => page.namesNeed))];
  const title = t('connections.refused.closes', {
    total: total(pages[0].totalItems),
  });
  return (
    <section className={styles.closes}>
      <h3>{title}</h3>
      {namesNeed.length > 0 && (
        <p className={theme.second}>
          {t('connections.refused.nameless', {
            permissions: namesNeed.join(', '),
          })}
        </p>
      )}
      <div className={styles.closing} aria-label={title} {...scrollRegion}>
        <ul>
          {items.map(row => (
            <li key={row.key}>
              <Closing row={row} />
            </li>
          ))}
        </ul>
        <More list={list} shown={items.length} />
      </div>
    </section>
  );
}

function Closing({ row: { subject, detail } }: { row: RefusedRow }) {
  return (
    <>
      {subject.title === undefined ? (
        <bdi className={theme.mono}>{subject.id}</bdi>
      ) : (
        <bdi title={subject.id}>{subject.title}</bdi>
      )}
      {detail && (
        <>
          {' '}
          <span className={theme.second} dir="auto">
            {detail}
          </span>
        </>
      )}
    </>
  );
}
