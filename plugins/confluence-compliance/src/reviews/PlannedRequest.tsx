// SPDX-License-Identifier: Apache-2.0
import type {
  PlannedRemoval,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './removing.module.css';

interface PlannedRequestProps {
  planned: PlannedRemoval;
  item?: ReviewItem;
}

/** What a removal would take away in a space, and the request that would be sent. */
export function PlannedRequest({ planned, item }: PlannedRequestProps) {
  const t = useWords();
  const { request, removes = [], note } = planned;
  return (
    <span className={styles.request}>
      {removes.length > 0 && (
        <span>
          {t('reviews.remediation.execute.takes', {
            space: <bdi>{item?.container.title ?? item?.container.id}</bdi>,
            operations: <bdi>{removes.join(', ')}</bdi>,
          })}
        </span>
      )}
      {note && <span>{note.text}</span>}
      {request && (
        <span className={theme.mono}>
          {request.method} {request.site}
          {request.path}
          {request.body && ` ${request.body}`}
        </span>
      )}
    </span>
  );
}
