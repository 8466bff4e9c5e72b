// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatDate } from '../components/format';
import { findingsMessages } from '../translation/findings';
import { useWords } from '../translation/useWords';

type Fact = Finding['facts'][number];

const DAY_OR_TIME = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;
const known: Record<string, Record<string, string>> = findingsMessages.fact;

/** A fact in words; one that a company's own check names stands as it is. */
export function useFactText() {
  const t = useWords();
  // Only asked for what `known` has, which are the messages themselves.
  const say = t as unknown as (key: string) => string;
  const nameOf = ({ source, name }: Fact) =>
    known[source]?.[name] ? say(`findings.fact.${source}.${name}`) : name;
  const valueOf = ({ value }: Fact) => {
    if (value === 'true' || value === 'false') {
      return t(`findings.factValue.${value}`);
    }
    return DAY_OR_TIME.test(value) ? formatDate(new Date(value)) : value;
  };
  return (fact: Fact, checkId: string) => ({
    name: nameOf(fact),
    value: valueOf(fact),
    source:
      fact.source === checkId
        ? t('findings.factValue.fromCheck')
        : t('checks.findings.source', { source: fact.source }),
  });
}
