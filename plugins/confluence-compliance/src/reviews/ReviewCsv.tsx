// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiDownload2Line } from '@remixicon/react';
import { useMutation } from '@tanstack/react-query';
import { confluenceComplianceApiRef } from '../api';
import { errorMessage } from '../components/errors';
import { saveFile } from '../csv/saveFile';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

const MAX_NAME = 80;

/** Letters and digits: other characters are not good in the name of a file everywhere. */
const fileWords = (text: string) =>
  [...(text.match(/[\p{L}\p{N}]+/gu)?.join('-') ?? '')]
    .slice(0, MAX_NAME)
    .join('');

/** Downloads all rows of a review as the backend writes them, which notes it in the ledger. */
export function ReviewCsv({ review }: { review: Review }) {
  const t = useWords();
  const api = useApi(confluenceComplianceApiRef);
  const { id, title } = review;
  const name = t('reviews.csv.file', { title });
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const text = await api.exportReview(id);
      saveFile(`${fileWords(name)}.csv`, 'text/csv;charset=utf-8', text);
    },
  });
  return (
    <>
      <Button
        variant="secondary"
        iconStart={<RiDownload2Line />}
        aria-label={t('csv.label', { name })}
        isPending={isPending}
        onPress={() => mutate()}
      >
        {t('reviews.csv.button')}
      </Button>
      {error && (
        <span role="alert" className={styles.failed}>
          <bdi>{t('csv.failed', { message: errorMessage(error) })}</bdi>
        </span>
      )}
    </>
  );
}
