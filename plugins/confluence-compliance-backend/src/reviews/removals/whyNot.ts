// SPDX-License-Identifier: Apache-2.0
import type { CardReads, History, Revision } from '../../history';
import { isComplete } from '../../history';
import { PEOPLE } from '../../people';
import { proofOf, type ProofOptions } from '../proof';
import type { ItemRow } from '../rows';
import type { RemovalRow } from './rows';

export interface WhyNotOptions {
  history: ProofOptions['history'] & Pick<History, 'containers' | 'row'>;
  cards: Pick<CardReads, 'accounts'>;
  organizations: ProofOptions['organizations'];
  /** Whether there is a credential that may remove something at a connection. */
  hasCredential: (connection: string) => boolean;
}

/** Who may manage a group whose members can be removed through the API. */
const OWN_MANAGERS = ['ADMINS', 'TEAM_MEMBERS', 'OPEN'];

/**
 * Why what an item revokes is not removed through the API, as a code; undefined where it can be. What
 * is not known is a reason, too.
 */
export async function whyNot(
  options: WhyNotOptions,
  item: ItemRow,
  last: RemovalRow | undefined,
): Promise<string | undefined> {
  if (item.decision !== 'revoke') {
    return 'not-revoked';
  }
  if (item.dataset !== 'memberships' || item.principal_kind !== 'account') {
    return 'not-a-membership';
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

async function whyNotStanding(
  { history }: WhyNotOptions,
  { connection: source, container, principal_id: account }: ItemRow,
  asOf: Revision,
): Promise<string | undefined> {
  const [state] = await history.containers({
    source,
    dataset: 'memberships',
    key: container,
  });
  if (!state || state.presence !== 'present' || !isComplete(state)) {
    return 'incomplete';
  }
  const key = `${container}/${account}`;
  const row = await history.row('memberships', source, key, asOf);
  return row && row.outOfScopeSince === undefined ? undefined : 'not-standing';
}

async function whyManaged(
  { history }: WhyNotOptions,
  { connection, container }: ItemRow,
  asOf: Revision,
): Promise<string | undefined> {
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
  const { value, stale } = account?.facts.status ?? {};
  if (value !== 'active' || stale) {
    return 'account-not-active';
  }
  const person =
    account.person &&
    (await history.row('people', PEOPLE.source, account.person.ref, asOf));
  return person?.payload.status === 'missing' ? 'person-missing' : undefined;
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
