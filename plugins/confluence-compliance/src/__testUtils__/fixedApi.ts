// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { fixedAccess } from './fixedAccess';
import { createFixedConnections } from './fixedConnections';
import { createFixedDirectory, findingsAbout } from './fixedDirectory';
import { createFixedExceptions } from './fixedExceptions';
import { createFixedGroups } from './fixedGroups';
import { createFixedTimeline } from './fixedTimeline';
import {
  allChecks,
  check,
  comment,
  finding,
  hostile,
  containers,
  controls,
  incomplete,
  ownedPages,
  pageOf,
  person,
  queue,
  run,
  trend,
} from './fixtures';
import { criticalSpace } from './fixtures/systems';
import { type DataState, inState } from './states';

/** An API over invented data in one state, for the development app. */
export function createFixedApi(state: DataState): ConfluenceComplianceApi {
  return inState(createFullApi(), state);
}

function createFullApi(): ConfluenceComplianceApi {
  const answer = async <T>(value: T): Promise<T> => {
    await new Promise(resolve => setTimeout(resolve, 150));
    return value;
  };
  const unused = () => Promise.reject(new Error('Not part of this screen'));

  return {
    ...createFixedConnections(answer),
    listContainers: (id, query) => {
      const all = query?.incomplete === 'true' ? incomplete : containers;
      return answer(pageOf(id === 'fjord' || id === 'archive' ? [] : all));
    },
    listRuns: () => answer(pageOf([run()])),
    getRun: () => answer(run()),
    ...createFixedDirectory(answer),
    eraseAccount: unused,
    listPeople: () => answer(pageOf([person('Ana Lindqvist')])),
    listPeopleSources: unused,
    confirmDeparture: unused,
    acceptPeopleShrink: unused,
    listUnidentified: () => answer(pageOf(queue)),
    getPolicy: unused,
    getPolicyDifference: unused,
    approvePolicy: unused,
    getAccountDecisions: () => answer({}),
    linkAccount: () => answer({}),
    classifyAccount: () => answer({}),
    ...createFixedGroups(answer),
    ...createFixedTimeline(answer),
    ...createFixedExceptions(answer),
    listReviews: unused,
    createReview: unused,
    getReview: unused,
    startReview: unused,
    listReviewItems: unused,
    listOwnReviews: unused,
    listOwnReviewItems: unused,
    decideReviewItems: unused,
    reassignReviewItems: unused,
    listRemediations: unused,
    signOffReview: unused,
    cancelReview: unused,
    listPages: ({ owner } = {}) =>
      answer(pageOf(owner === '557058:ana' ? ownedPages : [])),
    listChecks: () => answer(pageOf(allChecks)),
    listControls: () => answer(pageOf(controls)),
    getCheck: id =>
      answer(allChecks.find(candidate => candidate.id === id) ?? check()),
    runCheck: async () => ({ state: 'waiting' }),
    listAttestations: () => answer(pageOf([])),
    attestCheck: unused,
    listFindings: query => {
      if (query?.account || query?.resource) {
        return answer(pageOf(findingsAbout(query)));
      }
      const found = allChecks.find(({ id }) => id === query?.check);
      if (found ? found.verdict === 'pass' : query?.check) {
        return answer(pageOf([]));
      }
      const findings = [
        finding(),
        finding({
          id: 'finding-2',
          checkId: 'access.user-identified',
          severity: 'high',
          subject: {
            kind: 'account',
            connection: 'northwind',
            id: '557058:x',
            title: hostile,
          },
          verdict: 'warning',
          person: undefined,
          facts: [],
        }),
      ];
      return answer(
        pageOf(
          findings.filter(
            ({ verdict }) => !query?.verdict || verdict === query.verdict,
          ),
        ),
      );
    },
    assignFindings: ({ findings }) => answer({ assigned: findings.length }),
    recheckFinding: () =>
      answer({ check: 'access.offboarded-removed', scope: 'check' }),
    listComments: () => answer(pageOf([comment])),
    addComment: (_, { text }) => answer({ ...comment, text }),
    getTrend: () => answer(trend),
    getAccess: entityRef => answer(fixedAccess(entityRef)),
    listCriticalSystems: () => answer(pageOf([criticalSpace])),
    listPolicies: unused,
    listChanges: unused,
    getConsumer: unused,
    saveConsumer: unused,
  };
}
