// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { ObservedRow } from '../history';
import { check, createTestChecks, signal } from './__testUtils__';
import { adminLimited } from './builtin/adminLimited';
import { adminMfa } from './builtin/adminMfa';
import { apiTokenHygiene } from './builtin/apiTokenHygiene';

jest.setTimeout(120_000);

const SITE = 'ari:cloud:confluence::site/c1';
const organization = {
  connection: 'acme',
  source: 'organization:o1',
  resource: SITE,
};
const directory = {
  source: 'organization:o1',
  dataset: 'directory',
  key: 'all',
};
const tokens = { ...directory, dataset: 'credentials', key: 'api-tokens' };
const services = { ...tokens, key: 'service-accounts' };

const ORG_ADMIN = ['atlassian/org-admin'];

function entry(
  key: string,
  platformRoles: string[] | null,
  roles: string[] = [],
): ObservedRow {
  return {
    key,
    payload: {
      claimStatus: 'managed',
      accountStatus: 'active',
      membershipStatus: 'active',
      mfa: key === 'a-ana' ? 'enabled' : 'disabled',
      managementSource: 'synced',
      platformRoles,
      products: [SITE],
      roles: roles.map(role => `${SITE} ${role}`),
    },
  };
}

const token = (id: string, accountId: string): ObservedRow => ({
  key: `api-token/${id}`,
  payload: {
    kind: 'api-token',
    accountId,
    status: 'ALLOWED',
    createdAt: '2026-01-01T00:00:00Z',
    expiresAt: id === 'long' ? '2036-01-01T00:00:00Z' : '2026-09-30T00:00:00Z',
    createdBy: null,
  },
});

/** A check that only an organization can answer. */
const listed: ConfluenceCheck = {
  ...check('my.listed', async function* evaluate({ connections, data }) {
    for (const connection of connections) {
      for await (const rows of data.credentials(connection)) {
        for (const { key, payload } of rows) {
          const verdict = payload.accountId === 'a-ana' ? 'pass' : 'fail';
          const about = { connection, subjectId: key, facts: {} };
          yield { ...about, verdict, reason: 'said' };
        }
      }
    }
  }),
  subjectKind: 'credential',
  requires: ['credentials'],
};

describe('an organization that falls silent', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function start(id: TestDatabaseId) {
    const t = await createTestChecks(
      await databases.init(id),
      ...([
        adminMfa,
        adminLimited,
        apiTokenHygiene,
        listed,
      ] as ConfluenceCheck[]),
    );
    await t.company();
    t.organizations.push({ ...organization });
    await t.read(directory, [
      entry('a-ana', ORG_ADMIN),
      entry('a-ben', ORG_ADMIN),
      entry('a-nobody', [], ['atlassian/admin']),
      entry('a-user', []),
    ]);
    await t.read(tokens, [token('fine', 'a-ana'), token('long', 'a-nobody')]);
    await t.read(services, []);
    await t.runAll();
    expect(await t.results(adminMfa.id)).toEqual({
      'site:acme|a-ana': 'pass mfa-enabled',
      'site:acme|a-ben': 'fail mfa-disabled',
      'site:acme|a-nobody': 'fail mfa-disabled',
    });
    const open = async (checkId: string) =>
      (await t.findings({ check: checkId })).items
        .map(({ subject }) => subject.id)
        .sort();
    return { ...t, open };
  }

  it.each(databases.eachSupportedId())(
    'resolves nothing when it is taken from the connection, %p',
    async id => {
      const t = await start(id);
      expect(await t.results(apiTokenHygiene.id)).toEqual({
        'api-token/fine': 'pass token-in-order',
        'api-token/long': 'fail token-lives-too-long',
      });
      expect(await t.results(listed.id)).toEqual({
        'api-token/fine': 'pass said',
        'api-token/long': 'fail said',
      });

      t.organizations.splice(0, 1, { ...organization, source: undefined });
      const unknown = 'unknown no-organization-key';
      // Again and again.
      for (const _ of [1, 2]) {
        await t.runAll();
        expect(await t.results(adminMfa.id)).toEqual({
          'site:acme|a-ben': unknown,
          'site:acme|a-nobody': unknown,
          'site:acme|admins': unknown,
        });
        expect(await t.results(adminLimited.id)).toMatchObject({
          'site:acme|a-ben': unknown,
          'site:acme|count': unknown,
        });
        expect(await t.open(adminMfa.id)).toEqual([
          'site:acme|a-ben',
          'site:acme|a-nobody',
          'site:acme|admins',
        ]);
        expect(await t.results(apiTokenHygiene.id)).toMatchObject({
          'api-token/long': unknown,
        });
        // Nothing of it can be read: a pass proves nothing either.
        expect(await t.results(listed.id)).toEqual({
          'api-token/fine': unknown,
          'api-token/long': unknown,
        });
      }
      const { counts } = await t.checks.run(listed.id, signal);
      expect(counts).toMatchObject({ pass: 0, fail: 0, unknown: 2 });

      t.organizations.splice(0, 1, { ...organization });
      await t.read(directory, [entry('a-ana', ORG_ADMIN), entry('a-ben', [])]);
      await t.read(tokens, [token('fine', 'a-ana')]);
      await t.runAll();
      expect(await t.results(adminMfa.id)).toEqual({
        'site:acme|a-ana': 'pass mfa-enabled',
      });
      expect(await t.results(listed.id)).toEqual({
        'api-token/fine': 'pass said',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'resolves nothing on an account of which it does not say the roles any more, %p',
    async id => {
      const t = await start(id);
      await t.read(directory, [
        entry('a-ana', ORG_ADMIN),
        entry('a-ben', null),
        entry('a-nobody', []),
        entry('a-user', null),
      ]);
      await t.runAll();
      // Whoever was never an administrator is none now, and who is said to be none, too.
      expect(await t.results(adminMfa.id)).toEqual({
        'site:acme|a-ana': 'pass mfa-enabled',
        'site:acme|a-ben': 'unknown roles-not-said',
        'site:acme|admins': 'unknown roles-not-said',
      });
      expect(await t.results(adminLimited.id)).toEqual({
        'site:acme|a-ana': 'unknown approved-admins-not-told',
        'site:acme|a-ben': 'unknown roles-not-said',
        'site:acme|count': 'unknown roles-not-said',
      });
      expect(await t.open(adminMfa.id)).toEqual([
        'site:acme|a-ben',
        'site:acme|admins',
      ]);
      await t.read(directory, [
        entry('a-ana', ORG_ADMIN),
        entry('a-ben', []),
        entry('a-user', []),
      ]);
      await t.runAll();
      expect(await t.open(adminMfa.id)).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'resolves nothing while nobody knows which site it is about, %p',
    async id => {
      const t = await start(id);
      t.organizations.splice(0, 1, { ...organization, resource: undefined });
      await t.runAll();
      expect(await t.results(adminMfa.id)).toEqual({
        'site:acme|a-ana': 'pass mfa-enabled',
        'site:acme|a-ben': 'fail mfa-disabled',
        'site:acme|a-nobody': 'unknown site-unknown',
        'site:acme|admins': 'unknown site-unknown',
      });
    },
  );
});
