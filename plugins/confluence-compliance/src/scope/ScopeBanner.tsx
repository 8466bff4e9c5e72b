// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { RiArrowGoBackLine } from '@remixicon/react';
import { Banner } from '../components/Banner';
import { isBeforeHistory } from '../components/errors';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';
import styles from './scope.module.css';
import { useAsOfWords } from './useAsOfWords';
import { useScope, useSetScope } from './useScope';

interface ScopeBannerProps {
  /** The page shows what was known at the date; without it, the page shows now. */
  follows?: boolean;
  /** The revision that the page was read at; 0 is before anything was known. */
  revision?: number;
  /** What the page failed with; one about the date says more than the banner. */
  error?: unknown;
}

/** Says which time a page shows; nothing where no date is set. */
export function ScopeBanner({ follows, revision, error }: ScopeBannerProps) {
  const t = useWords();
  const { asOf, badAsOf } = useScope();
  const setScope = useSetScope();
  const words = useAsOfWords();
  if (badAsOf) {
    return (
      <Banner
        tone="warn"
        actions={
          <Button
            variant="secondary"
            size="small"
            onPress={() => setScope({ asOf: undefined })}
          >
            {t('scope.return')}
          </Button>
        }
      >
        <bdi>{t('scope.notUnderstood', { date: badAsOf })}</bdi>
      </Banner>
    );
  }
  if (!asOf || isBeforeHistory(error)) {
    return null;
  }
  const date = words(asOf);
  const back = (
    <Button
      variant="secondary"
      size="small"
      onPress={() => setScope({ asOf: undefined })}
    >
      {t('scope.return')}
    </Button>
  );
  if (!follows) {
    return (
      <div className={styles.quiet}>
        <span>{t('scope.showsNow', { date })}</span>
        {back}
      </div>
    );
  }
  const nothingKnown = revision === 0;
  const title = () => {
    if (nothingKnown) {
      return `${t('scope.nothingKnown', { date })}.`;
    }
    const number = revision === undefined ? '' : formatNumber(revision);
    return number && !/^\d+$/.test(asOf)
      ? t('scope.pastRevision', {
          date,
          revision: t('scope.revision', { n: number }),
        })
      : t('scope.past', { date });
  };
  return (
    <Banner
      tone="past"
      glyph={<RiArrowGoBackLine size={16} aria-hidden="true" />}
      actions={back}
    >
      <strong>{title()}</strong>{' '}
      {nothingKnown ? t('scope.nothingKnownText') : t('scope.pastText')}
    </Banner>
  );
}
