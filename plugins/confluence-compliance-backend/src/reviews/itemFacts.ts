// SPDX-License-Identifier: Apache-2.0
import type {
  Account,
  Severity,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type {
  CardReads,
  GrantPayload,
  History,
  Lists,
  Revision,
} from '../history';
import { type Covering, Previous } from './delta';
import type { ReviewPlan } from './plan';
import { recommend } from './recommend';
import type { ItemFacts, ItemSource } from './rows';
import type { Selected } from './Selection';

export interface FactsOptions {
  knex: Knex;
  history: History;
  lists: Pick<Lists, 'accountLinks' | 'findings' | 'timeOf'>;
  cards: Pick<CardReads, 'accounts'>;
  /** How much a finding of a check matters. */
  severityOf: (checkId: string) => Severity | undefined;
}

/** Where a membership leads: the spaces in which its group is granted something. */
export type Reach = NonNullable<ItemFacts['reach']>;

/** Spaces in which a group is granted something, and which it administers. */
export async function reachOf(
  history: Pick<History, 'rows'>,
  source: string,
  groupId: string,
  asOf: Revision,
): Promise<Reach> {
  const only = { principalType: 'group', principalId: groupId };
  const spaces = new Set<string>();
  const administered = new Set<string>();
  for await (const rows of history.rows('grants', { source, only, asOf })) {
    for (const { payload } of rows) {
      spaces.add(payload.spaceId);
      if (isAdmin(operationOf(payload))) {
        administered.add(payload.spaceId);
      }
    }
  }
  return { spaces: spaces.size, admin: administered.size };
}

/** An operation of a grant in one line, such as `read space`. */
export function operationOf({ operation, target }: GrantPayload): string {
  return `${operation} ${target}`;
}

/** Whether an operation administers a space. */
export function isAdmin(operation: string): boolean {
  return operation.startsWith('administer ');
}

/**
 * What reviewers see of some assignments of one container: as of the pinned revision, but findings and
 * activity as of now. Accounts are described as the list of accounts does it.
 */
export async function factsFor(
  { knex, history, lists, cards, severityOf }: FactsOptions,
  plan: ReviewPlan,
  covering: Covering,
  source: ItemSource,
  selected: Selected[],
  reach: Reach | undefined,
): Promise<ItemFacts[]> {
  const { revision: asOf } = plan;
  const { connection } = plan.scope;
  const assigned = selected.map(({ one }) => one);
  const ids = assigned.flatMap(one => (one.kind === 'account' ? one.id : []));
  const accounts = new Map<string, Account>();
  for (const account of await cards.accounts(connection, ids, asOf)) {
    accounts.set(account.accountId, account);
  }
  const findings = await findingsOf(
    lists,
    severityOf,
    connection,
    ids,
    await history.head(),
  );
  const previous = await Previous.of(knex, covering, plan, source, assigned);
  const times = new Map<Revision, string | undefined>();
  const all: ItemFacts[] = [];
  for (const { one, owned } of selected) {
    if (!times.has(one.opened)) {
      times.set(one.opened, await lists.timeOf(one.opened));
    }
    const account = accounts.get(one.id);
    const operations = [...one.operations].sort();
    const standing = { ...one, operations };
    const isAccount = one.kind === 'account';
    const known = {
      scope: source.scope,
      operations,
      admin: operations.some(isAdmin) || (reach?.admin ?? 0) > 0,
      since: times.get(one.opened),
      identified:
        !isAccount ||
        owned.ref !== undefined ||
        (account !== undefined && account.class !== 'person'),
      ...(isAccount && {
        ...(account && {
          class: account.class,
          status: account.facts.status,
          mfa: account.facts.mfa,
          lastActive: account.facts.lastActive,
        }),
        openFindings: findings.get(one.id) ?? { total: 0, high: 0 },
      }),
      ...(reach && { reach }),
      delta: previous.delta(standing),
      last: previous.last(standing),
    };
    all.push({ ...known, ...recommend(known, owned.person, Date.now()) });
  }
  return all;
}

async function findingsOf(
  lists: FactsOptions['lists'],
  severityOf: FactsOptions['severityOf'],
  connection: string,
  ids: string[],
  revision: Revision,
): Promise<Map<string, NonNullable<ItemFacts['openFindings']>>> {
  const found = new Map<string, { total: number; high: number }>();
  for (const one of await lists.findings.openFindings(
    connection,
    ids,
    revision,
  )) {
    const known = found.get(one.accountId) ?? { total: 0, high: 0 };
    const severity = severityOf(one.checkId);
    const isHigh = severity === 'high' || severity === 'critical';
    found.set(one.accountId, {
      total: known.total + one.total,
      high: known.high + (isHigh ? one.total : 0),
    });
  }
  return found;
}
