// SPDX-License-Identifier: Apache-2.0
import type { ConnectionDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiCheckLine,
  RiContrastLine,
  RiQuestionLine,
  RiSubtractLine,
  RiTimeLine,
} from '@remixicon/react';
import styles from './dataset.module.css';

/** What a dataset can be, best first. */
export const datasetStates = [
  'complete',
  'partial',
  'stale',
  'unavailable',
  'never-read',
] as const satisfies Array<ConnectionDataset['state']>;

const glyphs = {
  complete: { Glyph: RiCheckLine, tone: styles.complete },
  partial: { Glyph: RiContrastLine, tone: styles.partial },
  unavailable: { Glyph: RiSubtractLine, tone: styles.unseen },
  stale: { Glyph: RiTimeLine, tone: '' },
  'never-read': { Glyph: RiQuestionLine, tone: styles.unseen },
  absent: { Glyph: undefined, tone: styles.absent },
};

interface DatasetGlyphProps {
  state: keyof typeof glyphs;
  /** In words, where no word stands beside it. */
  label?: string;
}

/** The state of a dataset as a glyph with its own outline. */
export function DatasetGlyph({ state, label }: DatasetGlyphProps) {
  const { Glyph, tone } = glyphs[state];
  const named = label
    ? ({ role: 'img', 'aria-label': label, title: label } as const)
    : { 'aria-hidden': true };
  return (
    <span className={`${styles.glyph} ${tone}`} {...named}>
      {Glyph && <Glyph aria-hidden="true" />}
    </span>
  );
}
