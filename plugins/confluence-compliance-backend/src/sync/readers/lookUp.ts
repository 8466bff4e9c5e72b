// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceUser,
  MissingScopeError,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import type { AccountPayload, ObservedRow } from '../../history';
import { DIRECT_LOOKS } from '../guards/disappearances';
import { isFatal, reasonOf, reasonText } from '../reasons';
import type { WorkItem } from '../WorkStore';
import { accountRow, type AccountWork } from './accountRows';
import type { AccountsProgress, AccountsSession } from './accounts';

const BATCH = 250;

type Item = WorkItem<AccountWork>;

interface Answer {
  users: Map<string, ConfluenceUser>;
  malformed: number;
}

/** Looks up all accounts of the run by id, in batches, several at a time. */
export async function lookUpAccounts(session: AccountsSession): Promise<void> {
  const { parts } = session.context;
  for (;;) {
    session.context.checkpoint();
    const items = await parts.work.list<AccountWork>(parts.runId, 'account', {
      after: session.progress.after,
      limit: BATCH * parts.concurrency,
    });
    if (items.length === 0) {
      await session.stage([], { ...session.progress, step: 'done' });
      return;
    }
    const batches: Item[][] = [];
    for (let start = 0; start < items.length; start += BATCH) {
      batches.push(items.slice(start, start + BATCH));
    }
    const asked = batches.map(batch => ask(session, batch));
    // All are waited for even when one fails, so that none goes on unseen.
    await Promise.allSettled(asked);
    for (const [place, batch] of batches.entries()) {
      await stageBatch(session, batch, await asked[place]);
    }
  }
}

/** Asks for one batch, and once more for those the answer leaves out. */
async function ask(session: AccountsSession, batch: Item[]): Promise<Answer> {
  const users = new Map<string, ConfluenceUser>();
  let malformed = 0;
  if (session.progress.noBulk) {
    return { users, malformed };
  }
  const { clientFor, signal } = session.context.parts;
  const client = clientFor('access-review');
  let wanted = batch.map(item => item.key);
  for (let round = 0; round < 2 && wanted.length > 0; round += 1) {
    try {
      const page = await client.usersBulk(wanted, { signal });
      malformed = page.malformed.length;
      page.items.forEach(user => users.set(user.accountId, user));
    } catch (error) {
      if (!(error instanceof MissingScopeError)) {
        throw error;
      }
      session.progress.noBulk = true;
      const { code, text } = reasonOf(error);
      note(session.progress, reasonText(code, text));
      return { users, malformed: 0 };
    }
    wanted = wanted.filter(id => !users.has(id));
  }
  return { users, malformed };
}

async function stageBatch(
  session: AccountsSession,
  batch: Item[],
  { users, malformed }: Answer,
): Promise<void> {
  const progress: AccountsProgress = {
    ...session.progress,
    notes: [...(session.progress.notes ?? [])],
    after: batch[batch.length - 1].key,
  };
  const rows: ObservedRow<AccountPayload>[] = [];
  const emails = await knownEmails(session, batch, users);
  for (const { key, data } of batch) {
    const looked = users.get(key);
    const listed =
      data.user !== undefined ||
      (!progress.trusted && (data.known?.listed ?? false));
    if (looked || data.user) {
      rows.push(
        accountRow(data.user, looked, listed, {
          email: emails.get(key),
          class: data.known?.class,
        }),
      );
      if (!looked && !data.user?.accountStatus) {
        note(
          progress,
          reasonText(
            'status-missing',
            'The status of some accounts is unknown',
          ),
        );
      }
      continue;
    }
    const found = await lookAtUnknown(session, progress, key);
    if (found !== 'gone' && data.known) {
      const payload = { ...data.known, listed };
      const isLeftOut =
        found === 'there' && !progress.noBulk && malformed === 0;
      // It was asked for and not spoken of: that it was active is no news of what it is.
      if (isLeftOut && isActive(payload)) {
        payload.accountStatus = 'unknown';
      }
      rows.push({ key, payload });
    }
  }
  await session.stage(rows, progress, { malformed: malformed || undefined });
}

/** The last known emails of those accounts that show none now. */
async function knownEmails(
  session: AccountsSession,
  batch: Item[],
  users: Answer['users'],
): Promise<Map<string, string | undefined>> {
  const hidden = batch.filter(
    ({ key, data }) => !users.get(key)?.email && !data.user?.email,
  );
  const profiles = await session.context.parts.history.profiles(
    'account',
    hidden.map(({ key }) => key),
  );
  return new Map([...profiles].map(([id, { email }]) => [id, email]));
}

function isActive({ accountStatus }: AccountPayload): boolean {
  return accountStatus.toLowerCase() === 'active';
}

/**
 * An account known before that neither a list nor the look-up speaks of. Only
 * when its groups are "not found" either, the account is gone; `unsure` where
 * that could not be asked, which the progress then notes.
 */
async function lookAtUnknown(
  session: AccountsSession,
  progress: AccountsProgress,
  accountId: string,
): Promise<'there' | 'gone' | 'unsure'> {
  const { clientFor, signal } = session.context.parts;
  const { looks = 0 } = progress;
  if (looks >= DIRECT_LOOKS) {
    note(
      progress,
      reasonText(
        'unconfirmed',
        'More accounts are unknown at once than are looked at one by one',
      ),
    );
    return 'unsure';
  }
  progress.looks = looks + 1;
  try {
    await clientFor('access-review').memberOf(accountId, { signal });
    return 'there';
  } catch (error) {
    if (error instanceof NotVisibleError) {
      return 'gone';
    }
    if (isFatal(error)) {
      throw error;
    }
    const { code, text } = reasonOf(error);
    note(progress, reasonText(code, text));
    return 'unsure';
  }
}

function note(progress: AccountsProgress, reason: string): void {
  if (!progress.notes?.includes(reason)) {
    progress.notes = [...(progress.notes ?? []), reason];
  }
}
