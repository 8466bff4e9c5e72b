// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import { aboutSpace, spacesOf } from './spaceSubjects';

const parameters = z.strictObject({}).prefault({});

const ANONYMOUS = 'anonymous-users';

async function* evaluate(context: CheckContext): AsyncIterable<CheckResult> {
  for (const connection of context.connections) {
    const open = new Map<string, Set<string>>();
    const grants = context.data.grants(connection, { principalId: ANONYMOUS });
    for await (const rows of grants) {
      for (const { spaceId, operation } of rows.map(row => row.payload)) {
        open.set(spaceId, (open.get(spaceId) ?? new Set()).add(operation));
      }
    }
    for await (const { spaceId, gap } of spacesOf(context, connection)) {
      const operations = open.get(spaceId);
      yield {
        connection,
        subjectId: spaceId,
        about: aboutSpace(spaceId),
        requires: [],
        ...(operations
          ? {
              verdict: 'fail',
              reason: 'anonymous-access',
              facts: { 'grants.operations': [...operations].sort() },
            }
          : { verdict: 'pass', reason: 'not-anonymous', facts: {}, gap }),
      };
    }
  }
}

/** Nobody reads without having signed in. */
export const noAnonymous: ConfluenceCheck<typeof parameters> = {
  id: 'space.no-anonymous',
  title: 'No space is open to the internet',
  description:
    'The permissions of no space give anything to people who have not signed in. A space whose permissions could not be read is unknown. Public links of single pages are not read, and not judged.',
  severity: 'critical',
  subjectKind: 'space',
  requires: ['spaces', 'grants'],
  listedBy: ['spaces'],
  improves: [],
  parameters,
  controls: controlsOf('space.no-anonymous'),
  howToFix: [
    'Open the space, choose Space settings, then Space permissions.',
    'On the tab Anonymous access take away every permission and press Save.',
    'To forbid it for the whole site, choose Confluence settings, then Global permissions, then Anonymous access.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
