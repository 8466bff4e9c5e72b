// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { RiArrowRightLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';

interface StepFootProps {
  onBack?: () => void;
  /** What the primary button says; to continue where it is absent. */
  label?: string;
  isReady?: boolean;
  isPending?: boolean;
  onContinue?: () => void;
  /** Another way on. */
  children?: ReactNode;
}

/** Back, another way on, and the one primary button. */
export function StepFoot({
  onBack,
  label,
  isReady = true,
  isPending,
  onContinue,
  children,
}: StepFootProps) {
  const t = useWords();
  return (
    <div className={styles.foot}>
      {onBack && (
        <Button variant="tertiary" onPress={onBack}>
          {t('connect.back')}
        </Button>
      )}
      {children}
      {onContinue && (
        <Button
          variant="primary"
          iconEnd={<RiArrowRightLine />}
          isDisabled={!isReady}
          isPending={isPending}
          onPress={onContinue}
        >
          {label ?? t('connect.continue')}
        </Button>
      )}
    </div>
  );
}
