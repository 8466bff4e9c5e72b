// SPDX-License-Identifier: Apache-2.0
import {
  RiCheckLine,
  RiCloseLine,
  RiErrorWarningLine,
  RiLoader4Line,
  RiQuestionLine,
  RiShieldCheckLine,
  RiSubtractLine,
} from '@remixicon/react';
import styles from './verdict.module.css';

const glyphs = {
  pass: RiCheckLine,
  fail: RiCloseLine,
  warning: RiErrorWarningLine,
  unknown: RiQuestionLine,
  none: RiSubtractLine,
  excepted: RiShieldCheckLine,
  busy: RiLoader4Line,
};

const tones = {
  pass: styles.pass,
  fail: styles.fail,
  warning: styles.warning,
  unknown: styles.unknown,
  none: styles.neutral,
  excepted: styles.neutral,
  busy: styles.neutral,
};

/** A tone is a colour and the glyph that says the same without colour. */
export type Tone = keyof typeof glyphs;

interface StateTagProps {
  tone: Tone;
  label: string;
  title?: string;
}

/** A pill of 22 px: glyph and word, then colour. */
export function StateTag({ tone, label, title }: StateTagProps) {
  const Glyph = glyphs[tone];
  return (
    <span className={`${styles.tag} ${tones[tone]}`} title={title}>
      <Glyph aria-hidden="true" />
      {label}
    </span>
  );
}
