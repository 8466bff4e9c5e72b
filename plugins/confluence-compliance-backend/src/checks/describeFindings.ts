// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type {
  Finding,
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ComplianceConfig } from '../config';
import { findingVerdicts, type Lists } from '../history';
import { checkOf, type RegisteredCheck } from './CheckRegistry';
import { type FindingNotes, idOf } from './FindingNotes';
import { checksFor, type FindingsQuery } from './findingsQuery';
import { FindingDescriber } from './toFinding';

type DescriberOptions = Parameters<typeof FindingDescriber.of>[0];

/** One page of findings; an InputError names the parameter that does not fit. */
export async function describeFindings(
  rooms: DescriberOptions & {
    config: Pick<ComplianceConfig, 'frameworks'>;
    lists: Pick<Lists, 'findings'>;
    checks: Map<string, RegisteredCheck>;
    notes: Pick<FindingNotes, 'of' | 'ownedBy'>;
    /** Ids of the connections there are. */
    connections: () => string[];
    now: () => Date;
  },
  query: FindingsQuery,
): Promise<Page<Finding>> {
  const { config, lists, checks, connections, now } = rooms;
  const { owner, verdict } = query;
  if (owner !== undefined && query.asOf !== undefined) {
    throw new InputError(
      'owner is only known now: leave out asOf, or leave out owner',
    );
  }
  const page = await lists.findings.list({
    moment: now().toISOString(),
    ...query,
    connections: query.connections ?? connections(),
    checks: checksFor(query, checks, config.frameworks),
    ...(owner !== undefined && {
      narrow: rooms.notes.ownedBy(owner === 'nobody' ? undefined : owner),
    }),
    verdicts: verdict ? [verdict] : findingVerdicts,
  });
  const { items, revision } = page;
  const describer = await FindingDescriber.of(rooms, items, revision);
  // Nothing that came later is told of the past.
  const notes =
    query.asOf === undefined ? await rooms.notes.of(items) : undefined;
  return {
    ...page,
    items: items.map(record => {
      const found = checkOf(checks, record.result.checkId);
      return {
        ...describer.toFinding(record, found.check),
        ...notes?.get(idOf(record)),
      };
    }),
  };
}
