// SPDX-License-Identifier: Apache-2.0
import type {
  FinishRead,
  ObservedRow,
  RestrictionPayload,
} from '../../history';
import { MissingScopeError } from '@confluence-compliance/atlassian-client';
import { isFatal, reasonOf, reasonText } from '../reasons';
import { type Progress, readContainer, type ReadSession } from '../ReadSession';
import { pool, type RunContext } from '../RunContext';
import type { WorkItem } from '../WorkStore';
import type { LabelledWork } from './labels';

interface RestrictionsProgress extends Progress {
  after?: string;
  /** Why some pages have no answer. */
  note?: string;
}

type Session = ReadSession<'restrictions', RestrictionsProgress>;
type Item = WorkItem<LabelledWork>;

/** What is known of a page or an ancestor by its own restrictions. */
type Known = Map<string, boolean>;

const BATCH = 100;

/** Who may read each labelled page, by its own restrictions and those above it. */
export async function readRestrictions(context: RunContext): Promise<void> {
  await context.setTotal('restrictions', 1);
  await readContainer<'restrictions', RestrictionsProgress>(
    context,
    { dataset: 'restrictions', key: 'site', mode: 'full', purpose: 'policy' },
    readAll,
  );
}

async function readAll(session: Session): Promise<FinishRead> {
  const { work, runId, plan } = session.context.parts;
  const known = await knownRestrictions(session.context);
  for (;;) {
    session.context.checkpoint();
    const items = await work.list<LabelledWork>(runId, 'labelled', {
      after: session.progress.after,
      limit: BATCH,
    });
    if (items.length === 0) {
      break;
    }
    await readBatch(session, items, known);
  }
  if (!session.context.allComplete('labels', plan.labels)) {
    return {
      outcome: 'partial',
      reason: reasonText(
        'labels-incomplete',
        'Not all labelled pages could be found',
      ),
    };
  }
  const { note } = session.progress;
  return note ? { outcome: 'partial', reason: note } : { outcome: 'complete' };
}

async function knownRestrictions({ parts }: RunContext): Promise<Known> {
  const known: Known = new Map();
  for (const kind of ['content', 'labelled'] as const) {
    const items = await parts.work.list<LabelledWork>(parts.runId, kind);
    for (const { key, data } of items) {
      if (data?.restricted !== undefined) {
        known.set(key, data.restricted);
      }
    }
  }
  return known;
}

async function readBatch(
  session: Session,
  items: Item[],
  known: Known,
): Promise<void> {
  let { note } = session.progress;
  const needed = new Set(
    items.flatMap(({ key, data }) => [key, ...(data?.ancestors ?? [])]),
  );
  const asked = [...needed].filter(id => !known.has(id));
  const found: WorkItem<LabelledWork>[] = [];
  const { clientFor, signal, concurrency } = session.context.parts;
  try {
    await pool(concurrency, asked, async id => {
      session.context.checkpoint();
      try {
        const own = await clientFor('policy').contentRestriction(id, {
          signal,
        });
        known.set(id, own.restricted);
        found.push({ key: id, data: { restricted: own.restricted } });
      } catch (error) {
        if (isFatal(error) || error instanceof MissingScopeError) {
          throw error;
        }
        const { code, text } = reasonOf(error);
        note = reasonText(code, text);
      }
    });
  } finally {
    // What was asked is kept when the slice ends here, or it would never get on.
    await session.stage([], session.progress, {
      work: { kind: 'content', items: found },
    });
  }
  const rows: ObservedRow<RestrictionPayload>[] = [];
  for (const { key, data } of items) {
    const payload = restrictionOf(key, data ?? {}, known);
    if (payload) {
      rows.push({ key, payload });
    } else {
      note ??= reasonText('not-told', 'The restrictions of a page are unknown');
    }
  }
  await session.stage(rows, {
    ...session.progress,
    note,
    after: items[items.length - 1].key,
  });
}

/** Undefined when it cannot be said. */
function restrictionOf(
  pageId: string,
  { ancestors }: LabelledWork,
  known: Known,
): RestrictionPayload | undefined {
  if (known.get(pageId)) {
    return { read: 'own', from: null };
  }
  // The nearest ancestor that narrows it; an unknown one below could be nearer.
  const chain = ancestors && [...ancestors].reverse();
  const from = chain?.find(id => known.get(id) !== false);
  if (!chain || !known.has(pageId) || (from && !known.has(from))) {
    return undefined;
  }
  return from ? { read: 'inherited', from } : { read: 'open', from: null };
}
