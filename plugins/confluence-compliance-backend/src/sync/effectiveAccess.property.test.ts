// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Changes } from '@confluence-compliance/atlassian-sandbox';
import fc from 'fast-check';
import {
  type AccessRig,
  startAccessRig,
  trueWays,
  waysOf,
} from './__testUtils__/effective';
import { rowsOf, syncNow } from './__testUtils__/rig';

jest.setTimeout(600_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let t: AccessRig | undefined;

afterEach(async () => {
  await t?.rig.close();
  t = undefined;
});

const account = fc.constantFrom(
  'tamsin.vega',
  'ulrich.bonney',
  'victor.amsel',
  'wanda.ilesanmi',
  'bram.okafor',
  'hugo.reyes',
  'olga.fairweather',
  'zoe.karlsson',
  'release-notes-bot',
);
const group = fc.constantFrom(
  'engineering',
  'security-team',
  'Finance',
  'finance',
  'project-atlas',
);
const space = fc.constantFrom('POL', 'ENG', 'PPL', 'HELP', 'ATLAS');
const role = fc.constantFrom(
  'Viewer',
  'Collaborator',
  'Manager',
  'Admin',
  'Auditor',
);
const principal = fc.oneof(
  fc.record({ account }),
  fc.record({ group }),
  fc.record({
    accessClass: fc.constantFrom(
      'anonymous-users' as const,
      'authenticated-users' as const,
      'all-licensed-users' as const,
      'all-product-admins' as const,
    ),
  }),
);

type Act = (changes: Changes) => void;

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ account, group }).map(
    (args): Act =>
      c =>
        c.addToGroup(args),
  ),
  fc.record({ account, group }).map(
    (args): Act =>
      c =>
        c.removeFromGroup(args),
  ),
  fc
    .record({
      account,
      how: fc.constantFrom('deactivate', 'reactivate', 'suspend', 'unsuspend'),
    })
    .map(
      ({ how, ...args }): Act =>
        c =>
          c[how as 'suspend'](args),
    ),
  // Out of the group that gives the license.
  account.map(
    (name): Act =>
      c =>
        c.removeFromGroup({
          account: name,
          group: 'confluence-users-northwind',
        }),
  ),
  fc.tuple(space, role, principal).map(
    ([inSpace, given, to]): Act =>
      c =>
        c.assignRole({ space: inSpace, role: given, ...to }),
  ),
  fc.tuple(space, principal).map(
    ([inSpace, to]): Act =>
      c =>
        c.unassignRole({ space: inSpace, ...to }),
  ),
  fc.tuple(space, principal).map(([inSpace, to]): Act => grantIn(inSpace, to)),
  fc.constantFrom('ROLES' as const, 'PRE_ROLES' as const).map(
    (mode): Act =>
      c =>
        c.setRoleMode({ mode }),
  ),
);

/** A permission of its own, which counts where the site has no roles. */
function grantIn(
  inSpace: string,
  to: { account?: string; group?: string; accessClass?: string },
): Act {
  return changes => {
    const { grants, id } = changes.space(inSpace);
    const principalType = to.account
      ? ('user' as const)
      : (to.group && ('group' as const)) || ('access-class' as const);
    const principalId =
      (to.account && changes.account(to.account).accountId) ??
      (to.group && changes.group(to.group).id) ??
      String(to.accessClass);
    const key = 'read';
    const known = grants.some(
      one => one.principalId === principalId && one.key === key,
    );
    if (!known) {
      grants.push({
        id: `${id}x${grants.length}`,
        principalType,
        principalId,
        key,
        targetType: 'space',
      });
    }
  };
}

const INTERNET = 'access-class:anonymous-users';

/** Of whom or what it is never said how it is, and why. */
const OPEN = ['org-admin', 'app-account', 'class-unknown'];

describe('Effective access on random sites', () => {
  it('is what the sandbox says, by every way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('ROLES' as const, 'PRE_ROLES' as const),
        fc.array(fc.array(act, { maxLength: 12 }), {
          minLength: 1,
          maxLength: 3,
        }),
        async (roleMode, steps) => {
          const knex = await databases.init('SQLITE_3');
          t = await startAccessRig(knex, { roleMode });
          const { sandbox } = t.rig;
          for (const step of steps) {
            step.forEach(change => change(sandbox.changes));
            sandbox.world.revision += 1;
            await syncNow(t.replica);
            const known = await rowsOf(t.replica.history, 'accounts');
            for (const { accountId } of sandbox.world.accounts.values()) {
              const granted = await t.grantedBySpace(accountId);
              for (const { id, key } of sandbox.world.spaces.values()) {
                const items = granted[id] ?? [];
                const what = { accountId, key };
                // Of an account that the site never showed nothing is said, not even that it is on the internet.
                const truth = trueWays(sandbox, accountId, key).filter(
                  way => known[accountId] || !way.endsWith(INTERNET),
                );
                const yes = waysOf(items, 'yes');
                const open = waysOf(items, 'perhaps');
                const wrong = yes.filter(way => !truth.includes(way));
                const missed = truth.filter(
                  way => !yes.includes(way) && !open.includes(way),
                );
                expect({ ...what, wrong, missed }).toEqual({
                  ...what,
                  wrong: [],
                  missed: [],
                });
                for (const { effective, why } of items) {
                  expect(effective === 'yes').toBe(why === undefined);
                }
                const reasons = items
                  .filter(({ effective }) => effective === 'perhaps')
                  .map(({ why }) => why?.code);
                expect(OPEN).toEqual(expect.arrayContaining(reasons));
              }
            }
          }
          await t.rig.close();
          t = undefined;
          await knex.destroy();
        },
      ),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 8), seed: 20261128 },
    );
  });
});
