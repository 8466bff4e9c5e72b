// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';

/** Anything that is given beyond these is a finding. */
const parameters = z
  .strictObject({
    /** Operations as Atlassian names them. Administrators must be able to open a space again. */
    allowed: z.array(z.string().min(1)).default(['read', 'administer']),
  })
  .prefault({});

type Parameters = z.output<typeof parameters>;

async function* evaluate(
  context: CheckContext<Parameters>,
): AsyncIterable<CheckResult> {
  for (const connection of context.connections) {
    const changes = await changesBySpace(context, connection);
    for await (const rows of context.data.spaces(connection)) {
      context.signal.throwIfAborted();
      for (const { key: spaceId, payload, outOfScope } of rows) {
        const base = {
          connection,
          subjectId: spaceId,
          about: { resource: `space:${spaceId}` },
          // Each space rests on its own permissions, not on those of all of them.
          requires: [],
        };
        const operations = changes.get(spaceId);
        if (payload.status !== 'archived') {
          yield {
            ...base,
            verdict: 'not-applicable',
            reason: 'not-archived',
            facts: { 'spaces.status': payload.status },
          };
        } else if (operations) {
          yield {
            ...base,
            verdict: 'fail',
            reason: 'archived-can-change',
            facts: { 'grants.operations': [...operations].sort() },
          };
        } else {
          // Why the permissions of this space are not known; then the runner takes no pass.
          const gap = outOfScope
            ? 'space-not-visible'
            : context.data.gap(connection, 'grants', spaceId);
          yield {
            ...base,
            verdict: 'pass',
            reason: 'archived-read-only',
            facts: {},
            gap,
          };
        }
      }
    }
  }
}

/** What each space lets somebody do beyond what is allowed. */
async function changesBySpace(
  { data, parameters: { allowed } }: CheckContext<Parameters>,
  connection: string,
): Promise<Map<string, Set<string>>> {
  const changes = new Map<string, Set<string>>();
  for await (const rows of data.grants(connection)) {
    for (const { spaceId, operation } of rows.map(row => row.payload)) {
      if (!allowed.includes(operation)) {
        changes.set(
          spaceId,
          (changes.get(spaceId) ?? new Set()).add(operation),
        );
      }
    }
  }
  return changes;
}

/** To archive a space takes no permission away: whoever could edit its pages still can. */
export const archivedSpaces: ConfluenceCheck<typeof parameters> = {
  id: 'company.archived-spaces-read-only',
  title: 'Nobody can change an archived space',
  description:
    'The permissions of an archived space let people read it, and administrators open it again. Archiving takes no permission away by itself.',
  severity: 'low',
  subjectKind: 'space',
  requires: ['spaces', 'grants'],
  listedBy: ['spaces'],
  improves: [],
  parameters,
  controls: [],
  reasons: {
    'not-archived': 'The space is in use.',
    'archived-can-change':
      'The space is archived, and people can still change it.',
    'archived-read-only': 'The space is archived, and nobody can change it.',
  },
  howToFix: [
    'Open the space, choose Space settings, then Space permissions.',
    'Take away every permission but View, and Admin of those who may open the space again, and press Save.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
