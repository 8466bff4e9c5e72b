// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';

/** Nobody becomes an administrator without a reason; listed, so that nobody believes it covered. */
export const privilegeChangeExplained: ConfluenceCheck = {
  id: 'audit.privilege-change-explained',
  title: 'Every new administrator is explained',
  description:
    'Each grant of administration since the last run has a ticket or a decision of a review.',
  severity: 'medium',
  subjectKind: 'access',
  requires: ['spaces', 'grants', 'directory', 'audit'],
  improves: [],
  parameters: z.strictObject({}).prefault({}),
  controls: controlsOf('audit.privilege-change-explained'),
  howToFix: [
    'Until this check is there, look at the new administrators every month: open Confluence settings, then Audit log, and filter it by permissions and by users and groups.',
    'On admin.atlassian.com open Security, then Audit log, for the roles of the organization and of its products.',
    'Find the ticket that asked for each of them; where there is none, ask who gave the role, and take it away when nobody needs it.',
    'Start a review under Reviews with the switch for administrators where the decision must be provable.',
  ],
  state: 'later',
  waitsFor: 'waits-for-tickets',
  async *evaluate() {
    // Nothing is judged yet.
  },
};
