// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink, TextField } from '@backstage/ui';
import { reviewManagePermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine } from '@remixicon/react';
import { type FormEvent, useState } from 'react';
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
import { isRef, ReviewerFields, type ReviewerRule } from './ReviewerFields';
import styles from './reviews.module.css';
import { type ScopeDraft, ScopeFields, scopeOf } from './ScopeFields';

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
  const [draft, setDraft] = useState<ScopeDraft>({ kind: 'connection' });
  const [rule, setRule] = useState<ReviewerRule>({
    kind: 'named',
    reviewer: '',
    fallback: '',
  });
  const [due, setDue] = useState('');
  const scope = scopeOf(draft);
  const isReady =
    title.trim() !== '' &&
    scope !== undefined &&
    isRef(rule.fallback) &&
    (rule.kind !== 'named' || isRef(rule.reviewer));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || !scope || isPending) {
      return;
    }
    mutate(
      {
        title: title.trim(),
        scope,
        fallbackReviewer: rule.fallback.trim(),
        ...(rule.kind === 'named' && { reviewer: rule.reviewer.trim() }),
        ...(rule.kind === 'manager' && { reviewers: ['manager' as const] }),
        ...(due && { dueAt: endOf(due) }),
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
      <Panel title={t('reviews.create.name')}>
        <TextField
          aria-label={t('reviews.create.name')}
          description={t('reviews.create.nameHint')}
          value={title}
          onChange={setTitle}
          maxLength={200}
        />
      </Panel>
      <Panel title={t('reviews.create.covers')}>
        <ScopeFields draft={draft} onChange={setDraft} />
      </Panel>
      <Panel title={t('reviews.create.reviewers')}>
        <ReviewerFields rule={rule} onChange={setRule} />
      </Panel>
      <Panel title={t('reviews.create.due')}>
        <DayField
          label={t('reviews.create.due')}
          hideLabel
          description={t('reviews.create.dueHint')}
          value={due}
          onChange={setDue}
        />
      </Panel>
      {error && (
        <FailedBanner>
          {t('common.error.action', { message: errorMessage(error) })}
        </FailedBanner>
      )}
      <div className={styles.foot}>
        {back && (
          <ButtonLink variant="secondary" href={back}>
            {t('common.cancel')}
          </ButtonLink>
        )}
        <Button
          type="submit"
          variant="primary"
          isDisabled={!isReady}
          isPending={isPending}
        >
          {t('reviews.create.submit')}
        </Button>
      </div>
    </form>
  );
}
