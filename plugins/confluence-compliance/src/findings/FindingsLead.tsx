// SPDX-License-Identifier: Apache-2.0
import type {
  FindingsQuery,
  TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PanelError } from '../components/ErrorState';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { useExceptedSplit } from '../queries';
import { useWords } from '../translation/useWords';

interface FindingsLeadProps {
  /** How many findings the filters leave. */
  total: TotalItems;
  query: FindingsQuery;
  /** At which the list was read. */
  revision: number;
}

/** How many findings there are, and how many of them with and without an exception. */
export function FindingsLead({ total, query, revision }: FindingsLeadProps) {
  const t = useWords();
  const totalWords = useTotalWords();
  // What is resolved is not open, excepted or not.
  const enabled = query.state !== 'resolved';
  const { data, error, refetch } = useExceptedSplit(query, revision, enabled);
  return (
    <>
      <p className={theme.lead} role="status">
        <strong>
          {t('findings.count', {
            count: atLeast(total),
            n: totalWords(total),
          })}
        </strong>
        {data &&
          atLeast(data.excepted) > 0 &&
          t(query.excepted ? 'findings.split.part' : 'findings.split.all', {
            open: totalWords(data.open),
            excepted: totalWords(data.excepted),
          })}
      </p>
      {error && <PanelError error={error} onRetry={refetch} />}
    </>
  );
}
