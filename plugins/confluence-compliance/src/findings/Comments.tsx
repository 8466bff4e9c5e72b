// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, TextAreaField } from '@backstage/ui';
import {
  type Finding,
  findingUpdatePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { FailedBanner } from '../components/Banner';
import { EntityLink } from '../components/EntityLink';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useAddComment, useComments } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './findings.module.css';

/** What people wrote about a finding, and a place to write more for those who may. */
export function Comments({ finding }: { finding: Finding }) {
  const t = useWords();
  const { allowed } = usePermission({ permission: findingUpdatePermission });
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useComments(finding.id);
  const comments = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-label={t('findings.comments.title')}>
      <h3 className={styles.heading}>{t('findings.comments.title')}</h3>
      {error && (
        <p className={theme.second}>
          {t('findings.comments.unread', { message: errorMessage(error) })}
        </p>
      )}
      {data && comments.length === 0 && (
        <p className={theme.second}>{t('findings.comments.none')}</p>
      )}
      <ul className={styles.comments}>
        {comments.map(({ id, author, at, text }) => (
          <li key={id}>
            <span className={theme.second}>
              <EntityLink entityRef={author} /> <TimeAgo time={at} />
            </span>
            <p dir="auto">{text}</p>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="secondary"
          size="small"
          isPending={isFetchingNextPage}
          onPress={() => fetchNextPage()}
        >
          {t('common.more')}
        </Button>
      )}
      {allowed && <AddComment finding={finding} />}
    </section>
  );
}

function AddComment({ finding }: { finding: Finding }) {
  const t = useWords();
  const [text, setText] = useState('');
  const { mutate, isPending, error } = useAddComment(finding.id);
  const given = text.trim();
  return (
    <form
      className={styles.add}
      onSubmit={event => {
        event.preventDefault();
        if (given && !isPending) {
          mutate(given, { onSuccess: () => setText('') });
        }
      }}
    >
      <TextAreaField
        label={t('findings.comments.add')}
        description={t('findings.comments.hint')}
        value={text}
        onChange={setText}
        maxLength={2000}
        rows={2}
      />
      {error && (
        <FailedBanner>
          {t('findings.comments.failed', { message: errorMessage(error) })}
        </FailedBanner>
      )}
      <div className={styles.row}>
        <Button
          variant="secondary"
          size="small"
          type="submit"
          isDisabled={!given}
          isPending={isPending}
        >
          {t('findings.comments.submit')}
        </Button>
      </div>
    </form>
  );
}
