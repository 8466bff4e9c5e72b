// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import fc from 'fast-check';
import type { Container, ObservedRow, ReadOutcome } from '../history';
import { z } from 'zod';
import { createTestChecks } from './__testUtils__';
import { plainVerdicts } from './__testUtils__/plainVerdicts';
import { GRACE_DAYS, MOST_EDITORS } from './__testUtils__/oversightSites';
import { open, SiteRead, sites, verdictsOf } from './__testUtils__/sites';
import { told } from './__testUtils__/toldSites';
import { OWNERS, POLICIES } from './__testUtils__/upkeepSites';
import { acknowledged } from './builtin/acknowledged';
import { activeOwner } from './builtin/activeOwner';
import { adminLimited } from './builtin/adminLimited';
import { adminMfa } from './builtin/adminMfa';
import { apiTokenHygiene } from './builtin/apiTokenHygiene';
import { approvedVersionCurrent } from './builtin/approvedVersionCurrent';
import { appWriteAccess } from './builtin/appWriteAccess';
import { auditLogActive } from './builtin/auditLogActive';
import { centrallyProvisioned } from './builtin/centrallyProvisioned';
import { criticalSystemValid } from './builtin/criticalSystemValid';
import { documentSetUp } from './builtin/documentSetUp';
import { editRestricted } from './builtin/editRestricted';
import { evidenceFresh } from './builtin/evidenceFresh';
import { externalApproved } from './builtin/externalApproved';
import { inactiveAccount } from './builtin/inactiveAccount';
import { mfaEnabled } from './builtin/mfaEnabled';
import { noAnonymous } from './builtin/noAnonymous';
import { noDirectGrants } from './builtin/noDirectGrants';
import { ownerActive } from './builtin/ownerActive';
import { reviewedOnTime } from './builtin/reviewedOnTime';
import { reviewOnCadence } from './builtin/reviewOnCadence';
import { revocationsVerified } from './builtin/revocationsVerified';
import { serviceIdentityOwned } from './builtin/serviceIdentityOwned';
import { sharedAccount } from './builtin/sharedAccount';
import { spaceAdminJustified } from './builtin/spaceAdminJustified';
import { structureComplete } from './builtin/structureComplete';
import { userIdentified } from './builtin/userIdentified';

jest.setTimeout(600_000);

/** A check that is told what the configuration tells others. */
const tell = <S extends z.ZodType>(
  { parameters, ...check }: ConfluenceCheck<S>,
  values: object,
) => ({ ...check, parameters: z.preprocess(() => values, parameters) });

/** The owners of the first space of whatever site. */
const owners = Object.fromEntries(
  Array.from({ length: 2_000 }, (_, n) => `site${n}`).map(site => [
    `${site}/K0`,
    [...OWNERS.accounts.map(number => `${site}-a${number}`), ...OWNERS.groups],
  ]),
);

const reviewed = Object.fromEntries(
  POLICIES.flatMap((policy, n) =>
    'reviewed' in policy ? [[`p${n}`, policy.reviewed]] : [],
  ),
);

/** The runner always has `access.offboarded-removed`, too. */
const checks = [
  acknowledged,
  activeOwner,
  tell(adminLimited, told.admins),
  adminMfa,
  apiTokenHygiene,
  approvedVersionCurrent,
  tell(appWriteAccess, told.apps),
  auditLogActive,
  centrallyProvisioned,
  criticalSystemValid,
  documentSetUp,
  tell(editRestricted, { most: MOST_EDITORS }),
  evidenceFresh,
  tell(externalApproved, told.external),
  inactiveAccount,
  mfaEnabled,
  noAnonymous,
  noDirectGrants,
  ownerActive,
  tell(reviewedOnTime, { reviewed }),
  tell(reviewOnCadence, { graceDays: GRACE_DAYS }),
  revocationsVerified,
  tell(serviceIdentityOwned, told.services),
  sharedAccount,
  tell(spaceAdminJustified, { owners }),
  structureComplete,
  userIdentified,
] as ConfluenceCheck[];

/** `CHECK_RUNS` asks for more than the usual number of sites. */
const numberOfRuns = (id: string) =>
  Number(process.env.CHECK_RUNS ?? (id.startsWith('POSTGRES') ? 3 : 10));

const FINDINGS = ['fail', 'warning', 'unknown'];

/** A read that does not see all there is. */
interface BadRead {
  /** Which of the containers of the site. */
  pick: number;
  how: 'partial' | 'not-visible' | 'failed' | 'refused' | 'out-of-sight';
  /** Which rows it sees, bit by bit. */
  sees: number;
}

const badReads: fc.Arbitrary<BadRead[]> = fc.array(
  fc.record({
    // The first are people, whom most checks rest on.
    pick: fc.oneof(fc.constant(0), fc.nat({ max: 100 })),
    how: fc.constantFrom<BadRead['how']>(
      'partial',
      'not-visible',
      'failed',
      'refused',
      'out-of-sight',
    ),
    sees: fc.nat({ max: 2 ** 15 - 1 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** What such a read stages, and how it ends. A whole read is refused where more than ten rows vanish. */
function worse(
  reads: SiteRead[],
  { pick, how, sees }: BadRead,
  nth: number,
): {
  container: Container;
  rows: ObservedRow[];
  outcome: ReadOutcome;
  scope?: string;
} {
  const { container, rows } = reads[pick % reads.length];
  const some = rows.filter((_, n) => Math.floor(sees / 2 ** n) % 2 === 1);
  if (how === 'refused') {
    return rows.length > 10
      ? { container, rows: [], outcome: 'complete' }
      : { container, rows: some, outcome: 'partial' };
  }
  if (how === 'out-of-sight') {
    // Another credential sees less, and says so of all of it. What the same one misses later is gone.
    const scope = `less ${nth}`;
    return { container, rows: some, outcome: 'complete', scope };
  }
  return { container, rows: how === 'partial' ? some : [], outcome: how };
}

/** Whether the check of a subject cannot do without the organization. */
const ofOrganization = (subject: string) =>
  checks.some(
    ({ id, requires }) =>
      subject.startsWith(`${id} `) && requires.includes('directory'),
  );

/** Subjects of findings that are none any more. */
const resolved = (
  before: Record<string, string>,
  after: Record<string, string>,
) =>
  Object.keys(before).filter(
    subject =>
      FINDINGS.includes(before[subject]) && !FINDINGS.includes(after[subject]),
  );

describe('the checks of any site', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'say what a plain reading of their rules says, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id), ...checks);
      let sitesSeen = 0;
      const rule = fc.asyncProperty(sites, async site => {
        const connection = `site${(sitesSeen += 1)}`;
        await open(t, connection, site);
        await t.runAll();
        const found = await verdictsOf(t, connection);
        expect(found).toEqual(plainVerdicts(connection, site));
      });
      await fc.assert(rule, { numRuns: numberOfRuns(id) });
      expect(sitesSeen).toBeGreaterThan(0);
    },
  );

  it.each(databases.eachSupportedId())(
    'resolve nothing that rests on an organization when it says less or is taken away, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id), ...checks);
      let sitesSeen = 0;
      const rule = fc.asyncProperty(sites, async any => {
        const connection = `site${(sitesSeen += 1)}`;
        const site = { ...any, hasOrganization: true };
        const reads = await open(t, connection, site);
        await t.runAll();
        const resolvesNothing = async () => {
          const before = await verdictsOf(t, connection);
          await t.runAll();
          const ended = resolved(before, await verdictsOf(t, connection));
          expect(ended.filter(ofOrganization)).toEqual([]);
        };
        for (const { container, rows } of reads) {
          if (container.dataset === 'directory') {
            const silent = rows.map(({ payload, ...row }) => ({
              ...row,
              payload: { ...payload, platformRoles: null },
            }));
            await t.read(container, silent);
          }
        }
        await resolvesNothing();
        t.organizations.splice(0, Infinity, { connection, source: undefined });
        await resolvesNothing();
      });
      await fc.assert(rule, { numRuns: numberOfRuns(id) });
      expect(sitesSeen).toBeGreaterThan(0);
    },
  );

  it.each(databases.eachSupportedId())(
    'resolve nothing after a read that was partial, not visible, failed, refused or of a lesser credential, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id), ...checks);
      let sitesSeen = 0;
      const rule = fc.asyncProperty(sites, badReads, async (site, bad) => {
        const connection = `site${(sitesSeen += 1)}`;
        const reads = await open(t, connection, site);
        await t.runAll();
        const before = await verdictsOf(t, connection);
        let mayNotEnd = (_: string) => true;
        for (const [nth, each] of bad.entries()) {
          const { container, rows, outcome, scope } = worse(reads, each, nth);
          await t.read(container, rows, outcome, scope);
          await t.runAll();
          const after = await verdictsOf(t, connection);
          if (scope) {
            // That nothing was read lately is over with any whole read.
            mayNotEnd = subject => !subject.startsWith(evidenceFresh.id);
          }
          const ended = resolved(before, after).filter(mayNotEnd);
          expect(ended).toEqual([]);
          // Nor does anything pass that was not judged before.
          const passing = Object.keys(after).filter(
            subject => after[subject] === 'pass' && !(subject in before),
          );
          expect(passing).toEqual([]);
        }
      });
      await fc.assert(rule, { numRuns: numberOfRuns(id) });
      expect(sitesSeen).toBeGreaterThan(0);
    },
  );
});
