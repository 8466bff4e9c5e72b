// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import {
  policyReadPermission,
  type PolicyBlock,
  type PolicyDifference,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { Toggle } from '../components/Toggle';
import { useWords } from '../translation/useWords';
import { changedOnly } from './changedOnly';
import styles from './policies.module.css';

interface PolicyDifferencePanelProps {
  result: UseQueryResult<PolicyDifference>;
  allowed: boolean;
}

/** What differs between the approved and the published text. */
export function PolicyDifferencePanel({
  result,
  allowed,
}: PolicyDifferencePanelProps) {
  const t = useWords();
  const { data, error, isFetching, refetch } = result;
  const [full, setFull] = useState(false);
  // With nothing to compare with, all of it is shown.
  const isNew = !!data && (!data.approval || (!!data.textGone && !data.same));
  return (
    <Panel
      flush
      title={t(isNew ? 'policies.difference.new' : 'policies.difference.title')}
      actions={
        data &&
        !isNew &&
        !data.same && (
          <Toggle
            label={t('policies.difference.show')}
            views={{
              changed: t('policies.difference.changed'),
              full: t('policies.difference.full'),
            }}
            view={full ? 'full' : 'changed'}
            onChange={view => setFull(view === 'full')}
          />
        )
      }
    >
      <div className={styles.difference}>
        {!allowed && (
          <p className={theme.muted}>
            {t('policies.difference.forbidden', {
              permission: policyReadPermission.name,
            })}
          </p>
        )}
        {error && !isFetching && <PanelError error={error} onRetry={refetch} />}
        {allowed && isFetching && !data && <Loading rows={4} />}
        {data && <Difference difference={data} full={full || isNew} />}
      </div>
    </Panel>
  );
}

interface DifferenceProps {
  difference: PolicyDifference;
  full: boolean;
}

function Difference({ difference, full }: DifferenceProps) {
  const t = useWords();
  const { blocks, same, approval, textGone, truncated } = difference;
  const shown = full ? blocks : changedOnly(blocks);
  const isSame = approval && !blocks.some(({ kind }) => kind !== 'same');
  if (isSame && !full) {
    return (
      <p className={theme.muted}>
        {t(same ? 'policies.difference.same' : 'policies.difference.other')}
      </p>
    );
  }
  if (blocks.length === 0) {
    return <p className={theme.muted}>{t('policies.difference.empty')}</p>;
  }
  return (
    <>
      {textGone && (
        <p className={theme.muted}>{t('policies.difference.gone')}</p>
      )}
      {shown.map((block, place) => (
        // Two paragraphs may say the same, and the order is all that tells them apart.
        <Block key={place} block={block} marked={!!approval && !textGone} />
      ))}
      {truncated && (
        <p className={theme.muted}>{t('policies.difference.truncated')}</p>
      )}
    </>
  );
}

const glyphs = { same: '', added: '+', removed: '−' };

function Block({ block, marked }: { block: PolicyBlock; marked: boolean }) {
  const t = useWords();
  const { heading, text } = block;
  const kind = marked ? block.kind : 'same';
  const words = (
    <span
      dir="auto"
      role={heading ? 'heading' : undefined}
      // The page has its own first two levels.
      aria-level={heading && Math.min(6, heading + 2)}
      className={heading ? styles.heading : undefined}
    >
      {text}
    </span>
  );
  const said = kind !== 'same' && (
    <VisuallyHidden>{t(`policies.difference.${kind}`)}</VisuallyHidden>
  );
  return (
    <div className={`${styles.block} ${styles[kind]}`}>
      <span aria-hidden="true">{glyphs[kind]}</span>
      {kind === 'same' && words}
      {kind === 'added' && (
        <ins>
          {said}
          {words}
        </ins>
      )}
      {kind === 'removed' && (
        <del>
          {said}
          {words}
        </del>
      )}
    </div>
  );
}
