// SPDX-License-Identifier: Apache-2.0
import { ButtonIcon } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';

interface OpenerProps {
  /** What it opens, in words. */
  label: string;
  /** Id of what is opened, which is there only while it is open. */
  controls: string;
  isOpen: boolean;
  onToggle: () => void;
}

/** Opens what belongs to a row, below it. */
export function Opener({ label, controls, isOpen, onToggle }: OpenerProps) {
  return (
    <ButtonIcon
      size="small"
      variant="tertiary"
      icon={isOpen ? <RiArrowDownSLine /> : <RiArrowRightSLine />}
      aria-label={label}
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      onPress={onToggle}
    />
  );
}
