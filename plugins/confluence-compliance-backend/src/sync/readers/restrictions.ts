// SPDX-License-Identifier: Apache-2.0
import type {
  FinishRead,
  ObservedRow,
  RestrictionPayload,
} from '../../history';
import { parseReason, reasonText } from '../reasons';
import { readContainer } from '../ReadSession';
import type { RunContext } from '../RunContext';
import type { WorkItem } from '../WorkStore';
import type { LabelledWork } from './labels';
import {
  type OwnRestrictions,
  ownRestrictions,
  type RestrictionsProgress,
  type RestrictionsSession,
} from './ownRestrictions';

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

async function readAll(session: RestrictionsSession): Promise<FinishRead> {
  const { work, runId, plan } = session.context.parts;
  const known = await ownRestrictions(session);
  for (;;) {
    session.context.checkpoint();
    const items = await work.list<LabelledWork>(runId, 'labelled', {
      after: session.progress.after,
      limit: BATCH,
    });
    if (items.length === 0) {
      break;
    }
    await stageBatch(session, items, known);
  }
  if (!session.context.allComplete('labels', plan.labels)) {
    const reasons = plan.labels.map(
      label => session.context.finished('labels', label)?.reason ?? '',
    );
    return {
      outcome: 'partial',
      reason:
        reasons.find(why => parseReason(why).code === 'scope-missing') ??
        reasonText(
          'labels-incomplete',
          'Not all labelled pages could be found',
        ),
    };
  }
  const { note } = session.progress;
  return note ? { outcome: 'partial', reason: note } : { outcome: 'complete' };
}

async function stageBatch(
  session: RestrictionsSession,
  items: WorkItem<LabelledWork>[],
  known: OwnRestrictions,
): Promise<void> {
  let { note } = session.progress;
  const rows: ObservedRow<RestrictionPayload>[] = [];
  for (const { key, data } of items) {
    const payload = restrictionOf(key, data, known);
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
  known: OwnRestrictions,
): RestrictionPayload | undefined {
  if (known.get(pageId)) {
    return { read: 'own', from: null };
  }
  // The nearest ancestor that narrows it; an unknown one below could be nearer.
  const chain = ancestors && [...ancestors].reverse();
  const from = chain?.find(id => known.get(id) !== false);
  const told = (id: string) => known.get(id) !== undefined;
  if (!chain || !told(pageId) || (from && !told(from))) {
    return undefined;
  }
  return from ? { read: 'inherited', from } : { read: 'open', from: null };
}
