// SPDX-License-Identifier: Apache-2.0
import type { Account } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CardReads,
  GrantPayload,
  History,
  HistoryRow,
  Revision,
} from '../../history';
import { isComplete, isPersonal } from '../../history';
import { PEOPLE } from '../../people';
import { proofOf, type ProofOptions } from '../proof';
import type { ItemRow } from '../rows';
import { isOwn } from '../selfReview';
import type { RemovalRow } from './rows';

export interface WhyNotOptions {
  history: ProofOptions['history'] &
    Pick<History, 'containers' | 'row' | 'rows' | 'intervalsOf'>;
  cards: Pick<CardReads, 'accounts'>;
  organizations: ProofOptions['organizations'];
  /** Whether there is a credential that may remove something at a connection. */
  hasCredential: (connection: string) => boolean;
}

/** Who may manage a group whose members can be removed through the API. */
const OWN_MANAGERS = ['ADMINS', 'TEAM_MEMBERS', 'OPEN'];

/**
 * Why what an item revokes is not removed through the API by somebody, as a code, from what is known
 * without asking the site; undefined where it can be. What is not known is a reason, too.
 */
export async function whyNot(
  options: WhyNotOptions,
  item: ItemRow,
  last: RemovalRow | undefined,
  actor: string,
): Promise<string | undefined> {
  if (item.decision !== 'revoke') {
    return 'not-revoked';
  }
  if (item.principal_kind !== 'account') {
    return item.principal_kind === 'group'
      ? 'grant-of-group'
      : 'grant-of-class';
  }
  if (await isOwn(options.history, item.principal_id, actor)) {
    return 'own-access';
  }
  if (!options.hasCredential(item.connection)) {
    return 'no-credential';
  }
  const asOf = await options.history.head();
  return (
    (await whyNotStanding(options, item, asOf)) ??
    (await whyManaged(options, item, asOf)) ??
    (await whyAccount(options, item, asOf)) ??
    (last && (await whyLast(options, item, last)))
  );
}

/** Rows of what a space grants to the principal of an item, as last read. */
export async function standingGrants(
  history: Pick<History, 'rows'>,
  item: ItemRow,
  asOf: Revision,
): Promise<HistoryRow<GrantPayload>[]> {
  const { connection: source, container, principal_kind, principal_id } = item;
  const only = { principalType: principal_kind, principalId: principal_id };
  const found: HistoryRow<GrantPayload>[] = [];
  const rows = history.rows('grants', { source, container, only, asOf });
  for await (const batch of rows) {
    found.push(
      ...batch.filter(({ outOfScopeSince }) => outOfScopeSince === undefined),
    );
  }
  return found;
}

async function whyNotStanding(
  { history }: WhyNotOptions,
  item: ItemRow,
  asOf: Revision,
): Promise<string | undefined> {
  const { connection: source, dataset, container, principal_id } = item;
  const [state] = await history.containers({ source, dataset, key: container });
  if (!state || state.presence !== 'present' || !isComplete(state)) {
    return 'incomplete';
  }
  if (dataset === 'grants') {
    const rows = await standingGrants(history, item, asOf);
    return rows.length > 0 ? undefined : 'not-standing';
  }
  const key = `${container}/${principal_id}`;
  const row = await history.row('memberships', source, key, asOf);
  return row && row.outOfScopeSince === undefined ? undefined : 'not-standing';
}

async function whyManaged(
  { history }: WhyNotOptions,
  { dataset, connection, container }: ItemRow,
  asOf: Revision,
): Promise<string | undefined> {
  if (dataset === 'grants') {
    return undefined;
  }
  const group = await history.row('groups', connection, container, asOf);
  const managedBy = group?.payload.managedBy.toUpperCase();
  if (managedBy === 'EXTERNAL') {
    return 'managed-by-identity-provider';
  }
  return managedBy !== undefined &&
    group?.outOfScopeSince === undefined &&
    OWN_MANAGERS.includes(managedBy)
    ? undefined
    : 'management-unknown';
}

async function whyAccount(
  { history, cards }: WhyNotOptions,
  { connection, principal_id: id }: ItemRow,
  asOf: Revision,
): Promise<string | undefined> {
  const [account] = await cards.accounts(connection, [id], asOf);
  if (!account || !isActive(account)) {
    return 'account-not-active';
  }
  const person =
    account.person &&
    (await history.row('people', PEOPLE.source, account.person.ref, asOf));
  return person?.payload.status === 'missing' ? 'person-missing' : undefined;
}

function isActive({ facts: { status } }: Account): boolean {
  return status.value === 'active' && !status.stale;
}

/** Whether one of some accounts is known to be an active one of a person: apps always are active. */
export async function personAmong(
  cards: WhyNotOptions['cards'],
  connection: string,
  ids: string[],
  asOf: Revision,
): Promise<boolean> {
  const accounts = await cards.accounts(connection, ids, asOf);
  return accounts.some(one => isPersonal(one.class) && isActive(one));
}

/** Another try needs an answer that says no, or a whole read since that still shows it. */
async function whyLast(
  options: WhyNotOptions,
  item: ItemRow,
  { outcome, answered_at: answeredAt, claimed_at: claimedAt }: RemovalRow,
): Promise<string | undefined> {
  if (outcome === 'refused') {
    return undefined;
  }
  const { state, readStartedAt } = await proofOf(options, item);
  const since = Date.parse(answeredAt ?? claimedAt);
  const stands = state === 'still-present' || state === 'reappeared';
  if (stands && readStartedAt && Date.parse(readStartedAt) > since) {
    return undefined;
  }
  return outcome === 'sent' ? 'already-sent' : 'outcome-unknown';
}
