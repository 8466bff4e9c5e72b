// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  AccountGrant,
  PathStep,
  SpaceGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CardReads,
  Effect,
  Lookups,
  Principal,
  PrincipalAccess,
  Revision,
  SpaceAccess,
} from '../history';

/** Where grants are described. */
export interface GrantPlace {
  connection: string;
  revision: Revision;
  /** Accounts stand on their own paths, too: which of several it is has to be said. */
  showAccounts?: boolean;
}

/** What accounts can do, as the contract has it. */
export async function toAccountGrants(
  { cards, lookups }: { cards: CardReads; lookups: Lookups },
  items: Array<SpaceAccess & Partial<Effect>>,
  { connection, revision, showAccounts = false }: GrantPlace,
): Promise<AccountGrant[]> {
  const refs = items.map(({ space }) => ({
    connection,
    id: `space:${space.id}`,
  }));
  const resource = await lookups.resources(refs, revision);
  const step = await stepsOf(
    cards,
    connection,
    items.map(({ principal }) => principal),
    revision,
  );
  return items.flatMap(item => {
    const { space, principal, level, operations, role, since } = item;
    const found = resource(connection, `space:${space.id}`);
    const own = principal.type === 'account' && !showAccounts;
    return found
      ? {
          level,
          operations,
          role,
          resource: found,
          path: own ? [] : [step(principal)],
          since,
          effective: item.effective,
          why: item.why,
        }
      : [];
  });
}

/** What principals can do in a space, as the contract has it. */
export async function toSpaceGrants(
  cards: CardReads,
  items: PrincipalAccess[],
  { connection, revision }: GrantPlace,
): Promise<SpaceGrant[]> {
  const principals = items.map(({ principal }) => principal);
  const step = await stepsOf(cards, connection, principals, revision);
  const idsOf = (type: string) =>
    principals.filter(one => one.type === type).map(({ id }) => id);
  const inGroups = await cards.membersWithFindings(
    connection,
    idsOf('group'),
    revision,
  );
  const found = await cards.accounts(connection, idsOf('account'), revision);
  const accounts = new Map(found.map(one => [one.accountId, one]));
  const judged = ({ type, id }: Principal) => {
    if (type === 'group') {
      const { members = 0, excepted } = inGroups.get(id) ?? {};
      return { findings: members, ...(excepted && { excepted }) };
    }
    const account = type === 'account' ? accounts.get(id) : undefined;
    return (
      account && {
        findings: account.findings,
        ...(account.excepted && { excepted: account.excepted }),
        marks: marksOf(account),
      }
    );
  };
  return items.map(({ principal, ...item }) => ({
    principal: step(principal),
    ...judged(principal),
    members: item.members,
    level: item.level,
    operations: item.operations,
    role: item.role,
    since: item.since,
    effective: item.effective,
    why: item.why,
  }));
}

/** What of an account asks for a second look; a leaver has findings. */
function marksOf({
  class: is,
  person,
}: Account): NonNullable<SpaceGrant['marks']> {
  const isMachine = is === 'app' || is === 'service';
  return [
    ...(is === 'guest' ? (['guest'] as const) : []),
    ...(!person && !isMachine ? (['unidentified'] as const) : []),
  ];
}

/** Access classes that Confluence has today, in the words of the portal; others show as they are. */
const classNames: Record<string, string> = {
  'anonymous-users': 'Anybody on the internet',
  'authenticated-users': 'Everybody signed in',
  'all-licensed-users': 'Everybody with a license',
  'all-product-admins': 'All product admins',
};

/** Says of principals what kind they are, their names and where the catalog has them. */
export async function stepsOf(
  cards: CardReads,
  connection: string,
  principals: Principal[],
  revision: Revision,
): Promise<(principal: Principal) => PathStep> {
  const idsOf = (type: string) =>
    principals.filter(one => one.type === type).map(({ id }) => id);
  const groups = await cards.groupRefs(connection, idsOf('group'));
  const found = await cards.accounts(connection, idsOf('account'), revision);
  const accounts = new Map(found.map(one => [one.accountId, one.entityRef]));
  return ({ type, id, name }) => {
    switch (type) {
      case 'account':
        return { kind: type, id, name, entityRef: accounts.get(id) };
      case 'group':
        return { kind: type, id, name, entityRef: groups.get(id) };
      default:
        return {
          kind: 'access-class',
          // A new word of Atlassian's is told apart from the classes.
          id: type === 'access-class' ? id : `${type}:${id}`,
          name: Object.hasOwn(classNames, id) ? classNames[id] : undefined,
        };
    }
  };
}
