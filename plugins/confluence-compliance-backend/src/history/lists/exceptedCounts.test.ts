// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { membersWithFindings } from './memberFindings';
import {
  account,
  createTestLists,
  group,
  membership,
  result,
} from './__testUtils__/testLists';

jest.setTimeout(60_000);

const later = '2099-01-01T00:00:00.000Z';
const past = '2026-01-02T00:00:00.000Z';

describe('Counts with and without what is excepted', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())('%p', async id => {
    const knex = await databases.init(id);
    const { lists, history, publish } = await createTestLists(knex);
    await publish('acme', {
      accounts: {
        site: ['both', 'excepted', 'expired', 'fine', 'worse'].map(key =>
          account(key),
        ),
      },
      groups: { site: [group('g1', 'staff'), group('g2', 'quiet')] },
      memberships: {
        g1: ['both', 'excepted', 'expired', 'fine', 'worse'].map(key =>
          membership('g1', key),
        ),
        g2: [membership('g2', 'excepted')],
      },
      results: {
        c: [
          result('c|account|both', { accountId: 'both' }),
          result('c|account|excepted', { accountId: 'excepted' }),
          result('c|account|expired', { accountId: 'expired' }),
          result('c|account|worse', { accountId: 'worse' }),
          result('c|account|fine', { accountId: 'fine', verdict: 'pass' }),
        ],
        d: [result('d|account|both', { accountId: 'both' })],
      },
    });
    const revision = await history.head();
    const except = (accountId: string, more: object = {}) =>
      knex('exceptions').insert({
        id: accountId,
        connection: 'acme',
        result_key: `c|account|${accountId}`,
        check_id: 'c',
        subject_kind: 'account',
        subject_id: accountId,
        account_id: accountId,
        verdict: 'fail',
        requested_at: '2026-01-01T00:00:00.000Z',
        requested_by: 'user:default/ana',
        until: later,
        decided_at: '2026-01-01T00:00:00.000Z',
        decided_by: 'user:default/ben',
        decision: 'approved',
        opened: revision,
        ...more,
      });
    await except('both');
    await except('excepted');
    await except('expired', { until: past });
    // A warning was accepted, and it fails by now.
    await except('worse', { verdict: 'warning' });

    const find = async (findings: 'open' | 'all', moment?: string) => {
      const { items, totalItems } = await lists.accounts({
        connections: ['acme'],
        revision,
        limit: 10,
        sort: 'name',
        findings,
        moment,
      });
      expect(totalItems).toBe(items.length);
      return items.map(({ accountId }) => accountId);
    };
    expect(await find('all')).toEqual(['both', 'excepted', 'expired', 'worse']);
    expect(await find('open')).toEqual(['both', 'expired', 'worse']);
    // Nothing had to run for it to expire.
    expect(await find('open', '2026-01-01T12:00:00.000Z')).toEqual([
      'both',
      'worse',
    ]);
    expect(await find('open', later)).toEqual([
      'both',
      'excepted',
      'expired',
      'worse',
    ]);
    expect(
      await membersWithFindings(knex, 'acme', ['g1', 'g2', 'g3'], revision),
    ).toEqual(
      new Map([
        ['g1', { members: 4, excepted: 1 }],
        ['g2', { members: 1, excepted: 1 }],
      ]),
    );
  });
});
