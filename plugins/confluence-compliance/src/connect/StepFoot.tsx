// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { RiArrowRightLine } from '@remixicon/react';
import { type ReactNode, useId } from 'react';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';

interface StepFootProps {
  onBack?: () => void;
  /** What the primary button says; to continue where it is absent. */
  label?: string;
  /** What has to be done before one can go on, in words; it stands beside the button. */
  missing?: string | false;
  isPending?: boolean;
  onContinue?: () => void;
  /** Another way on. */
  children?: ReactNode;
}

/** Back, another way on, and the one primary button. */
export function StepFoot({
  onBack,
  label,
  missing,
  isPending,
  onContinue,
  children,
}: StepFootProps) {
  const t = useWords();
  const missingId = useId();
  return (
    <div className={styles.foot}>
      {onBack && (
        <Button variant="tertiary" onPress={onBack}>
          {t('connect.back')}
        </Button>
      )}
      {children}
      {onContinue && (
        <span id={missingId} role="status" className={theme.second}>
          {missing}
        </span>
      )}
      {onContinue && (
        <Button
          variant="primary"
          iconEnd={<RiArrowRightLine />}
          isDisabled={!!missing}
          aria-describedby={missing ? missingId : undefined}
          isPending={isPending}
          onPress={onContinue}
        >
          {label ?? t('connect.continue')}
        </Button>
      )}
    </div>
  );
}
