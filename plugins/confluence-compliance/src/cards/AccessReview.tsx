// SPDX-License-Identifier: Apache-2.0
import type {
  Access,
  AccessCheck,
  CriticalSystem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { MarkActions, placeOf } from '../critical/MarkActions';
import { OriginWords } from '../critical/OriginWords';
import { EntityLink } from '../components/EntityLink';
import { formatDate, formatExact, formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { VerdictTag } from '../components/VerdictTag';
import styles from './cards.module.css';
import { CheckList } from './CheckList';
import { Facts } from './Facts';
import { ResourceName } from './GrantTable';
import { RuleWords, useDurationWords } from '../components/words';
import { PeopleWords } from './words';
import { useWords } from '../translation/useWords';

function Day({ time }: { time: string }) {
  const date = new Date(time);
  return (
    <time dateTime={time} title={formatExact(date)}>
      {formatDate(date)}
    </time>
  );
}

/** When the next review is due, and what happened before. */
function ReviewLead({ system }: { system: CriticalSystem }) {
  const t = useWords();
  const { dueAt, lastAt, overdue } = system.review;
  const date = dueAt && <Day time={dueAt} />;
  const known = lastAt
    ? (['cards.review.nextOverdue', 'cards.review.nextDue'] as const)
    : (['cards.review.firstOverdue', 'cards.review.firstDue'] as const);
  return (
    <div className={styles.lead}>
      <div>
        <strong>
          {date
            ? t(overdue ? known[0] : known[1], { date })
            : t('cards.review.noDue')}
        </strong>
        <span className={theme.muted}>
          {lastAt
            ? t('cards.review.last', { date: <Day time={lastAt} /> })
            : t('cards.review.never')}
          {'. '}
          {!dueAt && `${t('cards.review.noDueText')} `}
          <OriginWords system={system} />
        </span>
      </div>
      {overdue && (
        <VerdictTag verdict="fail" label={t('cards.review.overdue')} />
      )}
    </div>
  );
}

/** Which system it is, who reaches it, by which rule, how often it is reviewed. */
function ReviewFacts({ system }: { system: CriticalSystem }) {
  const t = useWords();
  const durationWords = useDurationWords();
  const { resource, reach, rule, review, owner } = system;
  return (
    <Facts
      items={[
        {
          label:
            resource.kind === 'site'
              ? t('cards.fact.site')
              : t('cards.fact.space'),
          value: <ResourceName resource={resource} />,
        },
        { label: t('cards.fact.people'), value: <PeopleWords reach={reach} /> },
        { label: t('cards.fact.rule'), value: <RuleWords rule={rule} /> },
        {
          label: t('cards.fact.every'),
          value: durationWords(review.every),
        },
        {
          label: t('cards.fact.owner'),
          value: owner ? <EntityLink entityRef={owner} /> : t('cards.noOwner'),
        },
      ]}
    />
  );
}

/** What the review that runs still waits for. */
function OpenDecisions({ system }: { system: CriticalSystem }) {
  const t = useWords();
  const { running } = system.review;
  if (!running) {
    return null;
  }
  const { undecided, dueAt } = running;
  return (
    <p className={styles.sentence}>
      {undecided === 0
        ? t('cards.review.decided')
        : t('cards.review.undecided', {
            count: undecided,
            n: formatNumber(undecided),
          })}{' '}
      {dueAt && (
        <span className={theme.muted}>
          {t('cards.review.runningDue', { date: <Day time={dueAt} /> })}
        </span>
      )}
    </p>
  );
}

/** The check of the access rule, as a row among the others. */
function ruleCheck({ check }: CriticalSystem): AccessCheck {
  const { id, title, verdict, reason, counts } = check;
  return {
    checkId: id,
    title,
    severity: 'high',
    verdict,
    reason: reason ?? { code: verdict, text: '' },
    count: counts[verdict],
  };
}

interface AccessReviewProps {
  access: Access;
  system: CriticalSystem;
  /** Where the checks of the entity stand elsewhere on the page. */
  withoutChecks?: boolean;
}

/** Where the access review of a critical system stands. */
export function AccessReview({
  access,
  system,
  withoutChecks,
}: AccessReviewProps) {
  const isListed = access.checks.some(
    ({ checkId }) => checkId === system.check.id,
  );
  const rule = isListed ? [] : [ruleCheck(system)];
  const checks = withoutChecks ? rule : [...rule, ...access.checks];
  return (
    <>
      <ReviewLead system={system} />
      <OpenDecisions system={system} />
      <ReviewFacts system={system} />
      <MarkActions
        place={placeOf(system.resource)}
        title={system.resource.title}
        system={system}
      />
      {checks.length > 0 && <CheckList checks={checks} />}
    </>
  );
}
