// SPDX-License-Identifier: Apache-2.0
import {
  type Access,
  accessReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine, RiQuestionLine } from '@remixicon/react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PanelError } from '../components/ErrorState';
import {
  errorMessage,
  isForbidden,
  isNotFound,
  namedPermission,
} from '../components/errors';
import { Loading } from '../components/Loading';
import styles from './cards.module.css';
import { useWords } from '../translation/useWords';

interface QuietProps {
  title: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
}

/** Why there is nothing to show, in a card's size. */
export function Quiet({
  title,
  icon = <RiQuestionLine aria-hidden="true" />,
  children,
}: QuietProps) {
  return (
    <div className={styles.quiet}>
      {icon}
      <div>
        <strong dir="auto">{title}</strong>
        {children && <span dir="auto">{children}</span>}
      </div>
    </div>
  );
}

interface WithAccessProps {
  query: UseQueryResult<Access>;
  /** Lines of the placeholder, in the height of what will come. */
  rows?: number;
  children: (access: Access) => ReactNode;
}

/** What is known of an entity, or why it cannot be shown. An older answer stays on screen. */
export function WithAccess({ query, rows = 6, children }: WithAccessProps) {
  const t = useWords();
  const { data, error, refetch } = query;
  if (error && isForbidden(error)) {
    return (
      <Quiet
        icon={<RiFileSearchLine aria-hidden="true" />}
        title={t('common.forbidden.title', { what: t('cards.access.what') })}
      >
        {t('common.forbidden.text', {
          permission: namedPermission(error) ?? accessReadPermission.name,
        })}
      </Quiet>
    );
  }
  if (error && isNotFound(error)) {
    return (
      <Quiet title={t('common.error.notFound')}>{errorMessage(error)}</Quiet>
    );
  }
  return (
    <div className={styles.body}>
      {error && (
        <PanelError
          error={error}
          onRetry={() => refetch()}
          stale={data !== undefined}
        />
      )}
      {!data && !error && <Loading rows={rows} />}
      {data?.incomplete && (
        <div className={`${styles.worst} ${styles.worstUnknown}`}>
          <RiQuestionLine size={16} aria-hidden="true" />
          <span>
            {t('cards.incomplete')}{' '}
            <span dir="auto">{data.incomplete.text}</span>
          </span>
        </div>
      )}
      {data && children(data)}
    </div>
  );
}
