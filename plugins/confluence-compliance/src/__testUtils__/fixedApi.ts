// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { fixedAccess } from './fixedAccess';
import { createFixedConnections } from './fixedConnections';
import { createFixedDelegations } from './fixedDelegations';
import { createFixedDirectory, findingsAbout } from './fixedDirectory';
import { createFixedExceptions } from './fixedExceptions';
import { createFixedGroups } from './fixedGroups';
import { createFixedPolicies } from './fixedPolicies';
import { createFixedReviews } from './fixedReviews';
import { createFixedReviewTemplates } from './fixedReviewTemplates';
import { createFixedTimeline } from './fixedTimeline';
import {
  ago,
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
  peopleSources,
  person,
  queue,
  run,
  trend,
  trendOf,
} from './fixtures';
import { criticalSite, criticalSpace } from './fixtures/systems';
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
  // The development app signs in a guest, who stands in Ana's place.
  const asSignedIn = <T>(value: T): Promise<T> =>
    answer(
      value === undefined
        ? value
        : JSON.parse(
            JSON.stringify(value).replaceAll(
              'user:default/ana.lindqvist',
              'user:default/guest',
            ),
          ),
    );
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
    listPeople: ({ status } = {}) =>
      answer(pageOf([person('Ana Lindqvist', status && { status })])),
    listPeopleSources: () => answer({ items: peopleSources }),
    confirmDeparture: unused,
    acceptPeopleShrink: unused,
    listUnidentified: () => answer(pageOf(queue)),
    getAccountDecisions: () => answer({}),
    linkAccount: () => answer({}),
    classifyAccount: () => answer({}),
    linkAccounts: ({ links }) => answer({ decided: links.length }),
    classifyAccounts: ({ accounts }) => answer({ decided: accounts.length }),
    ...createFixedGroups(answer),
    ...createFixedTimeline(answer),
    ...createFixedExceptions(answer),
    ...createFixedPolicies(answer),
    ...createFixedReviews(asSignedIn),
    ...createFixedDelegations(asSignedIn),
    ...createFixedReviewTemplates(answer),
    listPages: ({ owner, q } = {}) =>
      answer(pageOf(owner === '557058:ana' || q ? ownedPages : [])),
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
        finding({ owner: 'user:default/priya.raman', comments: 1 }),
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
          state: 'regressed',
          owner: 'group:default/security',
          exception: { id: 'exception-4', status: 'live', until: ago(-43_200) },
        }),
      ];
      return answer(
        pageOf(
          findings.filter(
            ({ verdict, exception }) =>
              (query?.verdict ?? verdict) === verdict &&
              (query?.excepted ?? 'all') !== (exception ? 'without' : 'only'),
          ),
        ),
      );
    },
    assignFindings: ({ findings }) => answer({ assigned: findings.length }),
    recheckFinding: () =>
      answer({ check: 'access.offboarded-removed', scope: 'check' }),
    listComments: () => answer(pageOf([comment])),
    addComment: (_, { text }) => answer({ ...comment, text }),
    getTrend: query => {
      const of = allChecks.find(({ id }) => id === query?.check);
      return answer(of ? trendOf(of.severity) : trend);
    },
    getAccess: entityRef => answer(fixedAccess(entityRef)),
    listCriticalSystems: () => answer(pageOf([criticalSite, criticalSpace])),
    markCriticalSystem: () => answer(criticalSpace),
    unmarkCriticalSystem: async () => undefined,
    listChanges: unused,
    getConsumer: unused,
    saveConsumer: unused,
  };
}
