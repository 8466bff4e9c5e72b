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
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';

interface GapsProps {
  connection: Connection;
  capabilities: Capability[];
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

function Gap({ connection, gaps, onAddKey, onAgain }: GapProps) {
  const t = useWords();
  const [{ ability, problem }] = gaps;
  const dataset = gaps.map(gap => gap.dataset).join(', ');
  const scopes = problem?.scopes ?? [];
  const checks = [...new Set(gaps.flatMap(gap => gap.checks))];
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
      <p dir="auto">
        {problem?.text} {problem?.cure}
      </p>
      {checks.length > 0 && (
        <p>
          {t('connect.test.unknownChecks', {
            count: checks.length,
            n: formatNumber(checks.length),
            checks: checks.join(', '),
          })}
        </p>
      )}
    </Banner>
  );
}
