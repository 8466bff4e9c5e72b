// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiDownload2Line } from '@remixicon/react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { errorMessage } from '../components/errors';
import { useKnownConnections } from '../queries';
import { useAsOfWords } from '../scope/useAsOfWords';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import type { CsvColumn } from './columns';
import styles from './csv.module.css';
import { type PageQuery, readAll } from './readAll';
import { saveFile } from './saveFile';
import type { Completeness } from './useCompleteness';

interface DownloadCsvProps<T> {
  /** What the file holds, such as `accounts`; its name begins with it. */
  name: string;
  columns: CsvColumn<T>[];
  /** Reads one page of what is shown, with the filters, order and date that are on. */
  read(query: PageQuery, options: { signal: AbortSignal }): Promise<Page<T>>;
  completeness: Completeness;
  /** The connection that all rows are of; absent where they are of all. */
  connection?: string;
  /** The filters that are on, in words. */
  filters?: string[];
}

/** Letters and digits: other characters are not good in the name of a file everywhere. */
const fileWords = (text: string) =>
  text.match(/[\p{L}\p{N}]+/gu)?.join('-') ?? '';

/** No file system takes names of any length. */
const MAX_NAME = 80;

/** Where, when and how a file was made, as its last lines say it. */
function useOrigin(connection: string | undefined, filters: string[]) {
  const t = useWords();
  const { asOf } = useScope();
  const asOfWords = useAsOfWords();
  const { data } = useKnownConnections();
  const known = data?.items.filter(
    ({ id }) => !connection || id === connection,
  );
  const only = connection ?? (known?.length === 1 ? known[0].id : undefined);
  const sites = known?.map(({ title, site }) =>
    site ? `${title} (${site})` : title,
  );
  return (made: string, revision: number) => ({
    site: only ?? t('csv.everySite'),
    lines: [
      [
        t('csv.origin.site'),
        sites?.join('; ') || (connection ?? t('csv.origin.siteUnseen')),
      ],
      [t('csv.origin.made'), made],
      [t('csv.origin.asOf'), asOf ? asOfWords(asOf) : t('csv.origin.now')],
      [t('csv.origin.revision'), revision],
      [t('csv.origin.filters'), filters.join(', ') || t('csv.none')],
    ],
  });
}

/** Downloads all rows of a list as they are filtered, not only the page on screen. */
export function DownloadCsv<T>({
  name,
  columns,
  read,
  completeness: { gaps, unknown },
  connection,
  filters = [],
}: DownloadCsvProps<T>) {
  const t = useWords();
  const origin = useOrigin(connection, filters);
  const reading = useRef<AbortController>();
  useEffect(() => () => reading.current?.abort(), []);

  const download = useMutation({
    mutationFn: async () => {
      const { signal } = (reading.current = new AbortController());
      const { rows, revision } = await readAll(query =>
        read(query, { signal }),
      );
      const { toCsv } = await import('./toCsv');
      signal.throwIfAborted();
      const made = new Date().toISOString();
      const { site, lines } = origin(made, revision);
      const text = toCsv([
        columns.map(column => column.name),
        ...rows.map(row => columns.map(({ value }) => value(row))),
        ...gaps.map(gap => [t('csv.incomplete', { gap })]),
        ...(unknown ? [[unknown]] : []),
        ...lines,
      ]);
      const title = t(
        gaps.length > 0 ? 'csv.file.incomplete' : 'csv.file.name',
        {
          name: [...name].slice(0, MAX_NAME).join(''),
          site,
          day: made.slice(0, 10),
          revision: String(revision),
        },
      );
      saveFile(`${fileWords(title)}.csv`, 'text/csv;charset=utf-8', text);
    },
  });

  return (
    <div className={styles.download}>
      <Button
        variant="secondary"
        iconStart={<RiDownload2Line />}
        aria-label={t('csv.label', { name })}
        isPending={download.isPending}
        onPress={() => download.mutate()}
      >
        {t('csv.button')}
      </Button>
      {download.error && (
        <p role="alert" className={styles.failed}>
          <bdi>
            {t('csv.failed', { message: errorMessage(download.error) })}
          </bdi>
        </p>
      )}
    </div>
  );
}
