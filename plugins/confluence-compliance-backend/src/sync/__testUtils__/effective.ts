// SPDX-License-Identifier: Apache-2.0
import type {
  Sandbox,
  SandboxOptions,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import { groupBy } from 'lodash';
import { type AccountAccess, Lists } from '../../history';
import { CONNECTION, type Replica, type Rig, startRig } from './rig';

/** A synced site with an organization, to ask who can do what. */
export interface AccessRig {
  rig: Rig;
  replica: Replica;
  /** What the product says is granted to an account in a space, by names of the sandbox. */
  granted(account: string, space: string): Promise<AccountAccess[]>;
  /** The same in all spaces, by their ids. */
  grantedBySpace(account: string): Promise<Record<string, AccountAccess[]>>;
}

export async function startAccessRig(
  knex: Knex,
  sandbox: SandboxOptions = {},
): Promise<AccessRig> {
  const rig = await startRig({ knex, sandbox });
  const [connection] = rig.config.connections;
  connection.organization = rig.sandbox.credentials.organization;
  const replica = await rig.replica();
  const lists = await Lists.create({
    database: { getClient: async () => knex },
    catalog: { accounts: 'none' } as never,
    organizations: () => replica.connections.organizations(),
  });
  const grantedBySpace = async (account: string) => {
    const { items } = await lists.access.ofAccount({
      connection: CONNECTION,
      accountId: rig.sandbox.changes.account(account).accountId,
      revision: await replica.history.head(),
      limit: 500,
    });
    return groupBy(items, item => item.space.id);
  };
  const granted = async (account: string, space: string) => {
    const { id } = rig.sandbox.changes.space(space);
    return (await grantedBySpace(account))[id] ?? [];
  };
  return { rig, replica, granted, grantedBySpace };
}

/** `<operation>:<target> <path>` of what is granted with this effect, in order. */
export function waysOf(
  items: AccountAccess[],
  effective: AccountAccess['effective'],
): string[] {
  return items
    .filter(item => item.effective === effective)
    .flatMap(({ operations, principal: { type, id } }) =>
      operations.map(
        operation =>
          `${operation} ${type === 'account' ? 'direct' : `${type}:${id}`}`,
      ),
    )
    .sort();
}

/** The same as the sandbox reckons it. */
export function trueWays(
  sandbox: Sandbox,
  account: string,
  space: string,
): string[] {
  return sandbox
    .effectiveAccess(account, space)
    .map(({ operation, target, path }) => `${operation}:${target} ${path}`)
    .sort();
}
