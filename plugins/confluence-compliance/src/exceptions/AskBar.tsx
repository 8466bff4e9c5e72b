// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type ReactNode, useState } from 'react';
import { BulkBar } from '../components/BulkBar';
import { BulkSaid } from '../components/BulkSaid';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { RequestDialog } from './RequestDialog';
import { canAsk } from './useAsking';

interface AskBarProps {
  /** Without any there is no bar. */
  selected: Finding[];
  /** Whether whoever looks may ask at all. */
  mayAsk: boolean;
  onClear: () => void;
  /** What else can be done with all of them, before asking. */
  children?: ReactNode;
}

/** Asks for an exception of every selected finding that can have one, and says how many cannot. */
export function AskBar({ selected, mayAsk, onClear, children }: AskBarProps) {
  const t = useWords();
  // Kept, because the list is read again with what was asked for before the dialog closes.
  const [asking, setAsking] = useState<Finding[]>();
  const [isAsked, setAsked] = useState(false);
  const findings = selected.filter(canAsk);
  const leftOut = selected.length - findings.length;
  return (
    <>
      <BulkSaid
        text={isAsked && selected.length === 0 && t('exceptions.ask.asked')}
        onClose={() => setAsked(false)}
      />
      <BulkBar count={selected.length} onClear={onClear}>
        {mayAsk && leftOut > 0 && (
          <span className={theme.second}>
            {t('exceptions.ask.leftOut', {
              count: leftOut,
              n: formatNumber(leftOut),
            })}
          </span>
        )}
        {children}
        {mayAsk && (
          <Button
            variant={children ? 'secondary' : 'primary'}
            isDisabled={findings.length === 0}
            onPress={() => {
              setAsking(findings);
              setAsked(false);
            }}
          >
            {t('exceptions.ask.button')}
          </Button>
        )}
      </BulkBar>
      {asking && (
        <RequestDialog
          findings={asking}
          onClose={() => setAsking(undefined)}
          onAsked={() => {
            setAsking(undefined);
            setAsked(true);
            onClear();
          }}
        />
      )}
    </>
  );
}
