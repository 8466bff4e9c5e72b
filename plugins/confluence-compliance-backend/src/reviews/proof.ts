// SPDX-License-Identifier: Apache-2.0
import type { Remediation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { OrganizationSource } from '../connections';
import {
  type Container,
  type ContainerState,
  type History,
  type HistoryRow,
  type IntervalsOptions,
  isComplete,
  parseReason,
  type Revision,
} from '../history';
import { factsOf, type ItemRow } from './rows';

export interface ProofOptions {
  history: Pick<
    History,
    'closedLast' | 'containers' | 'head' | 'provingReads' | 'row' | 'rows'
  >;
  organizations: () => Promise<OrganizationSource[]>;
}

/** Whether the assignment stands, and whether anything can confirm it. */
type Standing = 'stands' | 'out-of-scope' | 'gone';

/**
 * What became of an assignment that was revoked. Only a read of its own container that began after
 * the decision, was full and complete and under the same scope says anything about it.
 */
export async function proofOf(
  options: ProofOptions,
  item: ItemRow,
): Promise<Remediation> {
  const { history } = options;
  const { connection: source, dataset, container: key } = item;
  const whole = { after: item.decided_at ?? '', scope: factsOf(item).scope };
  const container = { source, dataset, key };
  const reads = await history.provingReads(container, whole);
  if (!reads) {
    return withoutRead(options, item);
  }
  const { first, last } = reads;
  const read = { readId: last.id, readStartedAt: last.startedAt };
  const head = await history.head();
  const now = await standingOf(history, item, head);
  if (now === 'out-of-scope') {
    return cannotVerify(
      'scope-changed',
      'A later credential or user group does not see it any more',
    );
  }
  if (now === 'stands') {
    const then = await standingOf(history, item, first.publishedAt);
    return { state: then === 'gone' ? 'reappeared' : 'still-present', ...read };
  }
  // Reads before it vanished say nothing of why it did.
  const publishedFrom = await history.closedLast(dataset, intervalsOf(item));
  const gone = await history.provingReads(container, {
    ...whole,
    publishedFrom,
  });
  if (!gone) {
    return withoutRead(options, item);
  }
  // It was seen to be gone at some time until then.
  const since = gone.first.finishedAt;
  const doubt = await whyAccountProvesNothing(options, item, head, since);
  return doubt ?? { state: 'removed', ...read };
}

async function withoutRead(
  { history }: ProofOptions,
  item: ItemRow,
): Promise<Remediation> {
  const { connection: source, dataset, container: key } = item;
  const [state] = await history.containers({ source, dataset, key });
  if (!state || state.presence === 'gone') {
    return cannotVerify('container-gone', 'Its group or space is gone');
  }
  if (state.presence === 'not-visible') {
    return cannotVerify(
      'not-visible',
      'Its group or space is not visible any more',
    );
  }
  if (state.scope !== factsOf(item).scope) {
    return cannotVerify(
      'scope-changed',
      'It is read with another credential or user group than before',
    );
  }
  return { state: 'waiting' };
}

/** Where the history keeps the rows of an assignment. */
function intervalsOf(item: ItemRow): IntervalsOptions {
  const { connection: source, container, principal_id: id } = item;
  return item.dataset === 'memberships'
    ? { source, keys: [`${container}/${id}`] }
    : {
        source,
        container,
        only: { principalType: item.principal_kind, principalId: id },
      };
}

async function standingOf(
  history: ProofOptions['history'],
  item: ItemRow,
  asOf: Revision,
): Promise<Standing> {
  const rows = history.rows(item.dataset, { ...intervalsOf(item), asOf });
  const found: HistoryRow[] = [];
  for await (const batch of rows) {
    found.push(...batch);
  }
  if (found.some(({ outOfScopeSince }) => outOfScopeSince === undefined)) {
    return 'stands';
  }
  return found.length > 0 ? 'out-of-scope' : 'gone';
}

/**
 * An account that is not active vanishes from lists and comes back with all that it had. So it must
 * have been seen to be active after it had vanished.
 */
async function whyAccountProvesNothing(
  { history, organizations }: ProofOptions,
  item: ItemRow,
  asOf: Revision,
  since: string,
): Promise<Remediation | undefined> {
  if (item.principal_kind !== 'account') {
    return undefined;
  }
  const { connection, principal_id: id } = item;
  const unread: Array<Remediation | undefined> = [];
  for (const one of await organizations()) {
    if (one.connection === connection && one.source !== undefined) {
      const directory = {
        source: one.source,
        dataset: 'directory',
        key: 'all',
      };
      unread.push(await whyUnread(history, directory, since));
      const known = await history.row('directory', one.source, id, asOf);
      const { accountStatus, membershipStatus } = known?.payload ?? {};
      if (membershipStatus === 'suspended' || accountStatus === 'suspended') {
        return cannotVerify(
          'suspended',
          'Its account is suspended, reversibly',
        );
      }
    }
  }
  const account = await history.row('accounts', connection, id, asOf);
  const status = account?.payload.accountStatus;
  if (status !== 'active' && status !== 'unknown') {
    return cannotVerify('account-not-active', 'Its account is not active');
  }
  const accounts = { source: connection, dataset: 'accounts', key: 'site' };
  unread.push(await whyUnread(history, accounts, since));
  return (
    unread.find(why => why?.state === 'cannot-verify') ??
    unread.find(Boolean) ??
    // The list was read, and did not speak of it.
    (status === 'unknown' ? accountNotRead() : undefined)
  );
}

/** Why a list of accounts says nothing of what is since a time: it waits for its read, or failed. */
async function whyUnread(
  history: ProofOptions['history'],
  list: Container,
  since: string,
): Promise<Remediation | undefined> {
  const [state] = await history.containers(list);
  const options = { after: since, scope: state?.scope ?? '', capped: true };
  if (await history.provingReads(list, options)) {
    return undefined;
  }
  return state && (isComplete(state) || isCapped(state))
    ? { state: 'waiting' }
    : accountNotRead();
}

function accountNotRead(): Remediation {
  return cannotVerify(
    'account-not-read',
    'Whether its account is active could not be read since',
  );
}

/** The end of the user search is all that is missing. */
function isCapped({ outcome, reason }: ContainerState): boolean {
  return outcome === 'partial' && parseReason(reason ?? '').code === 'cap';
}

function cannotVerify(code: string, text: string): Remediation {
  return { state: 'cannot-verify', reason: { code, text } };
}
