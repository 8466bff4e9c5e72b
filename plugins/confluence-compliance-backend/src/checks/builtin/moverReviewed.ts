// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';

/** Whoever changes team does not keep the access of the old one; listed, so that nobody believes it covered. */
export const moverReviewed: ConfluenceCheck = {
  id: 'access.mover-reviewed',
  title: 'Who changes team has their old access decided again',
  description:
    'After a change of team or role every grant of before is decided again.',
  severity: 'medium',
  subjectKind: 'account',
  requires: ['accounts', 'memberships', 'spaces', 'grants', 'people'],
  improves: [],
  parameters: z.strictObject({}).prefault({}),
  controls: controlsOf('access.mover-reviewed'),
  howToFix: [
    'Until this check is there, ask the personnel department every month who changed team or role.',
    'Open the account of each of them under Accounts: its groups and permissions are what they had before.',
    'Ask the manager of the old team and of the new one what is still needed, and remove the rest: memberships under Directory, then Groups, on admin.atlassian.com, permissions in the settings of the space.',
    'Start a review of the group or the space under Reviews where the decision must be provable.',
  ],
  state: 'later',
  waitsFor: 'waits-for-moves',
  async *evaluate() {
    // Nothing is judged yet.
  },
};
