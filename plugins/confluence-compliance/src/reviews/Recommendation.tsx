// SPDX-License-Identifier: Apache-2.0
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiErrorWarningLine,
  RiScissorsCutLine,
  RiThumbUpLine,
} from '@remixicon/react';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './table.module.css';

const glyphs = {
  keep: RiThumbUpLine,
  revoke: RiScissorsCutLine,
  defer: RiErrorWarningLine,
};

/** What is recommended for a row, and why. */
export function Recommendation({ item }: { item: ReviewItem }) {
  const t = useWords();
  const { kind, reasons } = item.recommendation;
  const Glyph = glyphs[kind];
  return (
    <span className={`${styles.recommendation} ${styles[kind]}`}>
      <Glyph aria-hidden="true" />
      <span>
        <strong>{t(`reviews.verdict.${kind}`)}</strong>
        <span className={theme.second} dir="auto">
          {reasons.length > 0
            ? reasons.map(({ text }) => text).join('; ')
            : t('reviews.details.noReasons')}
        </span>
      </span>
    </span>
  );
}
