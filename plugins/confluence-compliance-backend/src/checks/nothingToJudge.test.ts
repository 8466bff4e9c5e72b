// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { createTestChecks, OFFBOARDED } from './__testUtils__';
import { open, type Site } from './__testUtils__/sites';
import { soundSite } from './__testUtils__/soundSite';
import { builtinChecks } from './builtin';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const runnable = builtinChecks.filter(
  ({ state }) => state === 'ready' || state === 'needs-organization-key',
);

/** A site that was just made: nobody is there, nothing is asked for. */
const emptySite: Site = {
  hasOrganization: true,
  accounts: [],
  groups: [],
  spaces: [],
  upkeep: { ...soundSite.upkeep, tokens: [], pages: [], approvals: [] },
  oversight: {
    texts: [],
    restrictions: [],
    teams: [],
    acknowledgements: [],
    reviews: [],
    seenDaysAgo: 1,
    revoked: [],
  },
};

const notAsked = Object.fromEntries(
  runnable
    .filter(({ where }) => where && where !== 'revocations')
    .map(check => [check.id, 'not-applicable']),
);

describe('where there is nothing to judge', () => {
  it.each(databases.eachSupportedId())(
    'no check fails, and none passes without a connection, %p',
    async id => {
      const t = await createTestChecks(
        await databases.init(id),
        ...runnable.filter(check => check.id !== OFFBOARDED),
      );
      await open(t, 'empty', emptySite);
      t.config.policies = [];
      t.config.criticalSystems = [];
      const verdicts = async () => {
        await t.runAll();
        const checks = await t.checks.list();
        return Object.fromEntries(checks.map(own => [own.id, own.verdict]));
      };
      const empty = await verdicts();
      expect(empty).toEqual({
        ...Object.fromEntries(runnable.map(check => [check.id, 'pass'])),
        // An organization of nobody has an administrator that is not seen.
        'auth.admin-mfa': 'unknown',
        'priv.admin-limited': 'unknown',
        ...notAsked,
      });
      t.connections.splice(0, Infinity);
      expect(await verdicts()).toEqual(
        Object.fromEntries(runnable.map(check => [check.id, 'unknown'])),
      );
    },
  );
});
