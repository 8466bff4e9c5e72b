// SPDX-License-Identifier: Apache-2.0
import type {
  Check,
  Connection,
  Exception,
  Finding,
  Severity,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ReactNode } from 'react';
import { findingName } from '../components/findingName';
import { floorPercent, formatNumber } from '../components/format';
import {
  credentialLines,
  runsOut,
  useCredentialWords,
} from '../connections/credentials';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { worstFirst } from './numbers';
import { useShortName } from './useShortName';

/** Something that waits for a person: one line, one reason, one way on. */
export interface Need {
  id: string;
  severity: Severity;
  /** Names are elements in it: as text they could hold placeholders of the words around them. */
  title: ReactNode;
  reason: string;
  action: string;
  href?: string;
}

const isUrgent = ({ severity }: Check) =>
  severity === 'critical' || severity === 'high';

/** Put together from what is read anyway, most pressing first. */
export function useNeeds() {
  const t = useWords();
  const links = useLinks();
  const words = useCredentialWords();
  const shortName = useShortName();

  const ofConnection = (connection: Connection): Need[] => {
    const { id, title, state, reason } = connection;
    const needs: Need[] = [];
    const base = { href: links.connections(), severity: 'high' } as const;
    const refused = [connection.activeRun, connection.lastRun]
      .flatMap(run => run?.refused ?? [])
      .filter(({ acceptedBy }) => !acceptedBy);
    for (const { readId, dataset, missing, of } of refused) {
      needs.push({
        ...base,
        id: `refused ${id} ${readId}`,
        title: t('overview.needs.refused', {
          dataset: shortName(dataset),
          title: <bdi>{title}</bdi>,
          percent: String(floorPercent(missing, of)),
        }),
        reason: t('overview.needs.refusedText', {
          missing: formatNumber(missing),
          of: formatNumber(of),
        }),
        action: t('overview.needs.decide'),
      });
    }
    if (state === 'reconnect') {
      needs.push({
        ...base,
        id: `reconnect ${id}`,
        title: t('overview.needs.reconnect', { title: <bdi>{title}</bdi> }),
        reason: reason?.text ?? t('common.unknownNoReason'),
        action: t('overview.needs.reconnectAction'),
      });
    } else if (state !== 'ended' && runsOut(connection)) {
      needs.push({
        ...base,
        id: `expiring ${id}`,
        severity: 'medium',
        title: t('overview.needs.expiring', { title: <bdi>{title}</bdi> }),
        reason: credentialLines(connection)
          .filter(({ state: of }) => of === 'expiring' || of === 'expired')
          .map(words)
          .join(', '),
        action: t('overview.needs.replaceAction'),
      });
    }
    if (state === 'failed' || state === 'partial') {
      needs.push({
        ...base,
        id: `${state} ${id}`,
        severity: state === 'failed' ? 'high' : 'medium',
        title: t(`overview.needs.${state}`, { title }),
        reason: reason?.text ?? t('common.unknownNoReason'),
        action: t('overview.needs.openConnection'),
      });
    }
    return needs;
  };

  const ofCheck = (check: Check, findings: Finding[]): Need[] => {
    if (check.reason?.code === 'check-failed') {
      return [
        {
          id: `check ${check.id}`,
          severity: check.severity,
          title: t('overview.needs.notRun', { title: check.title }),
          reason: check.reason.text,
          action: t('overview.needs.openCheck'),
          href: links.check(check.id),
        },
      ];
    }
    const count = check.counts.fail - check.excepted.fail;
    if (count === 0 || !isUrgent(check)) {
      return [];
    }
    const first = findings.find(({ checkId }) => checkId === check.id);
    const name = first && findingName(first);
    const others = { count: count - 1, n: formatNumber(count - 1) };
    const title = () => {
      if (!name) {
        return t('overview.needs.unnamed', { count, n: formatNumber(count) });
      }
      return count > 1
        ? t('overview.needs.others', { name: <bdi>{name}</bdi>, ...others })
        : name;
    };
    return [
      {
        id: `fail ${check.id}`,
        severity: check.severity,
        title: title(),
        reason:
          first && count === 1
            ? first.reason.text
            : t('overview.needs.because', { title: check.title }),
        action:
          count > 1
            ? t('overview.needs.openFindings')
            : t('overview.needs.openFinding'),
        href: links.check(check.id, { verdict: 'fail' }),
      },
    ];
  };

  /** What others asked for and waits for whoever looks. */
  const ofExceptions = (exceptions: Exception[]): Need[] => {
    const count = exceptions.filter(({ blocked }) => !blocked).length;
    return count === 0
      ? []
      : [
          {
            id: 'exceptions',
            severity: 'medium',
            title: t('exceptions.need.title', {
              count,
              n: formatNumber(count),
            }),
            reason: t('exceptions.need.reason'),
            action: t('overview.needs.decide'),
            href: links.exceptions(),
          },
        ];
  };

  return (
    connections: Connection[],
    checks: Check[],
    findings: Finding[],
    exceptions: Exception[],
  ): Need[] =>
    [
      ...checks.flatMap(check => ofCheck(check, findings)),
      ...connections.flatMap(ofConnection),
      ...ofExceptions(exceptions),
    ].toSorted(
      (a, b) => worstFirst.indexOf(a.severity) - worstFirst.indexOf(b.severity),
    );
}

/** How many checks that matter most could not be judged. */
export const unknownUrgent = (checks: Check[]): number =>
  checks.filter(check => isUrgent(check) && check.verdict === 'unknown').length;
