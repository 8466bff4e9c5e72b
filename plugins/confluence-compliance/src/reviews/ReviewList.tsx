// SPDX-License-Identifier: Apache-2.0
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Link } from 'react-router-dom';
import { EntityLink } from '../components/EntityLink';
import { scrollRegion } from '../components/scrollRegion';
import theme from '../components/theme.module.css';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { DueDate } from './DueDate';
import { Progress } from './Progress';
import styles from './reviews.module.css';
import { ReviewStateTag } from './ReviewStateTag';
import { useScopeWords } from './useScopeWords';

const columns = ['review', 'state', 'progress', 'due', 'owner'] as const;

/** One line per review: what it covers, how far it is, when it is due, whose it is. */
export function ReviewList({ reviews }: { reviews: Review[] }) {
  const t = useWords();
  const links = useLinks();
  const scopeWords = useScopeWords();
  return (
    <div
      className={theme.scroll}
      {...scrollRegion}
      aria-label={t('reviews.title')}
    >
      <table className={`${theme.table} ${styles.list}`}>
        <thead>
          <tr>
            {columns.map(name => (
              <th key={name} scope="col">
                {t(`reviews.list.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reviews.map(review => {
            const { id, title, state, owner, progress } = review;
            const href = links.review(id);
            return (
              <tr key={id}>
                <th scope="row" className={styles.name}>
                  <bdi>{href ? <Link to={href}>{title}</Link> : title}</bdi>
                  <span className={theme.second} dir="auto">
                    {scopeWords(review)}
                  </span>
                </th>
                <td>
                  <ReviewStateTag state={state} />
                </td>
                <td>
                  <Progress progress={progress} />
                </td>
                <td>
                  <DueDate review={review} />
                </td>
                <td className={styles.person}>
                  <EntityLink entityRef={owner} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
