// SPDX-License-Identifier: Apache-2.0

/** Words that the pages of accounts and of spaces share. */
export const directoryMessages = {
  connections: 'See the connections',
  incomplete: {
    label: 'Not complete',
    more: 'and {{n}} more',
    state: {
      complete: '{{dataset}}: read completely.',
      partial: '{{dataset}}: read in part, {{complete}} of {{total}} complete.',
      unavailable: '{{dataset}}: cannot be read.',
      stale: '{{dataset}}: older than it should be.',
      'never-read': '{{dataset}}: never read.',
    },
  },
  column: {
    connection: 'Connection',
  },
  filters: {
    search: 'search: {{q}}',
    pair: '{{name}}: {{value}}',
  },
  noFindings: 'None',
  lastWhole:
    'As last read whole on {{time}}; it may have changed either way since. {{reason}}',
  maybeMore: 'There may be more: {{reason}}',
  notJudged: 'Not judged',
  unknownVerdicts: '+ {{n}} unknown',
  operations: 'Operations',
  operationsOf: 'Operations of {{name}}',
  noOperation: 'Confluence named no operation.',
  byRole: 'by the role',
  notEffective: 'Not effective',
  perhapsEffective: 'Perhaps effective',
  since: 'since',
  showAll: 'Show all {{n}}',
  shownOf: '{{shown}} of {{total}} shown',
  findings: {
    title: 'Findings',
    none: 'No finding is open.',
    notJudged: 'No check judges this space: it is not a critical system.',
    notJudgedText:
      'Who has access to it is shown above and judged by nobody. Name it in confluenceCompliance.criticalSystems to have its access judged.',
    notYet: 'This space has not been judged yet.',
    notYetText:
      'It is a critical system, and no check has a verdict on its access so far.',
    count_one: '{{n}} open finding',
    count_other: '{{n}} open findings',
    unknown_one: '{{n}} unknown verdict, which is no finding',
    unknown_other: '{{n}} unknown verdicts, which are no findings',
    noneText:
      'Nothing that was judged so far needs somebody. What could not be seen stands under Checks.',
    forbidden: 'Seeing findings needs the permission {{permission}}.',
    what: 'Finding',
    who: 'Who or what',
    where: 'Where',
    verdict: 'Verdict',
    since: 'Since',
    itself: 'The account itself',
    open: 'Open the check',
    found: 'Found by {{check}}',
  },
  missing: {
    back: 'Back to the list',
    noConnection: 'There is no connection {{connection}}.',
  },
} as const;
