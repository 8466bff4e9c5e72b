// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink, TextField } from '@backstage/ui';
import {
  type OverdueRule,
  reviewManagePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine } from '@remixicon/react';
import { type FormEvent, useId, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { FailedBanner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { errorMessage } from '../components/errors';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { DetailHead } from '../details/DetailHead';
import { useCreateReview, useReviewRights } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { DayField } from './DayField';
import { endOf } from './days';
import { OverdueField } from './OverdueField';
import { PreviewPanel } from './PreviewPanel';
import { ReviewerFields } from './ReviewerFields';
import styles from './reviews.module.css';
import { ScopeFields } from './ScopeFields';
import { useReviewDraft } from './useReviewDraft';

/** Makes the draft of a review. */
export function NewReviewPage() {
  const t = useWords();
  const isPast = useIsPast();
  const links = useLinks();
  const { isKnown, mayManage } = useReviewRights();
  return (
    <PageFrame title={t('reviews.create.title')} visibleTitle>
      <ScopeBanner />
      <DetailHead
        list={t('reviews.title')}
        listHref={links.reviews()}
        title={t('reviews.create.title')}
      />
      {mayManage && !isPast && <Form />}
      {isKnown && !mayManage && (
        <Panel label={t('reviews.create.title')}>
          <EmptyState
            icon={<RiFileSearchLine />}
            title={t('common.forbidden.title', { what: t('reviews.what') })}
            text={t('common.forbidden.text', {
              permission: reviewManagePermission.name,
            })}
          />
        </Panel>
      )}
    </PageFrame>
  );
}

function Form() {
  const t = useWords();
  const links = useLinks();
  const navigate = useNavigate();
  const { mutate, isPending, error } = useCreateReview();
  const [title, setTitle] = useState('');
  const { draft, changeScope, reviewers, setReviewers, scope, asked } =
    useReviewDraft();
  const [due, setDue] = useState('');
  const [overdueRule, setOverdueRule] = useState<OverdueRule>('keep-open');
  const missingId = useId();
  const missing =
    (title.trim() === '' && t('common.missing.name')) ||
    (!scope && t('reviews.create.missing.scope')) ||
    (!asked && t('reviews.create.missing.reviewers'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing || !scope || !asked || isPending) {
      return;
    }
    mutate(
      {
        title: title.trim(),
        scope,
        ...asked,
        ...(due && { dueAt: endOf(due), overdueRule }),
      },
      {
        onSuccess: ({ id }) => {
          const href = links.review(id);
          if (href) {
            navigate(href);
          }
        },
      },
    );
  };
  const back = links.reviews();
  return (
    <form onSubmit={submit} className={`${theme.stack} ${styles.form}`}>
      <p className={`${theme.lead} ${theme.muted}`}>
        {t('reviews.create.lead')}
      </p>
      <Panel
        title={t('reviews.create.name')}
        sub={t('reviews.create.nameHint')}
      >
        <TextField
          aria-label={t('reviews.create.name')}
          value={title}
          onChange={setTitle}
          maxLength={200}
        />
      </Panel>
      <Panel title={t('reviews.create.covers')}>
        <ScopeFields draft={draft} onChange={changeScope} />
      </Panel>
      <PreviewPanel scope={scope} asked={asked} />
      <Panel title={t('reviews.create.reviewers')}>
        <ReviewerFields
          draft={reviewers}
          scope={draft}
          onChange={setReviewers}
        />
      </Panel>
      <Panel title={t('reviews.create.due')} sub={t('reviews.create.dueHint')}>
        <div className={styles.fields}>
          <DayField
            label={t('reviews.create.due')}
            hideLabel
            value={due}
            onChange={setDue}
          />
          {due && (
            <OverdueField value={overdueRule} onChange={setOverdueRule} />
          )}
        </div>
      </Panel>
      {error && (
        <FailedBanner>
          {t('common.error.action', { message: errorMessage(error) })}
        </FailedBanner>
      )}
      <div className={styles.foot}>
        {missing && (
          <span id={missingId} className={theme.second}>
            {missing}
          </span>
        )}
        {back && (
          <ButtonLink variant="secondary" href={back}>
            {t('common.cancel')}
          </ButtonLink>
        )}
        <Button
          type="submit"
          variant="primary"
          isDisabled={!!missing}
          aria-describedby={missing ? missingId : undefined}
          isPending={isPending}
        >
          {t('reviews.create.submit')}
        </Button>
      </div>
    </form>
  );
}
