// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink } from '@backstage/ui';
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { Fact, Facts } from '../details/Facts';
import details from '../details/details.module.css';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { DecidedBy } from './DecidedBy';
import { doneTones } from './ReviewRow';
import { AccessFacts, AccountFacts } from './RowFacts';
import { RowHistory } from './RowHistory';
import type { Searched } from './RowSearch';
import styles from './table.module.css';
import { useAccessWords, useRowName } from './words';

interface RowDetailsProps {
  reviewId: string;
  item?: ReviewItem;
  onSearch: (searched: Searched) => void;
}

/** All that is known of the row in focus. */
export function RowDetails({ reviewId, item, onSearch }: RowDetailsProps) {
  const t = useWords();
  const name = useRowName();
  const access = useAccessWords();
  const links = useLinks();
  if (!item) {
    return (
      <Panel label={t('reviews.table.label')}>
        <p className={styles.none}>{t('reviews.details.none')}</p>
      </Panel>
    );
  }
  const { principal, operations, reviewer, recommendation } = item;
  const { what, where, of } = access(item);
  const href =
    principal.kind === 'account'
      ? links.account({ connection: item.connection, accountId: principal.id })
      : undefined;
  return (
    <Panel
      actions={
        href && (
          <ButtonLink
            variant="secondary"
            size="small"
            href={href}
            aria-label={t('reviews.details.openAccount')}
          >
            {t('reviews.details.open')}
          </ButtonLink>
        )
      }
      title={name(item)}
      sub={
        <span dir="auto">
          {of
            ? t('reviews.table.of', { what, where })
            : t('reviews.table.on', { what, where })}
        </span>
      }
    >
      <Facts>
        <AccessFacts item={item} />
        {principal.kind === 'account' && <AccountFacts item={item} />}
        <Fact name={t('reviews.details.reviewer')}>
          <EntityLink entityRef={reviewer.ref} />{' '}
          <span className={theme.second}>
            {t(`reviews.details.because.${reviewer.because}`)}
          </span>
        </Fact>
        {item.decision && <Decided decision={item.decision} />}
      </Facts>
      <h3 className={styles.why}>
        {t(`reviews.details.why.${recommendation.kind}`)}
      </h3>
      <ul className={styles.reasons}>
        {recommendation.reasons.map(({ code, text }) => (
          <li key={code} dir="auto">
            {text}
          </li>
        ))}
        {recommendation.reasons.length === 0 && (
          <li>{t('reviews.details.noReasons')}</li>
        )}
        {item.keepNeedsReason && !item.decision && (
          <li>{t('reviews.details.needsReason')}</li>
        )}
      </ul>
      {operations.length > 0 && (
        <>
          <h3 className={styles.why}>{t('reviews.details.operations')}</h3>
          <ul className={details.operations}>
            {operations.map(operation => (
              <li key={operation} dir="auto">
                {operation}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={styles.more}>
        <Button
          variant="tertiary"
          size="small"
          onPress={() => onSearch({ principal: principal.id })}
        >
          <span className={theme.cut} dir="auto">
            {t('reviews.search.person', { name: name(item) })}
          </span>
        </Button>
        <Button
          variant="tertiary"
          size="small"
          onPress={() => onSearch({ container: item.container.id })}
        >
          <span className={theme.cut} dir="auto">
            {t('reviews.search.place', { name: where })}
          </span>
        </Button>
      </div>
      <RowHistory reviewId={reviewId} item={item} />
    </Panel>
  );
}

function Decided({
  decision,
}: {
  decision: NonNullable<ReviewItem['decision']>;
}) {
  const t = useWords();
  const { kind, by, at, reason } = decision;
  return (
    <>
      <Fact name={t('reviews.details.decided')}>
        <StateTag tone={doneTones[kind]} label={t(`reviews.done.${kind}`)} />{' '}
        <span className={theme.second}>
          {t('reviews.table.decidedBy', {
            who: <DecidedBy by={by} for={decision.for} />,
            when: <TimeAgo time={at} />,
          })}
        </span>
      </Fact>
      {reason && (
        <Fact name={t('reviews.details.reason')}>
          <bdi>{reason}</bdi>
        </Fact>
      )}
    </>
  );
}
