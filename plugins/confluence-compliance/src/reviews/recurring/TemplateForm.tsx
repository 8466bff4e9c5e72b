// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink, TextField } from '@backstage/ui';
import type { ReviewTemplate } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type FormEvent, useId, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { FailedBanner } from '../../components/Banner';
import { Panel } from '../../components/Panel';
import theme from '../../components/theme.module.css';
import { useSetReviewTemplate } from '../../queries';
import { useLinks } from '../../scope/links';
import { useWords } from '../../translation/useWords';
import { PreviewPanel } from '../PreviewPanel';
import { isRef, RefField } from '../RefField';
import { ReviewerFields } from '../ReviewerFields';
import styles from '../reviews.module.css';
import { ScopeFields } from '../ScopeFields';
import { useMe } from '../useMe';
import { useReviewDraft } from '../useReviewDraft';
import { draftOf, newId } from './draft';
import { type Part, type Problem, problemsOf } from './problems';
import { isWhen, newWhen, type When, WhenFields } from './WhenFields';

/** What a recurring review is made of: what it covers, when it is made, who decides and who answers. */
export function TemplateForm({ template }: { template?: ReviewTemplate }) {
  const t = useWords();
  const links = useLinks();
  const navigate = useNavigate();
  const me = useMe();
  const { mutate, isPending, error } = useSetReviewTemplate();
  // The same for each try, so that a second one makes no second template.
  const [id] = useState(() => template?.id ?? newId());
  const [title, setTitle] = useState(template?.title ?? '');
  const [typedOwner, setOwner] = useState(template?.owner);
  const [when, setWhen] = useState<When>(template ?? newWhen);
  const { draft, changeScope, reviewers, setReviewers, scope, asked } =
    useReviewDraft(draftOf(template));
  const owner = typedOwner ?? me ?? '';
  const { dueInDays, overdueRule, makes } = when;
  const follows = draft.kind === 'system';
  // Only what is due can be followed.
  const cadence =
    when.cadence === 'system' && !follows ? newWhen.cadence : when.cadence;
  const missingId = useId();
  const missing =
    (title.trim() === '' && t('common.missing.name')) ||
    (!scope && t('reviews.create.missing.scope')) ||
    (!isWhen(when) && t('reviews.create.missing.when')) ||
    (!asked && t('reviews.create.missing.reviewers')) ||
    (!isRef(owner) && t('reviews.create.missing.owner'));
  const back = links.reviews();
  const problems = error ? problemsOf(error) : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (missing || !scope || !asked || isPending) {
      return;
    }
    mutate(
      {
        id,
        body: {
          title: title.trim(),
          scope,
          ...asked,
          owner: owner.trim(),
          cadence,
          dueInDays,
          overdueRule,
          makes,
        },
      },
      { onSuccess: () => back && navigate(back) },
    );
  };
  return (
    <form onSubmit={submit} className={`${theme.stack} ${styles.form}`}>
      {template && (
        <p className={`${theme.lead} ${theme.muted}`}>
          {t('reviews.recurring.form.lead')}
        </p>
      )}
      <Panel
        title={t('reviews.create.name')}
        sub={t('reviews.recurring.form.nameHint')}
      >
        <TextField
          aria-label={t('reviews.create.name')}
          value={title}
          onChange={setTitle}
          maxLength={180}
        />
        <Wrong problems={problems} part="title" />
      </Panel>
      <Panel title={t('reviews.create.covers')}>
        <ScopeFields draft={draft} onChange={changeScope} />
        <Wrong problems={problems} part="scope" />
      </Panel>
      <PreviewPanel
        scope={scope}
        asked={
          asked && { ...asked, ...(isRef(owner) && { owner: owner.trim() }) }
        }
      />
      <Panel title={t('reviews.recurring.form.when')}>
        <WhenFields
          when={{ ...when, cadence }}
          follows={follows}
          onChange={setWhen}
        />
        <Wrong problems={problems} part="when" />
      </Panel>
      <Panel title={t('reviews.create.reviewers')}>
        <ReviewerFields
          draft={reviewers}
          scope={draft}
          onChange={setReviewers}
        />
        <Wrong problems={problems} part="reviewers" />
      </Panel>
      <Panel
        title={t('reviews.recurring.form.owner')}
        sub={t('reviews.recurring.form.ownerHint')}
      >
        <RefField
          // The picker takes what it begins with once: who looks is known a little later.
          key={me}
          label={t('reviews.list.owner')}
          value={owner}
          onChange={setOwner}
        />
        <Wrong problems={problems} part="owner" />
      </Panel>
      <Wrong problems={problems} />
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
          {t(
            template
              ? 'reviews.recurring.form.save'
              : 'reviews.recurring.form.submit',
          )}
        </Button>
      </div>
    </form>
  );
}

interface WrongProps {
  problems: Problem[];
  /** Without it, what is about no part. */
  part?: Part;
}

/** What the backend found wrong with a part of the form. */
function Wrong({ problems, part }: WrongProps) {
  const t = useWords();
  return problems
    .filter(problem => problem.part === part)
    .map(({ text }) => (
      <FailedBanner key={text}>
        {t('common.error.action', { message: text })}
      </FailedBanner>
    ));
}
