// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { DirectoryPayload, ObservedRow } from '../history';
import { PEOPLE } from '../people';
import { acme, createTestChecks, person, signal } from './__testUtils__';
import { grant, space } from './__testUtils__/required';
import { activeOwner } from './builtin/activeOwner';
import { adminMfa } from './builtin/adminMfa';
import { apiTokenHygiene } from './builtin/apiTokenHygiene';
import { auditLogActive } from './builtin/auditLogActive';
import { evidenceFresh } from './builtin/evidenceFresh';
import { inactiveAccount } from './builtin/inactiveAccount';
import { mfaEnabled } from './builtin/mfaEnabled';
import { noAnonymous } from './builtin/noAnonymous';

jest.setTimeout(120_000);

const SOURCE = 'organization:o1';
const SITE = 'ari:cloud:confluence::site/c1';
const directory = { source: SOURCE, dataset: 'directory', key: 'all' };
const tokens = { source: SOURCE, dataset: 'credentials', key: 'api-tokens' };

function entry(
  key: string,
  mfa: DirectoryPayload['mfa'],
  more: Partial<ObservedRow> = {},
  roles: string[] = [],
): ObservedRow {
  return {
    key,
    payload: {
      claimStatus: 'managed',
      accountStatus: 'active',
      membershipStatus: 'active',
      mfa,
      managementSource: 'synced',
      platformRoles: [],
      products: [SITE],
      roles: roles.map(role => `${SITE} ${role}`),
    },
    ...more,
  };
}

const activeOn = (lastActiveAt: string) => ({
  activity: [
    { resource: SITE, lastActiveAt },
    // Another site says nothing of this one.
    {
      resource: 'ari:cloud:confluence::site/c2',
      lastActiveAt: '2026-03-10T00:00:00Z',
    },
  ],
});

const token = (
  id: string,
  accountId: string,
  lastUsedAt: string,
): ObservedRow => ({
  key: `api-token/${id}`,
  payload: {
    kind: 'api-token',
    accountId,
    status: 'ALLOWED',
    createdAt: '2025-10-01T00:00:00Z',
    expiresAt: '2026-09-30T00:00:00Z',
    createdBy: null,
  },
  credential: { accountId, label: 'script', lastUsedAt },
});

describe('checks of what an organization says', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function start(id: TestDatabaseId) {
    const checks = [
      mfaEnabled,
      adminMfa,
      inactiveAccount,
      apiTokenHygiene,
      noAnonymous,
      activeOwner,
      evidenceFresh,
      auditLogActive,
    ] as ConfluenceCheck[];
    const t = await createTestChecks(await databases.init(id), ...checks);
    await t.company();
    return t;
  }

  it.each(databases.eachSupportedId())(
    'are unknown without a key, judged with it, and resolve nothing when it is refused, %p',
    async id => {
      const t = await start(id);
      await t.runAll();
      expect(await t.checks.get(mfaEnabled.id)).toMatchObject({
        state: 'needs-organization-key',
        verdict: 'unknown',
        reason: { code: 'no-organization-key' },
      });
      expect(await t.checks.get(apiTokenHygiene.id)).toMatchObject({
        verdict: 'unknown',
        reason: { code: 'no-organization-key' },
      });
      expect(await t.results(adminMfa.id)).toEqual({
        'site:acme|admins': 'unknown no-organization-key',
      });

      t.organizations.push({
        connection: 'acme',
        source: SOURCE,
        resource: SITE,
      });
      await t.read(directory, [
        entry('a-ana', 'enabled', activeOn('2026-03-09T00:00:00Z'), [
          'atlassian/admin',
        ]),
        entry('a-ben', 'disabled', activeOn('2025-03-09T00:00:00Z')),
        // Somebody of the organization who is not on this site.
        entry('a-far', 'disabled'),
      ]);
      await t.read(tokens, [
        token('t1', 'a-ana', '2026-03-01T00:00:00Z'),
        token('t2', 'a-ana', '2025-11-01T00:00:00Z'),
      ]);
      await t.runAll();
      const mfa = {
        'a-ana': 'pass mfa-enabled',
        'a-ben': 'fail mfa-disabled',
        'a-nobody': 'unknown not-in-directory',
      };
      expect(await t.results(mfaEnabled.id)).toEqual(mfa);
      expect(await t.checks.get(mfaEnabled.id)).toMatchObject({
        state: 'ready',
        verdict: 'fail',
      });
      expect(await t.results(adminMfa.id)).toEqual({
        'site:acme|a-ana': 'pass mfa-enabled',
      });
      expect(await t.checks.get(adminMfa.id)).toMatchObject({
        verdict: 'pass',
      });
      expect(await t.results(inactiveAccount.id)).toEqual({
        'a-ana': 'pass recently-active',
        'a-ben': 'fail inactive',
        'a-nobody': 'unknown not-in-directory',
      });
      expect(await t.results(apiTokenHygiene.id)).toEqual({
        'api-token/t1': 'pass token-in-order',
        'api-token/t2': 'fail token-unused',
      });
      // Service accounts were never listed, so not every credential is known.
      const { gaps } = await t.checks.run(apiTokenHygiene.id, signal);
      expect(gaps).toEqual([
        {
          connection: 'acme',
          dataset: 'credentials',
          reason: 'credentials-never-read',
        },
      ]);

      await t.read(directory, [], 'failed');
      await t.read(tokens, [], 'failed');
      await t.runAll();
      const refused = 'unknown directory-failed';
      expect(await t.results(mfaEnabled.id)).toEqual({
        'a-ana': refused,
        'a-ben': 'fail mfa-disabled',
        'a-nobody': refused,
      });
      expect(await t.results(adminMfa.id)).toEqual({
        'site:acme|a-ana': refused,
      });
      expect(await t.results(inactiveAccount.id)).toEqual({
        'a-ana': refused,
        'a-ben': refused,
        'a-nobody': refused,
      });
      expect(await t.results(apiTokenHygiene.id)).toEqual({
        'api-token/t1': 'unknown credentials-failed',
        'api-token/t2': 'unknown credentials-failed',
      });
      const { items } = await t.findings({ check: mfaEnabled.id });
      expect(items.map(({ subject }) => subject.id).sort()).toEqual(
        Object.keys(mfa),
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'names what would sharpen them, and never pass a list that is not whole, %p',
    async id => {
      const t = await start(id);
      await t.read(acme('spaces'), [space('10', 'ENG'), space('11', 'PUB')]);
      await t.read(acme('grants', '10'), [
        {
          ...grant('10', 'account', 'a-ana'),
          payload: {
            ...grant('10', 'account', 'a-ana').payload,
            operation: 'administer',
          },
        },
      ]);
      await t.read(acme('grants', '11'), [
        grant('11', 'access-class', 'anonymous-users'),
      ]);
      await t.runAll();
      expect(await t.results(noAnonymous.id)).toEqual({
        '10': 'pass not-anonymous',
        '11': 'fail anonymous-access',
      });
      const owned = {
        '10': 'pass owner-active',
        '11': 'fail no-admin',
      };
      expect(await t.results(activeOwner.id)).toEqual(owned);
      expect(await t.checks.get(activeOwner.id)).toMatchObject({
        verdict: 'fail',
        missing: [
          {
            dataset: 'directory',
            connection: 'acme',
            reason: { code: 'no-organization-key' },
          },
        ],
      });

      await t.read(acme('grants', '11'), []);
      await t.read(acme('spaces'), [space('10', 'ENG')], 'partial');
      await t.runAll();
      expect(await t.results(noAnonymous.id)).toEqual({
        '10': 'pass not-anonymous',
        '11': 'pass not-anonymous',
      });
      expect(await t.checks.get(noAnonymous.id)).toMatchObject({
        verdict: 'unknown',
        reason: { code: 'spaces-incomplete' },
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'pass no token while not everybody is known who left, %p',
    async id => {
      const t = await start(id);
      t.organizations.push({
        connection: 'acme',
        source: SOURCE,
        resource: SITE,
      });
      await t.read(directory, [entry('a-ana', 'enabled')]);
      const used = '2026-03-01T00:00:00Z';
      await t.read(tokens, [token('t1', 'a-ana', used)]);
      await t.read({ ...tokens, key: 'service-accounts' }, []);
      await t.runAll();
      const passed = { 'api-token/t1': 'pass token-in-order' };
      expect(await t.results(apiTokenHygiene.id)).toEqual(passed);
      for (const outcome of ['partial', 'failed'] as const) {
        await t.read(PEOPLE, [person('new')], outcome);
        await t.runAll();
        expect(await t.results(apiTokenHygiene.id)).toEqual({
          'api-token/t1':
            outcome === 'partial'
              ? 'unknown people-incomplete'
              : 'unknown people-failed',
        });
      }
    },
  );

  it.each(databases.eachSupportedId())(
    'say how fresh the evidence is, %p',
    async id => {
      const t = await start(id);
      // Reads are stamped by the database.
      t.clock.now = new Date();
      t.known.datasets.push('accounts', 'memberships');
      t.known.credentials.push({ name: 'oauth', state: 'stored' });
      await t.read(acme('memberships', 'g2'), [], 'partial');
      await t.runAll();
      expect(await t.results(evidenceFresh.id)).toEqual({
        'site:acme|accounts': 'pass read-whole',
        'site:acme|memberships': 'fail memberships-incomplete',
        'site:acme|credential:oauth': 'pass credential-stored',
      });
      t.clock.now = new Date(Date.now() + 49 * 3_600_000);
      await t.runAll();
      expect(await t.results(evidenceFresh.id)).toMatchObject({
        'site:acme|accounts': 'fail accounts-stale',
      });

      expect(await t.checks.get(auditLogActive.id)).toMatchObject({
        verdict: 'unknown',
        reason: { code: 'never-read' },
      });
      await t.read(acme('audit'), [
        { key: 'site', payload: { reachesTo: null, accessAt: null } },
      ]);
      const at = '2026-03-10T11:00:00Z';
      t.known.audit = { readTo: at, newestAt: at, reachesTo: null };
      await t.runAll();
      expect(await t.results(auditLogActive.id)).toEqual({
        acme: 'pass audit-active',
      });
    },
  );
});
