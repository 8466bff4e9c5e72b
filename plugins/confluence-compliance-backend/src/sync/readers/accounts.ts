// SPDX-License-Identifier: Apache-2.0
import { MissingScopeError } from '@confluence-compliance/atlassian-client';
import type { FinishRead } from '../../history';
import { isFatal, parseReason, reasonOf, reasonText } from '../reasons';
import {
  ATTEMPTS,
  type Progress,
  readContainer,
  type ReadSession,
} from '../ReadSession';
import type { RunContext } from '../RunContext';
import { walk } from '../walk';
import { accountWork, type AccountWork } from './accountRows';
import { goneGroups, groupsOf } from './groups';
import { lookUpAccounts } from './lookUp';
import { TO_FOLLOW } from './order';

export interface AccountsProgress extends Progress {
  step?: 'search' | 'known' | 'look-up' | 'done';
  /** Hits of the user search, malformed ones included. */
  seen?: number;
  /** Hits it spoke of. */
  total?: number;
  /** Whether every listed account was found, so that others are not listed. */
  trusted?: boolean;
  /** Why the read is not complete. */
  notes?: string[];
  /** Newest account that was looked up. */
  after?: string;
  /** Users cannot be looked up: what lists said must do. */
  noBulk?: boolean;
  /** Direct looks at accounts that nobody speaks of any more. */
  looks?: number;
}

export type AccountsSession = ReadSession<'accounts', AccountsProgress>;

/** Where Confluence's user search ends, however many there are. */
const SEARCH_END = 10_000;

/**
 * All accounts: members of groups, hits of the user search, and those known
 * before, looked up by id.
 */
export async function readAccounts(context: RunContext): Promise<void> {
  await context.setTotal('accounts', 1);
  await readContainer<'accounts', AccountsProgress>(
    context,
    {
      dataset: 'accounts',
      key: 'site',
      mode: 'full',
      purpose: 'access-review',
    },
    readAll,
  );
}

async function readAll(session: AccountsSession): Promise<FinishRead> {
  const { step = 'search' } = session.progress;
  if (step === 'search') {
    await search(session);
  }
  if (session.progress.step === 'known') {
    await addKnown(session);
  }
  if (session.progress.step === 'look-up') {
    await lookUpAccounts(session);
  }
  const notes = session.progress.notes ?? [];
  const isCap = (note: string) => parseReason(note).code === 'cap';
  // The first gives the code: the end of the search only where nothing else was missing.
  const [first, ...others] = [
    ...notes.filter(note => !isCap(note)),
    ...notes.filter(isCap),
  ];
  if (!first) {
    return { outcome: 'complete' };
  }
  const texts = others.map(note => parseReason(note).text);
  return { outcome: 'partial', reason: [first, ...texts].join('; ') };
}

/** Adds the hits of the user search to the work; says what it could not give. */
async function search(session: AccountsSession): Promise<void> {
  const { context } = session;
  const notes: string[] = [];
  try {
    const note = await searchStable(session);
    notes.push(...note);
  } catch (error) {
    if (isFatal(error)) {
      throw error;
    }
    const { code, text } = reasonOf(error);
    const lost =
      error instanceof MissingScopeError
        ? `People in no group are not found: ${text}`
        : text;
    notes.push(reasonText(code, lost));
  }
  const groupsRead = context.allComplete('groups', ['site']);
  if (!groupsRead || (await goneGroups(context)).doubtful) {
    notes.push(reasonText('groups-incomplete', 'Not all groups could be read'));
  } else if (!context.allComplete('memberships', await groupsOf(context))) {
    notes.push(
      reasonText(
        'members-incomplete',
        'The members of some groups could not be read',
      ),
    );
  }
  const { attempt } = session.progress;
  await session.stage([], {
    attempt,
    step: 'known',
    notes,
    // A hit that cannot be understood could be anybody.
    trusted: notes.length === 0 && session.read.malformed === 0,
  });
}

/** Walks the search until it gives as many hits as it speaks of. */
async function searchStable(session: AccountsSession): Promise<string[]> {
  const { parts } = session.context;
  const client = parts.clientFor('access-review');
  for (;;) {
    let { seen = 0 } = session.progress;
    await walk(session, {
      fetch: place =>
        client.searchUsers({
          ...place,
          toFollow: place.toFollow + TO_FOLLOW.userSearch,
        }),
      take: ({ items, malformed, total }) => {
        seen += items.length + malformed.length;
        return {
          rows: [],
          work: accountWork(items),
          progress: { seen, total },
          left: Math.min(total ?? 0, SEARCH_END) - seen,
          stop: seen >= SEARCH_END,
        };
      },
    });
    const { total, attempt = 1 } = session.progress;
    if (seen >= SEARCH_END) {
      return [
        reasonText(
          'cap',
          `The user search ends at ${SEARCH_END} accounts; people in no group beyond it are not found`,
        ),
      ];
    }
    if (total === undefined || total === seen) {
      return [];
    }
    if (attempt >= ATTEMPTS) {
      return [
        reasonText(
          'unstable-list',
          `The user search spoke of ${total} accounts and gave ${seen}, in ${ATTEMPTS} attempts`,
        ),
      ];
    }
    await session.startAgain();
  }
}

/** Accounts known before are looked up as well: they may be closed, or just not listed. */
async function addKnown(session: AccountsSession): Promise<void> {
  const { history, connection, head } = session.context.parts;
  const filter = { source: connection, asOf: head };
  for await (const rows of history.rows('accounts', filter)) {
    session.context.checkpoint();
    await session.stage([], session.progress, {
      work: {
        kind: 'account',
        items: rows.map(({ key, payload }) => ({
          key,
          data: { known: payload } satisfies AccountWork,
        })),
      },
    });
  }
  await session.stage([], { ...session.progress, step: 'look-up' });
}
