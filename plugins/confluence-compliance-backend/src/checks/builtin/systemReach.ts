// SPDX-License-Identifier: Apache-2.0
import type {
  CheckCriticalSystem,
  CheckData,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { ReviewDecisions } from './reviewDecisions';

/** Who reaches a critical system, and who may by its rule. Accounts are numbers of `Reach`. */
interface SystemReach {
  system: CheckCriticalSystem;
  reached: Set<number>;
  allowed: Set<number>;
  /** Whom a group reaches that a review keeps, without having decided on who is in it. */
  unsettled: Set<number>;
  /** Names of access classes that reach it, such as `anonymous-users`. */
  classes: Set<string>;
  /** Groups of its rule that the site does not have. */
  noGroups: string[];
}

/**
 * Who reaches the critical systems of a connection by groups and grants, read in one pass over the
 * memberships. Each account id is kept once, so that many systems cost little more than one.
 */
export class Reach {
  readonly systems: SystemReach[] = [];
  readonly #numbers = new Map<string, number>();

  static async read(
    data: CheckData,
    connection: string,
    systems: CheckCriticalSystem[],
  ): Promise<Reach> {
    const reach = new Reach();
    const groupIds = await idsOfGroups(data, connection, systems);
    /** What being in a group adds to: sets of accounts by group id. */
    const adds = new Map<string, Set<number>[]>();
    const sites: Set<number>[] = [];
    /** Systems by the group that a review keeps there; every group of a site by `undefined`. */
    const kept = new Map<string | undefined, SystemReach[]>();
    const keep = (group: string | undefined, system: SystemReach) =>
      kept.set(group, [...(kept.get(group) ?? []), system]);
    const decisions = systems.some(({ rule }) => rule.kind === 'reviewed')
      ? await ReviewDecisions.read(data, connection)
      : undefined;
    const add = (group: string, to: Set<number>) =>
      adds.set(group, [...(adds.get(group) ?? []), to]);
    for (const system of systems) {
      const found: SystemReach = {
        system,
        reached: new Set(),
        allowed: new Set(),
        unsettled: new Set(),
        classes: new Set(),
        noGroups: [],
      };
      reach.systems.push(found);
      if (system.rule.kind === 'groups') {
        for (const name of system.rule.groups) {
          const ids = groupIds.get(name) ?? [];
          ids.forEach(id => add(id, found.allowed));
          found.noGroups.push(...(ids.length > 0 ? [] : [name]));
        }
      }
      if (system.spaceId === undefined) {
        sites.push(found.reached);
        if (system.rule.kind === 'reviewed') {
          keep(undefined, found);
        }
      } else {
        const groups = await reach.#readGrants(
          data,
          connection,
          found,
          decisions,
        );
        groups.forEach(id => {
          add(id, found.reached);
          if (decisions && isKept(decisions, found, 'group', id)) {
            keep(id, found);
          }
        });
      }
    }
    for await (const rows of data.memberships(connection)) {
      for (const { groupId, accountId } of rows.map(row => row.payload)) {
        const to = adds.get(groupId) ?? [];
        if (to.length + sites.length > 0) {
          const number = reach.#numberOf(accountId);
          to.forEach(set => set.add(number));
          sites.forEach(set => set.add(number));
          for (const found of kept.get(groupId) ?? []) {
            const decision = decisions?.on(membership(groupId, accountId));
            if (decision === 'keep') {
              found.allowed.add(number);
            } else if (decision === undefined) {
              found.unsettled.add(number);
            }
          }
          for (const found of kept.get(undefined) ?? []) {
            if (decisions?.on(membership(groupId, accountId)) === 'keep') {
              found.allowed.add(number);
            }
          }
        }
      }
    }
    return reach;
  }

  /** The number of an account; undefined for one that reaches nothing. */
  numberOf(accountId: string): number | undefined {
    return this.#numbers.get(accountId);
  }

  /** All accounts that a group or a grant speaks of. */
  accounts(): Iterable<[accountId: string, number: number]> {
    return this.#numbers;
  }

  #numberOf(accountId: string): number {
    const known = this.#numbers.get(accountId);
    if (known !== undefined) {
      return known;
    }
    this.#numbers.set(accountId, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** Takes what accounts and access classes are granted; gives the groups. */
  async #readGrants(
    data: CheckData,
    connection: string,
    found: SystemReach,
    decisions: ReviewDecisions | undefined,
  ): Promise<Set<string>> {
    const { system, reached, classes } = found;
    const groups = new Set<string>();
    for await (const rows of data.grants(connection, {
      spaceId: system.spaceId,
    })) {
      for (const { principalType, principalId } of rows.map(r => r.payload)) {
        if (principalType === 'group') {
          groups.add(principalId);
        } else if (principalType === 'account') {
          reached.add(this.#numberOf(principalId));
          if (decisions && isKept(decisions, found, 'account', principalId)) {
            found.allowed.add(this.#numberOf(principalId));
          }
        } else {
          // A principal of a kind never heard of is not known to be anybody in particular either.
          classes.add(principalId);
        }
      }
    }
    return groups;
  }
}

function membership(container: string, principalId: string) {
  return {
    dataset: 'memberships' as const,
    container,
    principalType: 'account',
    principalId,
  };
}

/** Whether the last review that decided on what a space grants somebody keeps it, where that counts. */
function isKept(
  decisions: ReviewDecisions,
  { system: { rule, spaceId = '' } }: SystemReach,
  principalType: string,
  principalId: string,
): boolean {
  const dataset = 'grants' as const;
  return (
    rule.kind === 'reviewed' &&
    decisions.on({
      dataset,
      container: spaceId,
      principalType,
      principalId,
    }) === 'keep'
  );
}

/** Ids of the groups that rules name; several groups can have one name. */
async function idsOfGroups(
  data: CheckData,
  connection: string,
  systems: CheckCriticalSystem[],
): Promise<Map<string, string[]>> {
  const names = new Set(
    systems.flatMap(({ rule }) => (rule.kind === 'groups' ? rule.groups : [])),
  );
  const ids = new Map<string, string[]>();
  if (names.size > 0) {
    for await (const rows of data.groups(connection)) {
      for (const { key, payload } of rows) {
        if (names.has(payload.name)) {
          ids.set(payload.name, [...(ids.get(payload.name) ?? []), key]);
        }
      }
    }
  }
  return ids;
}
