// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { fixedAccess } from './fixedAccess';
import { createFixedDirectory, findingsAbout } from './fixedDirectory';
import {
  allChecks,
  check,
  connection,
  finding,
  hostile,
  incomplete,
  pageOf,
  partialConnection,
  refusedRun,
  run,
  runDataset,
  trend,
} from './fixtures';
import { criticalSpace } from './fixtures/systems';
import { type DataState, inState } from './states';

const SECOND = 1_000;

/** A run of about twenty seconds, pausing in the middle. */
function runAfter(elapsed: number) {
  const at = Math.min(elapsed / (20 * SECOND), 1);
  const part = (from: number, to: number) =>
    Math.min(Math.max((at - from) / (to - from), 0), 1);
  const stateAt = (share: number) => {
    if (share === 0) {
      return 'waiting';
    }
    return share < 1 ? 'running' : 'complete';
  };
  const step = (
    name: string,
    rows: number,
    containers: number,
    share: number,
  ) =>
    runDataset(name, {
      state: stateAt(share),
      containers: { done: Math.floor(containers * share), total: containers },
      rows: Math.floor(rows * share),
      expected: rows,
    });
  const isPaused = at > 0.4 && at < 0.55;
  return run({
    id: 'run-now',
    trigger: 'manual',
    state: isPaused ? 'paused' : 'running',
    reason: isPaused
      ? {
          code: 'quota',
          text: 'Atlassian asked to wait: the hourly quota is used up.',
        }
      : undefined,
    resumeAt: isPaused
      ? new Date(Date.now() + 4 * 60 * SECOND).toISOString()
      : undefined,
    startedAt: new Date(Date.now() - elapsed).toISOString(),
    finishedAt: undefined,
    requests: Math.floor(1 + 411 * at),
    points: Math.floor(2 + 980 * at),
    datasets: [
      step('groups', 96, 1, part(0, 0.1)),
      step('memberships', 6120, 96, part(0.1, 0.4)),
      step('accounts', 1284, 1, part(0.3, 0.6)),
      step('spaces', 212, 1, part(0.5, 0.6)),
      step('pages', 18430, 212, part(0.6, 1)),
    ],
  });
}

/** An API over invented data in one state, for the development app. */
export function createFixedApi(state: DataState): ConfluenceComplianceApi {
  return inState(createFullApi(), state);
}

function createFullApi(): ConfluenceComplianceApi {
  let syncStarted: number | undefined;
  let accepted = false;

  const answer = async <T>(value: T): Promise<T> => {
    await new Promise(resolve => setTimeout(resolve, 150));
    return value;
  };
  const unused = () => Promise.reject(new Error('Not part of this screen'));

  const northwind = () => {
    const elapsed = syncStarted && Date.now() - syncStarted;
    const lastRun = accepted ? run() : refusedRun;
    if (elapsed === undefined || elapsed > 23 * SECOND) {
      return connection({
        lastRun: elapsed
          ? run({ id: 'run-now', finishedAt: new Date().toISOString() })
          : lastRun,
      });
    }
    return elapsed < 3 * SECOND
      ? connection({ syncRequested: true, lastRun })
      : connection({
          state: 'syncing',
          activeRun: runAfter(elapsed - 3 * SECOND),
          lastRun,
        });
  };

  return {
    listConnections: () => answer(pageOf([northwind(), partialConnection])),
    getConnection: () => answer(northwind()),
    listContainers: () => answer(pageOf(incomplete)),
    listRuns: () => answer(pageOf([run()])),
    getRun: () => answer(run()),
    syncNow: async () => {
      syncStarted = Date.now();
    },
    acceptShrink: async () => {
      accepted = true;
      return answer(run());
    },
    ...createFixedDirectory(answer),
    listGroups: unused,
    listGroupMembers: unused,
    listPages: unused,
    listChecks: () => answer(pageOf(allChecks)),
    getCheck: id =>
      answer(allChecks.find(candidate => candidate.id === id) ?? check()),
    runCheck: async () => {},
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
    getTrend: () => answer(trend),
    getAccess: entityRef => answer(fixedAccess(entityRef)),
    listCriticalSystems: () => answer(pageOf([criticalSpace])),
    listPolicies: unused,
    listChanges: unused,
    getConsumer: unused,
    saveConsumer: unused,
  };
}
