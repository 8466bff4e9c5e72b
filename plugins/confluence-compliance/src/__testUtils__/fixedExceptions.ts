// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { ago } from './fixtures/base';
import { exception, exceptionPage } from './fixtures/exceptions';

const DAYS = 24 * 60;

const decision = { by: 'user:default/priya.raman', at: ago(DAYS) };

/** Exceptions of invented findings; nothing is kept of what is asked for or decided. */
export function createFixedExceptions(
  answer: <T>(value: T) => Promise<T>,
): Pick<
  ConfluenceComplianceApi,
  | 'listExceptions'
  | 'requestExceptions'
  | 'approveException'
  | 'rejectException'
  | 'withdrawException'
  | 'endException'
> {
  const soon = exception({
    id: 'exception-3',
    status: 'live',
    decision,
    until: ago(-3 * DAYS),
  });
  const byStatus = {
    waiting: [
      exception(),
      exception({
        id: 'exception-2',
        blocked: 'own-request',
        mayWithdraw: true,
      }),
    ],
    live: [soon, exception({ id: 'exception-4', status: 'live', decision })],
    expiring: [soon],
    over: [
      exception({
        id: 'exception-5',
        status: 'rejected',
        decision: { ...decision, note: 'He can hand over without it.' },
      }),
    ],
  };
  return {
    listExceptions: ({ status = 'waiting' } = {}) =>
      answer(exceptionPage(byStatus[status])),
    requestExceptions: ({ findings }) => answer({ ids: findings }),
    approveException: async () => {},
    rejectException: async () => {},
    withdrawException: async () => {},
    endException: async () => {},
  };
}
