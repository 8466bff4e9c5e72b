// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { CheckDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { createConfiguredChecks, OFFBOARDED } from './__testUtils__';
import { open } from './__testUtils__/sites';
import { soundSite, toldOn } from './__testUtils__/soundSite';
import { builtinChecks } from './builtin';

jest.setTimeout(300_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const runnable = builtinChecks.filter(
  ({ state }) => state === 'ready' || state === 'needs-organization-key',
);

/** What is read of the sound site. What is known of the audit log is not of its container. */
const DATASETS: CheckDataset[] = [
  'accounts',
  'credentials',
  'directory',
  'grants',
  'groups',
  'labels',
  'memberships',
  'pages',
  'people',
  'restrictions',
  'spaces',
];
const OUTCOMES = ['failed', 'partial', 'not-visible'] as const;

/** The checks that judge the pages of policies. */
const OF_POLICIES = [
  'policy.acknowledged',
  'policy.approved-version-current',
  'policy.document-set-up',
  'policy.edit-restricted-read-open',
  'policy.owner-active',
  'policy.reviewed-on-time',
  'policy.structure-complete',
];

/** The checks that do not pass without a dataset. */
const NEEDED_BY: Record<string, string[]> = {
  accounts: [
    'access.centrally-provisioned',
    'access.critical-system-valid',
    'access.external-approved',
    'access.inactive-account',
    'access.no-direct-grants',
    'access.offboarded-removed',
    'access.shared-account',
    'access.user-identified',
    'auth.mfa-enabled',
    'nhi.api-token-hygiene',
    'nhi.service-identity-owned',
    'policy.edit-restricted-read-open',
    'policy.owner-active',
    'space.active-owner',
    'space.app-write-access',
  ],
  credentials: ['nhi.api-token-hygiene'],
  directory: [
    'access.centrally-provisioned',
    'access.inactive-account',
    'auth.admin-mfa',
    'auth.mfa-enabled',
    'nhi.api-token-hygiene',
    'priv.admin-limited',
  ],
  grants: [
    'access.critical-system-valid',
    'access.no-direct-grants',
    'policy.edit-restricted-read-open',
    'priv.space-admin-justified',
    'space.active-owner',
    'space.app-write-access',
    'space.no-anonymous',
  ],
  groups: [
    'access.critical-system-valid',
    'access.offboarded-removed',
    'access.user-identified',
    'policy.edit-restricted-read-open',
    'priv.space-admin-justified',
    'space.app-write-access',
  ],
  labels: OF_POLICIES,
  memberships: [
    'access.critical-system-valid',
    'access.offboarded-removed',
    'access.user-identified',
    'policy.edit-restricted-read-open',
    'space.active-owner',
    'space.app-write-access',
  ],
  pages: OF_POLICIES,
  people: [
    'access.critical-system-valid',
    'access.external-approved',
    'access.offboarded-removed',
    'access.shared-account',
    'access.user-identified',
    'nhi.api-token-hygiene',
    'nhi.service-identity-owned',
    'policy.owner-active',
    'space.active-owner',
  ],
  restrictions: ['policy.edit-restricted-read-open'],
  spaces: [
    'access.no-direct-grants',
    'priv.space-admin-justified',
    'space.active-owner',
    'space.app-write-access',
    'space.no-anonymous',
  ],
};

/** Those that do not pass either when it never was read: then not even its subjects are known. */
const NEEDED_ONCE: Record<string, string[]> = {
  accounts: ['review.on-cadence'],
  spaces: ['access.critical-system-valid', ...OF_POLICIES, 'review.on-cadence'],
};

/** The evidence of a connection says itself what is not whole, of what the connection is read for. */
const FRESH = 'integration.evidence-fresh';
const NOT_EVIDENCE = ['credentials', 'people', 'restrictions'];

async function start(id: Parameters<typeof databases.init>[0]) {
  const connections = ['whole', ...DATASETS.map(name => `no-${name}`)];
  const t = await createConfiguredChecks(
    await databases.init(id),
    toldOn(connections),
    ...runnable.filter(check => check.id !== OFFBOARDED),
  );
  /** The verdict of each check, and why it is unknown. */
  const verdicts = async () => {
    await t.runAll();
    const all = (await t.checks.list()).map(
      ({ id: check, verdict, reason }) =>
        [
          check,
          verdict === 'unknown' ? `unknown ${reason?.code}` : `${verdict}`,
        ] as const,
    );
    return Object.fromEntries(all);
  };
  return { ...t, verdicts };
}

/** Those of the checks that say other than pass. */
const notPassing = (verdicts: Record<string, string>) =>
  Object.keys(verdicts)
    .filter(check => verdicts[check] !== 'pass')
    .sort();

/** The same, but for the evidence; each is unknown and says why. */
function unknown(verdicts: Record<string, string>) {
  const checks = notPassing(verdicts).filter(check => check !== FRESH);
  for (const check of checks) {
    expect([check, verdicts[check]]).toEqual([
      check,
      expect.stringMatching(/^unknown [a-z-]+$/),
    ]);
  }
  return checks;
}

describe('a dataset that is not whole', () => {
  it.each(databases.eachSupportedId())(
    'passes no check that needs it, and concerns none that does not, %p',
    async id => {
      const t = await start(id);
      const reads = await open(t, 'whole', soundSite);
      expect(notPassing(await t.verdicts())).toEqual([]);
      for (const dataset of DATASETS) {
        const own = reads.filter(read => read.container.dataset === dataset);
        for (const outcome of OUTCOMES) {
          for (const { container } of own) {
            await t.read(container, [], outcome);
          }
          const verdicts = await t.verdicts();
          const found = unknown(verdicts);
          expect([dataset, outcome, verdicts[FRESH]]).toEqual([
            dataset,
            outcome,
            NOT_EVIDENCE.includes(dataset) ? 'pass' : 'fail',
          ]);
          expect({ dataset, outcome, found }).toEqual({
            dataset,
            outcome,
            found: NEEDED_BY[dataset],
          });
          for (const { container, rows } of own) {
            await t.read(container, rows);
          }
        }
        expect(notPassing(await t.verdicts())).toEqual([]);
      }
    },
  );

  it.each(databases.eachSupportedId())(
    'passes no check that needs it when it was never read, %p',
    async id => {
      const t = await start(id);
      for (const dataset of DATASETS.filter(name => name !== 'people')) {
        await open(t, `no-${dataset}`, soundSite, dataset);
        const found = unknown(await t.verdicts());
        const never = NEEDED_ONCE[dataset] ?? [];
        expect({ dataset, found }).toEqual({
          dataset,
          found: [...NEEDED_BY[dataset], ...never].sort(),
        });
      }
    },
  );
});
