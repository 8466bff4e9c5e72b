// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import type {
  HandedOn,
  Review,
  ReviewSummary,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { Banner } from '../components/Banner';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { useEntityName } from '../components/EntityLink';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import { ActionDialog } from '../connections/ActionDialog';
import { useHandOn } from '../queries';
import { useWords } from '../translation/useWords';
import { isRef, nameOf, RefField } from './RefField';

type Reviewer = ReviewSummary['reviewers'][number];

/** Its rule decides from now on, and would decide again what is undone. */
function ruleDecides({ overdueRule = 'keep-open', dueAt }: Review): boolean {
  return (
    overdueRule !== 'keep-open' &&
    dueAt !== undefined &&
    Date.parse(dueAt) <= Date.now()
  );
}

/** How many rows of a reviewer can be reassigned, and how many of them are decided. */
export function handable(
  review: Review,
  { total, undecided, revoke }: Reviewer,
) {
  const stay = review.state === 'remediation' ? revoke : 0;
  const all = ruleDecides(review) ? undecided : total - stay;
  return { open: undecided, all, decided: all - undecided };
}

interface HandOnDialogProps {
  review: Review;
  of: Reviewer;
  onClose: () => void;
}

/** Hands the rows of a reviewer to somebody else: what is open, or all to be decided again. */
export function HandOnDialog({ review, of, onClose }: HandOnDialogProps) {
  const t = useWords();
  const { mutate, isPending, error, data } = useHandOn(review.id);
  const { open, all, decided } = handable(review, of);
  const [chosen, setChosen] = useState(open > 0 ? 'open' : 'all');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const ref = to.trim();
  const given = reason.trim();
  const from = of.reviewer;
  const who = useEntityName(from);
  const isOffered = chosen === 'open' ? open > 0 : decided > 0;
  const isSame = ref.toLowerCase() === from;
  const asked = nameOf(ref);
  const [answered, setAnswered] = useState('');
  return (
    <ActionDialog
      title={t('reviews.handOn.title', { who: <bdi>{who}</bdi> })}
      submit={t('reviews.handOn.submit')}
      missing={
        (!isRef(ref) && t('common.missing.person')) ||
        (isSame && t('common.missing.mend')) ||
        (!isOffered && t('reviews.handOn.missing')) ||
        (given === '' && t('common.missing.reason'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(
          { from, to: ref, reason: given, undoDecided: chosen === 'all' },
          {
            onSuccess: ({ refused }) =>
              refused.length > 0 ? setAnswered(asked) : onClose(),
          },
        )
      }
      onClose={onClose}
    >
      <RefField
        label={t('reviews.handOn.to')}
        value={to}
        error={
          isSame ? t('reviews.handOn.same', { who: nameOf(from) }) : undefined
        }
        onChange={setTo}
      />
      <ChoiceGroup
        label={t('reviews.handOn.which')}
        value={chosen}
        onChange={setChosen}
      >
        {open > 0 && (
          <RadioCard
            value="open"
            title={t('reviews.handOn.open', {
              count: open,
              n: formatNumber(open),
            })}
            text={t('reviews.handOn.openText')}
          />
        )}
        {decided > 0 && (
          <RadioCard
            value="all"
            title={t('reviews.handOn.all', {
              count: all,
              n: formatNumber(all),
            })}
            text={
              <>
                {t('reviews.handOn.allText', {
                  count: decided,
                  n: formatNumber(decided),
                })}{' '}
                {all < of.total && t('reviews.handOn.revoked')}
              </>
            }
          />
        )}
      </ChoiceGroup>
      <TextAreaField
        label={t('reviews.handOn.why')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={3}
      />
      {data && data.refused.length > 0 && (
        <Banner tone="warn" alert>
          {t('reviews.handOn.handed', { n: formatNumber(data.handed) })}
          <Staying refused={data.refused} who={answered} />
        </Banner>
      )}
    </ActionDialog>
  );
}

/** An answer names no more rows that stay. */
const NAMED = 200;

/** How many rows stay, for each reason. */
function Staying({
  refused,
  who,
}: Pick<HandedOn, 'refused'> & { who: string }) {
  const t = useWords();
  const reasons = new Map(refused.map(({ reason }) => [reason.code, reason]));
  const lines = [...reasons.values()].map(({ code, text }) => {
    const count = refused.filter(({ reason }) => reason.code === code).length;
    const n = formatNumber(count) + (refused.length < NAMED ? '' : '+');
    return (
      <div key={code}>
        {code === 'about-themself' &&
          t('reviews.handOn.about', { count, n, who })}
        {code === 'waits-for-removal' &&
          t('reviews.handOn.waits', { count, n })}
        {!['about-themself', 'waits-for-removal'].includes(code) &&
          t('reviews.handOn.other', { count, n, reason: text })}
      </div>
    );
  });
  return <>{lines}</>;
}
