// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import { RiListCheck3 } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

const steps = ['scope', 'decide', 'prove', 'seal'] as const;

/** What a review is, for those who have never seen one. */
export function NoReviews({ createHref }: { createHref?: string }) {
  const t = useWords();
  return (
    <EmptyState
      icon={<RiListCheck3 />}
      title={t('reviews.empty.title')}
      text={t('reviews.empty.text')}
      actions={
        createHref && (
          <ButtonLink variant="primary" href={createHref}>
            {t('reviews.create.button')}
          </ButtonLink>
        )
      }
    >
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <strong>{t(`reviews.empty.steps.${step}`)}</strong>
            <span className={theme.second}>
              {t(`reviews.empty.steps.${step}Text`)}
            </span>
          </li>
        ))}
      </ol>
    </EmptyState>
  );
}
