// SPDX-License-Identifier: Apache-2.0
import type {
  Finding,
  Severity,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { FindingRecord } from '../history';
import { toReason } from './reasons';

/** A finding as the contract shows it. */
export function toFinding(
  { account, connection, key, result, revision, since }: FindingRecord,
  severity: Severity,
): Finding {
  return {
    id: `${connection}|${key}`,
    checkId: result.checkId,
    severity,
    verdict: result.verdict,
    reason: toReason(result.reason),
    subject: {
      kind: result.subjectKind,
      connection,
      id: result.subjectId,
      ...(result.subjectKind === 'account' && {
        title: account?.name,
        entityRef: account?.entityRef,
      }),
    },
    person: account?.person?.ref,
    facts: toFacts(result.facts, result.checkId),
    since,
    revision,
  };
}

/** A fact named `<dataset>.<field>` comes from that dataset, any other from the check itself. */
function toFacts(
  facts: Record<string, unknown>,
  checkId: string,
): Finding['facts'] {
  return Object.entries(facts).map(([fact, value]) => {
    const dot = fact.indexOf('.');
    return {
      name: fact.slice(dot + 1),
      value: Array.isArray(value)
        ? value.map(inWords).join(', ')
        : inWords(value),
      source: dot > 0 ? fact.slice(0, dot) : checkId,
    };
  });
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
}
