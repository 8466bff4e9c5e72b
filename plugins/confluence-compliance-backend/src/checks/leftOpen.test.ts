// SPDX-License-Identifier: Apache-2.0
import type { ContainerState, ResultPayload } from '../history';
import { gapOf } from './completeness';
import { leftOpen } from './leftOpen';
import { toReason } from './reasons';

type Verdict = ResultPayload['verdict'];

const result = (verdict: Verdict): ResultPayload => ({
  accountId: 'a',
  checkId: 'k',
  facts: {},
  reason: 'some',
  resource: null,
  subjectId: 'a',
  subjectKind: 'account',
  verdict,
});

const accounts = (reason?: string): ContainerState => ({
  source: 'acme',
  dataset: 'accounts',
  key: 'site',
  scope: 'all',
  presence: 'present',
  readAt: '2026-03-10T12:00:00.000Z',
  completeAt: '2026-03-10T12:00:00.000Z',
  outcome: reason ? 'partial' : 'complete',
  reason,
  rows: 3,
});

/** What becomes of results that are not found again, while accounts were read so. */
const becomes = (reason: string | undefined, ...verdicts: Verdict[]) => {
  const gaps = gapOf('accounts', accounts(reason)).map(code => ({
    connection: 'acme',
    dataset: 'accounts' as const,
    reason: code,
  }));
  const stays = leftOpen('acme', ['accounts'], gaps);
  return verdicts.map(verdict => {
    const after = stays?.(result(verdict));
    return after && `${after.verdict} ${after.reason}`;
  });
};

describe('results that are not found again', () => {
  it('go where the list was read whole', () => {
    expect(becomes(undefined, 'fail', 'pass')).toEqual([undefined, undefined]);
  });

  it('stay open as unknown where it was not, but for passes', () => {
    const broken = 'malformed: 1 record was malformed';
    expect(becomes(broken, 'fail', 'warning', 'unknown', 'pass')).toEqual([
      'unknown accounts-incomplete',
      'unknown accounts-incomplete',
      'unknown accounts-incomplete',
      undefined,
    ]);
  });

  it('go on a site with more people than the user search gives: whoever is known was read', () => {
    const cap = 'cap: The user search ends at 10000 accounts';
    expect(becomes(cap, 'fail', 'pass')).toEqual([undefined, undefined]);
    expect(toReason(gapOf('accounts', accounts(cap))[0]).text).toBe(
      'Accounts that no group has and the user search does not give could not be read.',
    );
  });

  it('stay, passes too, where nothing of the connection can be judged', () => {
    const gaps = [{ connection: 'acme', reason: 'never-read' }];
    const stays = leftOpen('acme', [], gaps);
    expect(stays?.(result('pass'))?.verdict).toBe('unknown');
    expect(leftOpen('globex', [], gaps)).toBeUndefined();
  });
});
