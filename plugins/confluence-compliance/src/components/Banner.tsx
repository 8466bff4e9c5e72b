// SPDX-License-Identifier: Apache-2.0
import { Box } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './feedback.module.css';

const tones = {
  neutral: '',
  fail: styles.bannerFail,
  warn: styles.bannerWarn,
  past: styles.bannerPast,
};

interface BannerProps {
  /** `past` frames what is not of now. */
  tone?: 'neutral' | 'fail' | 'warn' | 'past';
  /** A tag or glyph in front. */
  glyph?: ReactNode;
  actions?: ReactNode;
  /** Read out at once, for answers to something the reader just did. */
  alert?: boolean;
  children: ReactNode;
}

/** A fact that stands in the page; quieter than an alert. */
export function Banner({
  tone = 'neutral',
  glyph,
  actions,
  alert,
  children,
}: BannerProps) {
  return (
    <Box
      bg="neutral"
      role={alert ? 'alert' : undefined}
      className={`${styles.banner} ${tones[tone]}`}
    >
      {glyph}
      <div className={styles.bannerText}>{children}</div>
      {actions}
    </Box>
  );
}

/** That something the reader just did has failed, and why. */
export function FailedBanner({ children }: { children: ReactNode }) {
  return (
    <Banner tone="fail" alert>
      <span dir="auto">{children}</span>
    </Banner>
  );
}
