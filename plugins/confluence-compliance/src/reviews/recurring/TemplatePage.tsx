// SPDX-License-Identifier: Apache-2.0
import { reviewManagePermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine, RiLock2Line } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Loading } from '../../components/Loading';
import { PageFrame } from '../../components/PageFrame';
import { Panel } from '../../components/Panel';
import { DetailHead } from '../../details/DetailHead';
import { useReviewRights, useReviewTemplates } from '../../queries';
import { useLinks } from '../../scope/links';
import { ScopeBanner } from '../../scope/ScopeBanner';
import { useIsPast } from '../../scope/useScope';
import { useWords } from '../../translation/useWords';
import { TemplateForm } from './TemplateForm';

/** Makes a recurring review, or changes one. */
export function TemplatePage() {
  const t = useWords();
  const { id } = useParams();
  const isPast = useIsPast();
  const links = useLinks();
  const { isKnown, mayManage } = useReviewRights();
  const title = t(
    id === undefined
      ? 'reviews.recurring.form.create'
      : 'reviews.recurring.form.edit',
  );
  return (
    <PageFrame title={title} visibleTitle>
      <ScopeBanner />
      <DetailHead
        list={t('reviews.title')}
        listHref={links.reviews()}
        title={title}
      />
      {mayManage &&
        !isPast &&
        (id === undefined ? <TemplateForm /> : <Edit key={id} id={id} />)}
      {isKnown && !mayManage && (
        <Panel label={title}>
          <EmptyState
            icon={<RiFileSearchLine />}
            title={t('common.forbidden.title', {
              what: t('reviews.recurring.what'),
            })}
            text={t('common.forbidden.text', {
              permission: reviewManagePermission.name,
            })}
          />
        </Panel>
      )}
    </PageFrame>
  );
}

function Edit({ id }: { id: string }) {
  const t = useWords();
  const { data, error, refetch } = useReviewTemplates(true);
  const template = data?.items.find(one => one.id === id);
  if (template?.origin === 'portal') {
    return <TemplateForm template={template} />;
  }
  if (error && !data) {
    return (
      <ErrorState
        error={error}
        what={t('reviews.recurring.what')}
        permission={reviewManagePermission.name}
        onRetry={refetch}
      />
    );
  }
  return (
    <Panel label={t('reviews.recurring.form.edit')}>
      {!data && <Loading rows={8} />}
      {data && (
        <EmptyState
          icon={template ? <RiLock2Line /> : <RiFileSearchLine />}
          title={t(
            template ? 'reviews.recurring.fixed' : 'reviews.recurring.missing',
          )}
          text={
            template
              ? t('reviews.recurring.fixedText', { id })
              : t('reviews.recurring.missingText')
          }
        />
      )}
    </Panel>
  );
}
