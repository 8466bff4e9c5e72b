// SPDX-License-Identifier: Apache-2.0
import { createConfluenceWriter } from '@confluence-compliance/atlassian-client';
import {
  demoAccountId,
  type RoleMode,
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import type { Knex } from 'knex';
import type { ObservedRow } from '../../../history';
import { account, createTestReviews, member, tick } from '../../__testUtils__';
import { Removals, type RemovalsOptions } from '../Removals';

export const BOSS = 'user:default/boss';
export const ADMINS = 'confluence-admins-northwind';

type Credential =
  RemovalsOptions['config']['reviews']['removal']['credentials'][number];

/** A way to prove who removes, without its connection. */
export type Auth = Credential extends infer One
  ? One extends Credential
    ? Omit<One, 'connection'>
    : never
  : never;

/** The configuration of removals at a site of the sandbox. */
export function removalConfig(
  { siteUrl, authUrl, apiUrl }: Pick<Sandbox, 'siteUrl' | 'authUrl' | 'apiUrl'>,
  auth: Auth,
): RemovalsOptions['config'] {
  return {
    reviews: {
      templates: [],
      removal: {
        enabled: true,
        credentials: [{ connection: 'acme', ...auth } as Credential],
      },
    },
    connections: [
      { id: 'acme', site: siteUrl },
    ] as RemovalsOptions['config']['connections'],
    atlassian: { authUrl, apiUrl },
  };
}

/** A review of the space ENG of a sandbox, which a history has read, and its removals. */
export async function createSandboxReviews(
  knex: Knex,
  { roleMode = 'PRE_ROLES' }: { roleMode?: RoleMode } = {},
) {
  const sandbox = await startSandbox({ roleMode });
  const t = await createTestReviews(knex);
  t.removal.enabled = true;
  const space = sandbox.changes.space('ENG');
  const key = String(space.id);

  const grants = (): ObservedRow[] => {
    const flat =
      sandbox.world.roleModeOf(sandbox.world.cloudId) === 'ROLES'
        ? space.assignments.flatMap(({ role, ...principal }) =>
            role.operations.map(([operation, target]) => ({
              ...principal,
              operation,
              target,
              role: role.name,
            })),
          )
        : space.grants.map(({ key: operation, targetType, ...principal }) => ({
            ...principal,
            operation,
            target: targetType,
            role: null,
          }));
    return flat.map(
      ({ principalType, principalId, operation, target, role }) => {
        const kind = principalType === 'user' ? 'account' : principalType;
        return {
          key: [key, kind, principalId, operation, target].join('/'),
          payload: {
            spaceId: key,
            principalType: kind,
            principalId,
            operation,
            target,
            role,
          },
        };
      },
    );
  };
  /** Reads the space whole, and afterwards who has an account. */
  const sync = async () => {
    await tick();
    await t.read({ dataset: 'grants', key, rows: grants() });
    await tick();
    const accounts = [...sandbox.world.accounts.values()];
    await t.read({
      dataset: 'accounts',
      rows: accounts.map(({ accountId, status }) => account(accountId, status)),
    });
    await tick();
  };
  // Somebody besides Ulrich, and Bram, whose credential it is.
  sandbox.changes.addToGroup({ account: 'hugo.reyes', group: ADMINS });
  const group = sandbox.changes.group(ADMINS);
  await t.read({
    dataset: 'memberships',
    key: group.id,
    rows: [...group.members].map(({ accountId }) =>
      member(group.id, accountId),
    ),
  });
  const { name, type, status } = space;
  await t.read({
    dataset: 'spaces',
    rows: [{ key, payload: { key: space.key, name, type, status } }],
  });
  await sync();

  const { apiToken } = sandbox.credentials;
  const replica = (
    auth: Auth = { method: 'api-token', ...apiToken },
    createWriter = createConfluenceWriter,
  ) =>
    Removals.create({
      config: removalConfig(sandbox, auth),
      database: t.database,
      history: t.history,
      cards: t.cards,
      organizations: async () => t.organizations,
      createWriter,
    });
  const removals = await replica();
  const review = await t.started({ space: key });
  const revoke = async (principal: string) => {
    await t.decide(review, principal, 'revoke');
    return (await t.itemOf(review, principal)).id;
  };
  const previewOf = async (item: string, by = removals, actor = BOSS) =>
    (await by.preview(review, actor, [item])).items[0];
  return {
    ...t,
    close: () => sandbox.close(),
    grantsOf: (who: string) =>
      space.grants.filter(
        ({ principalId }) => principalId === demoAccountId(who),
      ),
    knex,
    confirmOf: async (...items: string[]) => {
      const { confirm = '' } = await removals.preview(review, BOSS, items);
      return { items, confirm };
    },
    entries: () =>
      knex('ledger_entries')
        .where('kind', 'like', 'review.removal-%')
        .orderBy('seq'),
    left: (who: string) =>
      sandbox
        .effectiveAccess(who, 'ENG')
        .filter(({ path }) => path === 'direct').length,
    previewOf,
    codeOf: async (item: string, by = removals, actor = BOSS) =>
      (await previewOf(item, by, actor)).refused?.code,
    removals,
    replica,
    review,
    revoke,
    revoked: (who: string) => revoke(demoAccountId(who)),
    sandbox,
    space,
    sync,
  };
}

export type SandboxReviews = Awaited<ReturnType<typeof createSandboxReviews>>;
