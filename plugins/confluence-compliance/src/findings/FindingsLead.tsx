// SPDX-License-Identifier: Apache-2.0
import type {
  FindingsQuery,
  TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PanelError } from '../components/ErrorState';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { useFindingsSplit } from '../queries';
import { useWords } from '../translation/useWords';

interface FindingsLeadProps {
  /** How many findings the filters leave. */
  total: TotalItems;
  query: FindingsQuery;
  /** At which the list was read. */
  revision: number;
}

const others = ['excepted', 'unknown'] as const;

/** What the filters make all findings of the list; undefined where they can differ. */
function kindOf({ state, verdict, excepted }: FindingsQuery) {
  if (state === 'resolved') {
    return 'resolved';
  }
  if (verdict === 'unknown') {
    return 'unknown';
  }
  return excepted === 'only' ? 'excepted' : undefined;
}

/** How many findings need somebody, and what else is listed; together they are the list. */
export function FindingsLead({ total, query, revision }: FindingsLeadProps) {
  const t = useWords();
  const totalWords = useTotalWords();
  const kind = kindOf(query);
  const { data, error, refetch } = useFindingsSplit(
    query,
    revision,
    kind === undefined && atLeast(total) > 0,
  );
  const numbers = (of: TotalItems) => ({
    count: atLeast(of),
    n: totalWords(of),
  });
  const needs = data && atLeast(data.needs) > 0;
  const rest = others.filter(part => data && atLeast(data[part]) > 0);
  const first = () => {
    if (atLeast(total) === 0) {
      return t('findings.lead.none');
    }
    if (kind) {
      return t(`findings.lead.${kind}`, numbers(total));
    }
    const part = needs ? 'needs' : rest[0];
    return data && part
      ? t(`findings.lead.${part}`, numbers(data[part]))
      : t('findings.lead.listed', { n: totalWords(total) });
  };
  return (
    <>
      <p className={theme.lead} role="status">
        <strong>{first()}</strong>
        {data &&
          rest
            .slice(needs ? 0 : 1)
            .map(part => t(`findings.lead.more.${part}`, numbers(data[part])))}
      </p>
      {error && <PanelError error={error} onRetry={refetch} />}
    </>
  );
}
