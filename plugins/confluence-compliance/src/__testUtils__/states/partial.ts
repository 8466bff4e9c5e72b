// SPDX-License-Identifier: Apache-2.0
import type {
  Access,
  Check,
  Policy,
  Reason,
  SeenCount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceComplianceApi } from '../../api';
import {
  allChecks,
  connection,
  dataset,
  partialConnection,
  reviewGaps,
  run,
} from '../fixtures';
import { unreadSpaceDetail } from '../fixtures/spaces';

const reason: Reason = {
  code: 'partial',
  text: 'Run 1482 was partial: memberships stopped at 12 of 14.',
};

const inPart = ({ seen }: SeenCount): SeenCount => ({ seen, unknown: reason });
const { reach: unreadReach } = unreadSpaceDetail;

/** Every dataset in a state that is not complete. */
const connections = [
  partialConnection,
  connection({
    id: 'northwind',
    state: 'partial',
    greenTick: false,
    reason,
    datasets: [
      dataset('accounts', 900, {
        state: 'partial',
        containers: { total: 14, complete: 12 },
        reasons: [reason],
      }),
      dataset('groups', 96, { state: 'stale' }),
      dataset('memberships', 3100, { state: 'partial', reasons: [reason] }),
      dataset('spaces', 12, { state: 'partial', reasons: [reason] }),
      dataset('grants', 0, {
        state: 'unavailable',
        completeAt: undefined,
        reasons: [
          {
            code: 'scope-missing',
            text: 'The scope read:space.permission:confluence is missing.',
          },
        ],
      }),
      dataset('pages', 0, { state: 'never-read', completeAt: undefined }),
    ],
    lastRun: run({ state: 'failed', reason }),
  }),
];

function unsure(check: Check): Check {
  return {
    ...check,
    verdict: 'unknown',
    reason,
    counts: { ...check.counts, pass: 0, fail: 0, warning: 0, unknown: 67 },
  };
}

function unread<P extends Policy>(policy: P): P {
  return {
    ...policy,
    verdict: 'unknown',
    reason,
    pages: [],
    approval: undefined,
    checks: policy.checks?.map(check => ({
      ...check,
      verdict: 'unknown',
      reason,
    })),
  };
}

function partialAccess(access: Access): Access {
  const { checks, person, group, space, criticalSystem } = access;
  return {
    ...access,
    readAt: undefined,
    incomplete: reason,
    checks: checks.map(check => ({ ...check, verdict: 'unknown', reason })),
    policies: access.policies.map(policy => ({
      ...policy,
      verdict: 'unknown',
      reason,
      pages: [],
    })),
    person: person && { ...person, grantsInAll: inPart(person.grantsInAll) },
    group: group && {
      ...group,
      members: inPart(group.members),
      grantsInAll: inPart(group.grantsInAll),
    },
    space: space && {
      ...space,
      reach: unreadReach,
      grantsInAll: inPart(space.grantsInAll),
    },
    criticalSystem: criticalSystem && {
      ...criticalSystem,
      reach: unreadReach,
      check: { ...criticalSystem.check, verdict: 'unknown', reason },
    },
  };
}

/** Nothing was read whole: datasets are missing, verdicts and reach are unknown. */
export function partial(
  full: ConfluenceComplianceApi,
): Partial<ConfluenceComplianceApi> {
  const of = async <T>(page: Promise<T>) => ({
    ...(await page),
    totalItems: { atLeast: 10_000 },
  });
  return {
    listConnections: async () => ({
      ...(await full.listConnections()),
      items: connections,
    }),
    listAccounts: query => of(full.listAccounts(query)),
    listGroups: query => of(full.listGroups(query)),
    listSpaces: query => of(full.listSpaces(query)),
    listChecks: async query => ({
      ...(await full.listChecks(query)),
      items: allChecks.map(unsure),
    }),
    getCheck: async id => unsure(await full.getCheck(id)),
    listControls: async query => {
      const page = await full.listControls(query);
      return {
        ...page,
        items: page.items.map(control => ({ ...control, verdict: 'unknown' })),
      };
    },
    listPolicies: async () => {
      const page = await full.listPolicies();
      return { ...page, items: page.items.map(unread) };
    },
    getPolicy: async id => unread(await full.getPolicy(id)),
    listFindings: async query => {
      const page = await full.listFindings(query);
      return {
        ...page,
        items: page.items.map(finding => ({
          ...finding,
          verdict: 'unknown' as const,
          reason,
          facts: [],
        })),
      };
    },
    getAccount: async (id, accountId) => ({
      ...(await full.getAccount(id, accountId)),
      status: 'unknown',
      email: undefined,
      emailReason: {
        code: 'hidden',
        text: 'This person hides the email address.',
      },
      access: inPart({ seen: 3 }),
    }),
    getGroup: async (id, groupId) => {
      const group = await full.getGroup(id, groupId);
      const { membership, access } = group;
      return {
        ...group,
        managedBy: '',
        membership: inPart(membership),
        access: inPart(access),
      };
    },
    getSpace: async (id, key) => ({
      ...(await full.getSpace(id, key)),
      principals: undefined,
      anonymous: undefined,
      reach: unreadReach,
    }),
    getReview: async id => ({
      ...(await full.getReview(id)),
      gaps: reviewGaps,
    }),
    getAccess: async entityRef =>
      partialAccess(await full.getAccess(entityRef)),
  };
}
