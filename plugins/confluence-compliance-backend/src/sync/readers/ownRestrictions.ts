// SPDX-License-Identifier: Apache-2.0
import {
  listPages,
  MissingScopeError,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import { isFatal, reasonOf, reasonText } from '../reasons';
import type { Progress, ReadSession } from '../ReadSession';
import { pool, type RunContext } from '../RunContext';
import type { LabelledWork } from './labels';

export interface RestrictionsProgress extends Progress {
  after?: string;
  /** Why some pages have no answer. */
  note?: string;
}

export type RestrictionsSession = ReadSession<
  'restrictions',
  RestrictionsProgress
>;

/**
 * Whether pages and what stands above them are restricted themselves, by id.
 * `undefined`: asked for in vain; absent: not asked for yet.
 */
export type OwnRestrictions = Map<string, boolean | undefined>;

/** Ids in one request, which is also how many answers fit into one page. */
const BATCH = 50;
const WORK_BATCH = 500;

/**
 * The own restrictions of all labelled pages and their ancestors. The lists of
 * the labels have told most of them; the rest is asked for, many at a time.
 */
export async function ownRestrictions(
  session: RestrictionsSession,
): Promise<OwnRestrictions> {
  const { context } = session;
  const { known, needed } = await gather(context);
  const wanted = [...needed].filter(id => !known.has(id));
  const round = BATCH * context.parts.concurrency;
  for (let start = 0; start < wanted.length; start += round) {
    context.checkpoint();
    await askRound(session, wanted.slice(start, start + round), known);
  }
  return known;
}

/** What this run knows already, and what it needs to know. */
async function gather(context: RunContext) {
  const { work, runId } = context.parts;
  const known: OwnRestrictions = new Map();
  const needed = new Set<string>();
  for (const { key, data } of await work.list<LabelledWork>(runId, 'content')) {
    known.set(key, data.restricted);
  }
  for (let after: string | undefined; ; ) {
    const items = await work.list<LabelledWork>(runId, 'labelled', {
      after,
      limit: WORK_BATCH,
    });
    if (items.length === 0) {
      return { known, needed };
    }
    for (const { key, data } of items) {
      needed.add(key);
      data.ancestors?.forEach(id => needed.add(id));
      if (data.restricted !== undefined) {
        known.set(key, data.restricted);
      }
    }
    after = items[items.length - 1].key;
  }
}

/** One round of questions; what came of them is kept also when the slice ends in it. */
async function askRound(
  session: RestrictionsSession,
  ids: string[],
  known: OwnRestrictions,
): Promise<void> {
  const { concurrency } = session.context.parts;
  const found: OwnRestrictions = new Map();
  let { note } = session.progress;
  /** Asks, and takes what only these ids suffer from as "asked in vain". */
  const attempt = async (asked: string[], ask: () => Promise<void>) => {
    session.context.checkpoint();
    try {
      await ask();
    } catch (error) {
      if (isFatal(error) || error instanceof MissingScopeError) {
        throw error;
      }
      const { code, text } = reasonOf(error);
      note = reasonText(code, text);
      asked.forEach(id => found.set(id, found.get(id)));
    }
  };
  const batches: string[][] = [];
  for (let start = 0; start < ids.length; start += BATCH) {
    batches.push(ids.slice(start, start + BATCH));
  }
  try {
    await pool(concurrency, batches, batch =>
      attempt(batch, () => askTogether(session.context, batch, found)),
    );
    // The search leaves out what is archived or hidden from us; that is not "open".
    const left = ids.filter(id => !found.has(id));
    await pool(concurrency, left, id =>
      attempt([id], () => askAlone(session.context, id, found)),
    );
  } finally {
    found.forEach((restricted, id) => known.set(id, restricted));
    const items = [...found].map(([key, restricted]) => ({
      key,
      data: { restricted } satisfies LabelledWork,
    }));
    await session.stage(
      [],
      { ...session.progress, note },
      { work: { kind: 'content', items } },
    );
  }
}

async function askTogether(
  { parts }: RunContext,
  ids: string[],
  found: OwnRestrictions,
): Promise<void> {
  const client = parts.clientFor('policy');
  const { signal } = parts;
  const asked = new Set(ids);
  try {
    for await (const { items } of listPages(cursor =>
      client.contentByIds(ids, { cursor, signal }),
    )) {
      for (const { id, readRestriction } of items) {
        if (asked.has(id) && readRestriction) {
          found.set(id, readRestriction.restricted);
        }
      }
    }
  } catch (error) {
    // One id that the search takes offence at must not cost the others their answer.
    if (!(error instanceof UpstreamError && error.kind === 'client')) {
      throw error;
    }
  }
}

async function askAlone(
  { parts }: RunContext,
  id: string,
  found: OwnRestrictions,
): Promise<void> {
  const { signal } = parts;
  const own = await parts.clientFor('policy').contentRestriction(id, {
    signal,
  });
  found.set(id, own.restricted);
}
