// SPDX-License-Identifier: Apache-2.0
import { ButtonLink, VisuallyHidden } from '@backstage/ui';
import type { ReviewTemplate } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiAddLine, RiRepeatLine } from '@remixicon/react';
import { EmptyState } from '../../components/EmptyState';
import { PanelError } from '../../components/ErrorState';
import { Loading } from '../../components/Loading';
import { Panel } from '../../components/Panel';
import { scrollRegion } from '../../components/scrollRegion';
import theme from '../../components/theme.module.css';
import { useReviewRights, useReviewTemplates } from '../../queries';
import { useLinks } from '../../scope/links';
import { useWords } from '../../translation/useWords';
import styles from '../reviews.module.css';
import { TemplateRow } from './TemplateRow';

const columns = ['review', 'every', 'next', 'last'] as const;

/** Reviews that are made by themselves, when the next is, and what became of the last. */
export function RecurringPanel() {
  const t = useWords();
  const links = useLinks();
  const { mayManage } = useReviewRights();
  const { data, error, refetch, isPending } = useReviewTemplates(true);
  const templates = data?.items ?? [];
  const createHref = mayManage ? links.newReviewTemplate() : undefined;
  const create = createHref && (
    <ButtonLink
      variant="secondary"
      size="small"
      href={createHref}
      iconStart={<RiAddLine />}
    >
      {t('reviews.recurring.button')}
    </ButtonLink>
  );
  return (
    <Panel
      flush
      title={t('reviews.recurring.title')}
      sub={templates.length > 0 && t('reviews.recurring.sub')}
      actions={templates.length > 0 && create}
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={2} />}
      {data && templates.length === 0 && (
        <EmptyState
          icon={<RiRepeatLine />}
          title={t('reviews.recurring.empty.title')}
          text={t('reviews.recurring.empty.text')}
          actions={create}
        />
      )}
      {templates.length > 0 && (
        <Table templates={templates} hasActions={mayManage} />
      )}
    </Panel>
  );
}

interface TableProps {
  templates: ReviewTemplate[];
  hasActions: boolean;
}

function Table({ templates, hasActions }: TableProps) {
  const t = useWords();
  return (
    <div
      className={theme.scroll}
      {...scrollRegion}
      aria-label={t('reviews.recurring.title')}
    >
      <table className={`${theme.table} ${styles.list} ${styles.recurring}`}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {t(`reviews.recurring.column.${column}`)}
              </th>
            ))}
            {hasActions && (
              <th scope="col" className={styles.check}>
                <VisuallyHidden>
                  {t('reviews.recurring.column.action')}
                </VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {templates.map(template => (
            <TemplateRow
              key={template.id}
              template={template}
              hasActions={hasActions}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
