// SPDX-License-Identifier: Apache-2.0
import {
  type CheckRun,
  exceptableVerdictSchema,
  type Policy,
  type PolicyCheck,
  type PolicyDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { History, Lists, Lookups, Revision } from '../history';
import { currentPages, type Policies, type PolicyState } from '../policies';
import { documentSetUp } from './builtin/documentSetUp';
import type { CheckStand } from './CheckStand';
import { toReason } from './reasons';

const MOST_PAGES = 10;

/** States of a run after which a check says something new. */
const UNDERWAY: Array<CheckRun['state'] | undefined> = [
  'waiting',
  'running',
  'interrupted',
];

export interface PolicyRooms {
  history: History;
  lists: Pick<Lists, 'findings'>;
  lookups: Lookups;
  policies: Policies;
  stand: (id: string, connection: string) => Promise<CheckStand>;
}

/** The required policies with their pages and the verdict on each. */
export async function describePolicies(
  rooms: PolicyRooms & {
    /** Whose verdicts are told too; default none. */
    checks?: ConfluenceCheck[];
  },
  query: { revision: Revision; connections?: string[] },
): Promise<Policy[]> {
  const described: Policy[] = [];
  for (const policy of await rooms.policies.list(query)) {
    const one = await describe(rooms, policy, query.revision);
    described.push(
      rooms.checks
        ? {
            ...one,
            ...(await checksOf(rooms, rooms.checks, policy, query.revision)),
          }
        : withoutNote(one),
    );
  }
  return described;
}

/** What somebody wrote on an approval is not for everybody who sees a card of the catalog. */
function withoutNote({ approval, ...policy }: Policy): Policy {
  if (!approval) {
    return policy;
  }
  const { note: _, ...shown } = approval;
  return { ...policy, approval: shown };
}

/** One of them, with its approvals and what each check about policies says of it. */
export async function describePolicy(
  rooms: PolicyRooms & { checks: ConfluenceCheck[] },
  id: string,
  revision: Revision,
): Promise<PolicyDetail> {
  const policy = await rooms.policies.get(id, revision);
  return {
    ...(await describe(rooms, policy, revision)),
    approvals: await rooms.policies.approvals.list(id, policy.connection),
    ...(await structureOf(rooms.policies, policy)),
    ...(await checksOf(rooms, rooms.checks, policy, revision)),
  };
}

async function structureOf(
  policies: Policies,
  policy: PolicyState,
): Promise<Pick<PolicyDetail, 'structure'>> {
  const current = currentPages(policy);
  if (current.length !== 1) {
    return {};
  }
  const read = await policies.structureOf(policy, current[0].id);
  if (!read?.found) {
    return {};
  }
  const { cut: _, ...found } = read.found;
  return { structure: { version: read.version, ...found } };
}

async function checksOf(
  rooms: PolicyRooms,
  checks: ConfluenceCheck[],
  policy: PolicyState,
  revision: Revision,
): Promise<{ checks: PolicyCheck[] } & Pick<Policy, 'checking'>> {
  const judged = await Promise.all(
    checks.map(async check => {
      const found = await verdictOf(rooms, check, policy, revision);
      const { verdict, reason, underway } = found;
      const ref = { connection: policy.connection, id: keyOf(check, policy) };
      return {
        ref,
        underway,
        said: { id: check.id, title: check.title, verdict, reason },
      };
    }),
  );
  // What is not known is never excepted.
  const open = judged
    .filter(({ said }) => isExceptable(said.verdict))
    .map(({ ref, said }) => ({ ...ref, verdict: said.verdict }));
  const exceptionOf = await rooms.lists.findings.exceptionsOf(open, revision);
  return {
    checks: judged.map(({ ref, said }) => {
      const isOpen = isExceptable(said.verdict);
      const exception = isOpen ? exceptionOf(ref) : undefined;
      return { ...said, ...(exception && { exception }) };
    }),
    ...(judged.some(({ underway }) => underway) && { checking: true as const }),
  };
}

function isExceptable(verdict: Policy['verdict']): boolean {
  return exceptableVerdictSchema.safeParse(verdict).success;
}

function keyOf(
  { id, subjectKind }: Pick<ConfluenceCheck, 'id' | 'subjectKind'>,
  policy: Pick<PolicyState, 'id'>,
): string {
  return `${id}|${subjectKind}|${policy.id}`;
}

async function describe(
  rooms: PolicyRooms,
  policy: PolicyState,
  revision: Revision,
): Promise<Policy> {
  const { id, title, connection, rule, pages, origin, mapping } = policy;
  const { acknowledgedBy, reviewEvery } = policy;
  const { verdict, reason, lastRunAt } = await verdictOf(
    rooms,
    documentSetUp,
    policy,
    revision,
  );
  return {
    id,
    title,
    connection,
    rule,
    origin,
    ...(mapping && { mapping }),
    ...(acknowledgedBy?.length && { acknowledgedBy }),
    ...(reviewEvery && { reviewEvery }),
    verdict,
    reason,
    pages: await rooms.lookups.describePages(
      connection,
      pages.slice(0, MOST_PAGES),
      revision,
    ),
    ...(await approvalOf(rooms.policies, policy)),
    ...(await acknowledgedOf(rooms.policies, policy)),
    ...(lastRunAt && { lastRunAt }),
  };
}

async function acknowledgedOf(
  policies: Policies,
  policy: PolicyState,
): Promise<Pick<Policy, 'acknowledged'>> {
  const numbers = await policies.acknowledgedOf(policy);
  if (!numbers) {
    return {};
  }
  const { unreadGroups: _, missing: __, ...acknowledged } = numbers;
  return { acknowledged };
}

async function verdictOf(
  { history, stand }: PolicyRooms,
  judging: Pick<ConfluenceCheck, 'id' | 'subjectKind'>,
  policy: PolicyState,
  revision: Revision,
): Promise<
  Pick<Policy, 'verdict' | 'reason' | 'lastRunAt'> & { underway: boolean }
> {
  const { check, doubt } = await stand(judging.id, policy.connection);
  const row = await history.row(
    'results',
    policy.connection,
    keyOf(judging, policy),
    revision,
  );
  const { verdict = 'unknown', reason = 'never-run' } = row?.payload ?? {};
  return {
    ...(verdict === 'pass' && doubt
      ? { verdict: 'unknown', reason: doubt }
      : { verdict, reason: toReason(reason) }),
    lastRunAt: check.lastRunAt,
    underway: UNDERWAY.includes(check.run?.state),
  };
}

/** The newest approval of the one current page of a policy. */
async function approvalOf(
  { approvals }: Policies,
  state: PolicyState,
): Promise<Pick<Policy, 'approval'>> {
  const { id: policy, connection } = state;
  const current = currentPages(state);
  const approval =
    current.length === 1 &&
    (await approvals.newest({ policy, connection, pageId: current[0].id }));
  return approval ? { approval } : {};
}
