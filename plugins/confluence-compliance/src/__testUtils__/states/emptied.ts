// SPDX-License-Identifier: Apache-2.0
import type {
  Access,
  Reach,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ConfluenceComplianceApi } from '../../api';
import { check, pageOf } from '../fixtures';
import { exceptionPage } from '../fixtures/exceptions';

const none = { seen: 0 };
const nobody: Reach = {
  people: none,
  admins: none,
  guests: 0,
  machines: 0,
  anonymous: false,
};

function emptiedAccess(access: Access): Access {
  const { person, group, space, criticalSystem } = access;
  return {
    ...access,
    checks: [],
    policies: [],
    person: person && { accounts: [], grants: [], grantsInAll: none },
    group: group && {
      ...group,
      members: none,
      withAccount: 0,
      groups: [],
      grants: [],
      grantsInAll: none,
    },
    space: space && { ...space, reach: nobody, grants: [], grantsInAll: none },
    criticalSystem: criticalSystem && {
      ...criticalSystem,
      reach: nobody,
      review: { every: 'P6M', overdue: false },
    },
  };
}

/** Read completely, and there is nothing. */
export function emptied(
  full: ConfluenceComplianceApi,
): Partial<ConfluenceComplianceApi> {
  const empty = async () => pageOf<never>([]);
  return {
    listConnections: empty,
    listAccounts: empty,
    listPeople: empty,
    listUnidentified: empty,
    listAccountGrants: empty,
    listGroups: empty,
    listGroupMembers: empty,
    listGroupGrants: empty,
    listAccountChanges: empty,
    listGroupChanges: empty,
    listSpaceChanges: empty,
    listPages: empty,
    listSpaces: empty,
    listSpaceGrants: empty,
    listChecks: empty,
    listControls: empty,
    listFindings: empty,
    listComments: empty,
    listExceptions: async () => exceptionPage([]),
    listPolicies: empty,
    getPolicy: async id => ({
      ...(await full.getPolicy(id)),
      pages: [],
      approval: undefined,
      approvals: [],
      acknowledged: undefined,
      checks: [],
    }),
    listCriticalSystems: empty,
    listPolicyDocuments: empty,
    findPolicyPages: async () => ({ pages: [], current: 0 }),
    listOwnAcknowledgements: async () => ({ items: [] }),
    listReviews: empty,
    listReviewTemplates: empty,
    listOwnReviews: empty,
    listOpenDecisions: async () => ({ ...(await empty()), open: 0 }),
    listReviewItems: empty,
    listOwnReviewItems: empty,
    listRemediations: empty,
    previewReview: async () => ({
      revision: 1,
      containers: 0,
      size: 0,
      people: 0,
      gaps: [],
      gapsHash: '',
    }),
    listDelegations: empty,
    listAllDelegations: empty,
    listReviewHistory: empty,
    getReviewItemHistory: async () => ({ items: [] }),
    getTrend: async () => ({ points: [] }),
    getAccount: async (connection, accountId) => ({
      ...(await full.getAccount(connection, accountId)),
      groups: 0,
      findings: 0,
      memberOf: [],
      credentials: { items: [], total: 0, unknown: [] },
      access: none,
    }),
    getGroup: async (connection, groupId) => ({
      ...(await full.getGroup(connection, groupId)),
      members: 0,
      membersWithFindings: 0,
      membership: none,
      access: none,
    }),
    getSpace: async (connection, key) => ({
      ...(await full.getSpace(connection, key)),
      pages: 0,
      principals: 0,
      critical: false,
      judged: false,
      findings: 0,
      reach: nobody,
    }),
    getCheck: async id =>
      check({
        id,
        verdict: 'unknown',
        lastRunAt: undefined,
        nextRunAt: undefined,
        revision: undefined,
        controls: [],
        howToFix: [],
        counts: {
          pass: 0,
          fail: 0,
          warning: 0,
          unknown: 0,
          'not-applicable': 0,
        },
      }),
    getAccess: async entityRef =>
      emptiedAccess(await full.getAccess(entityRef)),
  };
}
