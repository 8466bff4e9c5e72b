// SPDX-License-Identifier: Apache-2.0
import type {
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';

type Row = Pick<
  ConfluenceCheck,
  'id' | 'title' | 'description' | 'severity' | 'subjectKind'
> & { waitsFor: string };

/** What is not built yet is listed, so that nobody believes that it is covered. */
const rows: Row[] = [
  {
    id: 'access.mover-reviewed',
    title: 'Who changes team has their old access decided again',
    description:
      'After a change of team or role every grant of before is decided again.',
    severity: 'medium',
    subjectKind: 'account',
    waitsFor: 'waits-for-moves',
  },
  {
    id: 'audit.privilege-change-explained',
    title: 'Every new administrator is explained',
    description:
      'Each grant of administration since the last run has a ticket or a decision of a review.',
    severity: 'medium',
    subjectKind: 'access',
    waitsFor: 'waits-for-tickets',
  },
];

async function* nothing(): AsyncIterable<CheckResult> {
  // Nothing is judged yet.
}

export const laterChecks: ConfluenceCheck[] = rows.map(row => ({
  ...row,
  requires: [],
  improves: [],
  parameters: z.strictObject({}).prefault({}),
  controls: controlsOf(row.id),
  howToFix: [],
  state: 'later',
  evaluate: nothing,
}));
