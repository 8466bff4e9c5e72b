// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  Capability,
  Connection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiErrorWarningLine, RiLoopRightLine } from '@remixicon/react';
import { Banner } from '../components/Banner';
import { CopyButton } from '../components/CopyButton';
import { formatNumber } from '../components/format';
import { sentences } from '../components/sentences';
import { useWords } from '../translation/useWords';
import { CheckNames } from './CheckNames';
import styles from './connect.module.css';
import { useKnownChecks } from './useKnownChecks';

interface GapsProps {
  connection: Connection;
  capabilities: Capability[];
  /** What stands above already. */
  said: ReadonlySet<string | undefined>;
  onAddKey?: () => void;
  onAgain: () => void;
}

/** What cannot be read or not wholly, where that is changed, and what stays unknown without it. */
export function Gaps({ capabilities, ...props }: GapsProps) {
  // The same scope can be missing for several datasets: it is said once.
  const groups = new Map<string, Capability[]>();
  for (const capability of capabilities) {
    const { ability, problem } = capability;
    if (ability !== 'can' && problem) {
      const key = JSON.stringify([ability, problem]);
      groups.set(key, [...(groups.get(key) ?? []), capability]);
    }
  }
  return (
    <>
      {[...groups].map(([key, gaps]) => (
        <Gap key={key} gaps={gaps} {...props} />
      ))}
    </>
  );
}

interface GapProps extends Omit<GapsProps, 'capabilities'> {
  gaps: Capability[];
}

function Gap({ connection, gaps, said, onAddKey, onAgain }: GapProps) {
  const t = useWords();
  const [{ ability, problem }] = gaps;
  const dataset = gaps.map(gap => gap.dataset).join(', ');
  const scopes = problem?.scopes ?? [];
  const { blind, narrowed } = useHit(gaps);
  const needsKey =
    problem?.code === 'no-organization-key' && connection.origin === 'portal';
  return (
    <Banner
      tone={gaps.some(({ required }) => required) ? 'warn' : 'neutral'}
      glyph={<RiErrorWarningLine size={18} aria-hidden="true" />}
      actions={
        <span className={styles.actions}>
          {scopes.length > 0 && (
            <CopyButton
              text={scopes.join(' ')}
              label={t('connect.test.copyScope')}
              name={t('connect.test.copyScopeOf', { dataset })}
            />
          )}
          {needsKey && onAddKey && (
            <Button variant="secondary" size="small" onPress={onAddKey}>
              {t('connect.test.addKey')}
            </Button>
          )}
          {scopes.length > 0 && (
            <Button
              variant="secondary"
              size="small"
              iconStart={<RiLoopRightLine />}
              aria-label={`${t('connect.test.again')}, ${dataset}`}
              onPress={onAgain}
            >
              {t('connect.test.again')}
            </Button>
          )}
        </span>
      }
    >
      <p>
        <strong>
          {ability === 'cannot'
            ? t('connect.test.gapCannot', { dataset })
            : t('connect.test.gapPartly', { dataset })}
        </strong>
      </p>
      {!said.has(problem?.text) && (
        <p dir="auto">{sentences(problem?.text, problem?.cure)}</p>
      )}
      {gaps.some(gap => gap.dataset === 'directory') && (
        <p>{t('connect.test.withoutDirectory')}</p>
      )}
      {blind.length > 0 && (
        <p>
          {t('connect.test.unknownChecks', {
            count: blind.length,
            n: formatNumber(blind.length),
            checks: <CheckNames ids={blind} />,
          })}
        </p>
      )}
      {narrowed.length > 0 && (
        <p>
          {t('connect.test.narrowedChecks', {
            count: narrowed.length,
            n: formatNumber(narrowed.length),
            checks: <CheckNames ids={narrowed} />,
          })}
        </p>
      )}
    </Banner>
  );
}

/** Checks that cannot judge without the datasets, and those that only see less. */
function useHit(gaps: Capability[]) {
  const known = useKnownChecks();
  const blind = new Set<string>();
  const narrowed = new Set<string>();
  for (const { dataset, required, checks } of gaps) {
    for (const id of checks) {
      const needs = known.get(id)?.requires.includes(dataset) ?? required;
      (needs ? blind : narrowed).add(id);
    }
  }
  return {
    blind: [...blind],
    narrowed: [...narrowed].filter(id => !blind.has(id)),
  };
}
