// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonIcon, VisuallyHidden } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { useWords } from '../translation/useWords';

const SHOWN = 2_000;

interface CopyButtonProps {
  /** What goes to the clipboard. */
  text: string;
  /** What the button says, or is called where it is an icon only. */
  label: string;
  /** Its whole name, where the label is short. */
  name?: string;
  iconOnly?: boolean;
}

/** Copies a text and says whether that worked. */
export function CopyButton({ text, label, name, iconOnly }: CopyButtonProps) {
  const t = useWords();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (!outcome) {
      return undefined;
    }
    const timer = setTimeout(() => setOutcome(undefined), SHOWN);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // Without a secure context there is no clipboard.
      setOutcome('failed');
    }
  };
  const icon = outcome === 'copied' ? <RiCheckLine /> : <RiFileCopyLine />;
  const said = {
    copied: t('connect.copied'),
    failed: t('connect.copyFailed'),
  };
  return (
    <>
      {iconOnly ? (
        <ButtonIcon
          variant="tertiary"
          size="small"
          icon={icon}
          aria-label={name ?? label}
          onPress={copy}
        />
      ) : (
        <Button
          variant="secondary"
          size="small"
          iconStart={icon}
          aria-label={outcome ? undefined : name}
          onPress={copy}
        >
          {outcome ? said[outcome] : label}
        </Button>
      )}
      <VisuallyHidden aria-live="polite">
        {outcome && said[outcome]}
      </VisuallyHidden>
    </>
  );
}
