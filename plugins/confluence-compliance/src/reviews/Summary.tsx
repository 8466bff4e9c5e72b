// SPDX-License-Identifier: Apache-2.0
import {
  remediationStateSchema,
  type Review,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatExact, formatNumber } from '../components/format';
import { useDatasetName } from '../connections/words';
import { useWords } from '../translation/useWords';
import styles from './summary.module.css';
import type { Proofs } from './useProofs';
import { useScopeWords } from './useScopeWords';

interface SummaryProps {
  review: Review;
  proofs: Proofs;
}

/** A review on one sheet. It is there for the printer only, and then alone on the paper. */
export function Summary({ review, proofs }: SummaryProps) {
  const t = useWords();
  const scopeWords = useScopeWords();
  const datasetName = useDatasetName();
  const { progress, gapsReason, revision, seal } = review;
  const { gaps = [] } = review.preview ?? review;
  const { reviewers = [], overruled, byRule } = proofs.summary ?? {};
  const when = (time?: string) =>
    time ? formatExact(new Date(time)) : t('reviews.summary.never');
  const facts = [
    [t('reviews.summary.state'), t(`reviews.state.${review.state}`)],
    [t('reviews.page.covers'), scopeWords(review)],
    [t('reviews.page.owner'), review.owner],
    [t('reviews.page.fallback'), review.fallbackReviewer],
    [t('reviews.summary.started'), when(review.startedAt)],
    [
      t('reviews.page.due'),
      review.dueAt ? when(review.dueAt) : t('reviews.due.none'),
    ],
    [t('reviews.summary.ended'), when(review.endedAt)],
    [
      t('reviews.summary.revision'),
      revision === undefined
        ? t('reviews.summary.never')
        : formatNumber(revision),
    ],
    [t('reviews.page.seal'), seal ?? t('reviews.summary.never')],
  ];
  const decisions = [
    [t('reviews.done.keep'), progress.keep],
    [t('reviews.done.revoke'), progress.revoke],
    [t('reviews.done.defer'), progress.defer],
    [t('reviews.table.undecided'), progress.undecided],
    [t('reviews.page.rows'), progress.total],
    [t('reviews.summary.overruled'), overruled],
    [t('reviews.summary.byRule'), byRule],
  ] as const;
  const counted = remediationStateSchema.options
    .map(state => [state, proofs.count(state)] as const)
    .filter(([, count]) => count > 0);
  return (
    <section className={styles.sheet} aria-hidden="true">
      <p>{t('reviews.summary.title')}</p>
      <h1 dir="auto">{review.title}</h1>
      <Pairs pairs={facts} />
      <h2>{t('reviews.summary.decisions')}</h2>
      <Pairs
        pairs={decisions.map(([name, count]) => [
          name,
          count === undefined ? t('common.unknown') : formatNumber(count),
        ])}
      />
      {counted.length > 0 && (
        <>
          <h2>{t('reviews.summary.removals')}</h2>
          <Pairs
            pairs={counted.map(([state, count]) => [
              t(`reviews.remediation.state.${state}`),
              formatNumber(count),
            ])}
          />
        </>
      )}
      {reviewers.length > 0 && (
        <>
          <h2>{t('reviews.summary.reviewers')}</h2>
          <Pairs
            pairs={reviewers.map(({ reviewer, total, undecided }) => [
              reviewer,
              t('reviews.progress.decided', {
                done: formatNumber(total - undecided),
                total: formatNumber(total),
              }),
            ])}
          />
        </>
      )}
      <h2>{t('reviews.summary.gaps')}</h2>
      {gaps.length === 0 && <p>{t('reviews.summary.noGaps')}</p>}
      {gapsReason && (
        <p>
          {t('reviews.gapsAccepted.reason', {
            reason: <bdi>{gapsReason}</bdi>,
          })}
        </p>
      )}
      <Pairs
        pairs={gaps.map(({ dataset, container, title, reason }) => [
          `${datasetName(dataset)}: ${
            title || container || t('reviews.draft.whole')
          }`,
          reason.text,
        ])}
      />
      <p>
        {t('reviews.summary.printed', {
          when: formatExact(new Date()),
        })}
      </p>
    </section>
  );
}

function Pairs({ pairs }: { pairs: string[][] }) {
  return (
    <table>
      <tbody>
        {pairs.map(([name, value]) => (
          <tr key={name}>
            <th scope="row" dir="auto">
              {name}
            </th>
            <td dir="auto">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
