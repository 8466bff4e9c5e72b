// SPDX-License-Identifier: Apache-2.0
import {
  decisionKindSchema,
  type Review,
  reviewDecidePermission,
  reviewItemsQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useSearchParams } from 'react-router-dom';
import { ErrorState, PanelError } from '../components/ErrorState';
import { FilterSelect } from '../components/FilterSelect';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { Toggle } from '../components/Toggle';
import theme from '../components/theme.module.css';
import toolbar from '../components/toolbar.module.css';
import { useTotalWords } from '../components/totals';
import { DetailHead } from '../details/DetailHead';
import { useListUrl } from '../lists/useListUrl';
import { useOwnCount, useReviewRights } from '../queries';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { DecideRows } from './DecideRows';
import { DueDate } from './DueDate';
import { Meter } from './Progress';
import styles from './reviews.module.css';
import { ReviewFrame } from './ReviewFrame';
import { RowSearch, type Searched } from './RowSearch';
import { ANY, Foot, NoRows } from './RowsFoot';
import { isRunning } from './state';
import { useRows, type Whose } from './useRows';

/** The rows of a review: one's own to decide, or all of them to look at. */
export function DecidePage() {
  const t = useWords();
  return (
    <ReviewFrame title={t('reviews.table.label')}>
      {review => <Work review={review} />}
    </ReviewFrame>
  );
}

function Work({ review }: { review: Review }) {
  const t = useWords();
  const totalWords = useTotalWords();
  const links = useLinks();
  const isPast = useIsPast();
  const [params] = useSearchParams();
  const { mayRead, mayDecide, mayManage } = useReviewRights();
  const url = useListUrl(reviewItemsQuerySchema, [
    'decision',
    'principal',
    'container',
  ]);
  const asksAll = params.get('rows') === 'all' || !mayDecide;
  const whose: Whose = mayRead && asksAll ? 'all' : 'mine';
  const isMine = whose === 'mine';
  const isActive = isRunning(review) && !isPast;
  const decides = isMine && mayDecide && isActive;
  // Undecided first: others are one choice away.
  const chosen = params.get('decision');
  const decision =
    url.query.decision ??
    (decides && chosen !== ANY ? ('undecided' as const) : undefined);
  const { cursor, principal, container } = url.query;
  const searched = { principal, container };
  const search = ({ principal: who, container: where }: Searched) =>
    url.change({
      principal: who,
      container: where,
      // Whoever looks for somebody looks for what was decided, too.
      decision: who || where ? ANY : undefined,
    });
  const rows = useRows(review, { whose, decision, ...searched, cursor });
  const left = useOwnCount(review.id, 'undecided', isMine && mayDecide).data;
  const own = useOwnCount(review.id, undefined, isMine && mayDecide).data;
  const { total, undecided } = review.progress;
  const all = isMine ? own : total;
  const open = isMine ? left : undecided;
  const isMaking = review.progress.items === 'creating';
  const { data, error, refetch } = rows;
  return (
    <>
      <DetailHead
        list={review.title}
        listHref={links.review(review.id)}
        title={t(isMine ? 'reviews.page.ownRows' : 'reviews.page.allRows')}
      >
        <div className={styles.actions}>
          {all !== undefined && open !== undefined && (
            <span className={styles.progressLine} role="status">
              {typeof all === 'number' && typeof open === 'number' ? (
                <>
                  <Meter done={all - open} total={Math.max(1, all)} />
                  <span className={theme.number}>
                    {t('reviews.table.ownDecided', {
                      done: formatNumber(all - open),
                      total: formatNumber(all),
                    })}
                  </span>
                </>
              ) : (
                <span className={theme.number}>
                  {t('reviews.table.ownLeft', { n: totalWords(open) })}
                </span>
              )}
            </span>
          )}
          {review.dueAt && (
            <span className={theme.muted}>
              {t('reviews.due.at', { when: <DueDate review={review} /> })}
            </span>
          )}
        </div>
      </DetailHead>
      <div className={styles.bar}>
        <div className={toolbar.toolbar} role="search">
          <FilterSelect
            label={t('reviews.table.decision')}
            anyLabel={t('reviews.table.anyDecision')}
            options={(
              ['undecided', ...decisionKindSchema.options] as const
            ).map(value => ({
              value,
              label: t(
                value === 'undecided'
                  ? 'reviews.table.undecided'
                  : `reviews.done.${value}`,
              ),
            }))}
            value={decision}
            onChange={value => url.change({ decision: value ?? ANY })}
          />
          <RowSearch
            connection={review.scope.connection}
            searched={searched}
            items={data?.items ?? []}
            onSearch={search}
          />
        </div>
        {mayRead && mayDecide && (
          <Toggle
            label={t('reviews.table.rows')}
            views={{
              mine: t('reviews.table.mine'),
              all: t('reviews.table.all'),
            }}
            view={whose}
            onChange={view =>
              url.change({
                rows: view === 'all' ? 'all' : undefined,
                decision: undefined,
              })
            }
          />
        )}
        {data && data.items.length > 0 && (
          <span className={`${theme.second} ${styles.last}`}>
            {t('reviews.table.onPage', {
              count: data.items.length,
              n: formatNumber(data.items.length),
            })}
          </span>
        )}
      </div>
      {isMaking && <p className={theme.muted}>{t('reviews.table.making')}</p>}
      {error && !data && (
        <ErrorState
          error={error}
          what={t('reviews.one')}
          permission={reviewDecidePermission.name}
          onRetry={() => (cursor ? url.change({}) : refetch())}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {rows.isPending && (
        <Panel label={t('reviews.table.label')} flush>
          <Loading rows={10} height={28} />
        </Panel>
      )}
      {data && data.items.length === 0 && !isMaking && (
        <NoRows
          decision={decision}
          isSearched={!!(principal || container)}
          url={url}
        />
      )}
      {data && data.items.length > 0 && (
        <DecideRows
          key={`${whose} ${decision} ${principal} ${container} ${cursor} ${rows.dataUpdatedAt}`}
          review={review}
          items={data.items}
          left={left}
          mayDecide={decides}
          onSearch={search}
          mayReassign={mayManage && isActive}
          foot={
            <Foot
              url={url}
              shown={data.items.length}
              total={data.totalItems}
              next={data.pageInfo.nextCursor}
              onAgain={refetch}
            />
          }
        />
      )}
    </>
  );
}
