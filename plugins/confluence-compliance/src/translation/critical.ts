// SPDX-License-Identifier: Apache-2.0

export const criticalMessages = {
  title: 'Critical systems',
  sub: 'Their access is judged by a rule and reviewed on a cadence.',
  column: {
    system: 'System',
    owner: 'Owner',
    every: 'Reviewed every',
    last: 'Last review',
    due: 'Next due',
    action: 'Change',
  },
  nobody: 'Nobody is named',
  never: 'Never',
  notPlanned: 'Not planned yet',
  overdue: 'Overdue',
  origin: {
    config: 'Named as a critical system in the configuration.',
    both: 'Named as a critical system in the configuration, which wins over the mark in the portal.',
    portal: 'Marked as a critical system in the portal.',
    default:
      'Every site is a critical system unless the configuration says otherwise.',
  },
  teach: {
    title: 'Not a critical system',
    text: 'Of a critical system a check judges who has access, and its access is reviewed on a cadence. Mark what would hurt most if the wrong person could read or change it.',
  },
  mark: {
    button: 'Mark as critical',
    title: 'Mark {{title}} as a critical system',
    means:
      'Who has access to it is judged by the rule from the next run of the checks on, and its access must be reviewed on the cadence.',
    submit: 'Mark',
  },
  change: {
    button: 'Change',
    named: 'Change {{title}}',
    title: 'Change the critical system {{title}}',
    submit: 'Save',
  },
  unmark: {
    button: 'Take the mark away',
    title: 'Take the mark from {{title}}?',
    space:
      'Nobody judges its access by a rule any more, and no review of it is due. Findings of that end with the next run of the checks.',
    site: 'It stays a critical system, as every site is: for everybody employed, reviewed every 6 months.',
    submit: 'Take the mark away',
  },
  field: {
    owner: 'Owner',
    ownerHint:
      'An entity of the catalog, such as group:default/security. Empty: the owner of the connection.',
    every: 'Reviewed every',
    rule: 'Who may have access',
    allStaff: 'Everybody employed',
    reviewed: 'Whom an access review keeps',
    groups: 'Members of groups',
    names: 'Names of the Confluence groups, one on each line',
    missingGroup: 'Name a group first',
  },
} as const;
