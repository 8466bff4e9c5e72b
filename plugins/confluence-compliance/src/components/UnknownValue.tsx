// SPDX-License-Identifier: Apache-2.0
import { Tooltip, TooltipTrigger } from '@backstage/ui';
import { RiQuestionLine } from '@remixicon/react';
import { Button } from 'react-aria-components';
import { useWords } from '../translation/useWords';
import styles from './verdict.module.css';

interface UnknownValueProps {
  /** Why it is not known, in the words of the backend. */
  reason?: string;
  /** Instead of the word unknown, such as `94 % seen`. */
  label?: string;
}

/** Unknown is a value: it says so, and why, to the mouse, the keyboard and the ear. */
export function UnknownValue({ reason, label }: UnknownValueProps) {
  const t = useWords();
  const word = label ?? t('common.unknown');
  const why = reason || t('common.unknownNoReason');
  return (
    <TooltipTrigger delay={200}>
      <Button
        className={styles.unknownValue}
        aria-label={t('common.unknownBecause', { label: word, reason: why })}
      >
        <RiQuestionLine aria-hidden="true" />
        {word}
      </Button>
      <Tooltip>{why}</Tooltip>
    </TooltipTrigger>
  );
}
