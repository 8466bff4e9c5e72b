// SPDX-License-Identifier: Apache-2.0

/** Words that the pages of accounts and of spaces share. */
export const directoryMessages = {
  incomplete: {
    label: 'Not complete',
    action: 'See the connections',
    more: 'and {{n}} more',
    state: {
      complete: '{{dataset}} was read completely.',
      partial:
        '{{dataset}} was read in part, {{complete}} of {{total}} complete.',
      unavailable: '{{dataset}} cannot be read.',
      stale: '{{dataset}} is older than it should be.',
      'never-read': '{{dataset}} was never read.',
    },
  },
  column: {
    connection: 'Connection',
  },
  filters: {
    search: 'search: {{q}}',
    pair: '{{name}}: {{value}}',
  },
  operations: 'Operations',
  operationsOf: 'Operations of {{name}}',
  noOperation: 'Confluence named no operation.',
  since: 'since',
  direct: 'direct',
  showAll: 'Show all {{n}}',
  shownOf: '{{shown}} of {{total}} shown',
  findings: {
    title: 'Findings',
    none: 'No finding is open',
    noneText:
      'The checks found nothing that needs somebody. What they could not see is listed under Checks.',
    forbidden: 'Seeing findings needs the permission {{permission}}.',
    what: 'Finding',
    who: 'Who or what',
    where: 'Where',
    verdict: 'Verdict',
    since: 'Since',
    open: 'Open the check',
    found: 'Found by {{check}}',
  },
  missing: {
    back: 'Back to the list',
    now: 'Return to now',
  },
} as const;
