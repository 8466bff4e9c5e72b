// SPDX-License-Identifier: Apache-2.0

export const controlsMessages = {
  link: 'By control',
  title: 'Controls',
  what: 'controls',
  lead: {
    failing_one: '{{n}} of {{total}} controls fails',
    failing_other: '{{n}} of {{total}} controls fail',
    none: 'No control is known to fail',
    allPass: 'Every control that can be judged passes',
    open_one: ', {{n}} is unknown',
    open_other: ', {{n}} are unknown',
  },
  column: {
    framework: 'Framework',
    control: 'Control',
    title: 'About',
    verdict: 'Verdict',
    checks: 'Checks',
    review: 'Map',
    waiting: 'waits for a person',
    later: 'not built yet',
    findings: 'Findings',
  },
  filter: 'Verdict',
  anyVerdict: 'Any verdict',
  counts: '{{pass}} pass, {{fail}} fail, {{unknown}} unknown',
  waiting_one: '{{n}} waits for a person',
  waiting_other: '{{n}} wait for a person',
  later_one: '{{n}} is not built yet',
  later_other: '{{n}} are not built yet',
  warnings_one: '{{n}} warning',
  warnings_other: '{{n}} warnings',
  notApplicable: '{{n}} not applicable',
  judgedBy: {
    attestation:
      'No check that runs by itself speaks to it: somebody must attest it.',
    later: 'Only checks that are not built yet speak to it.',
  },
  past: 'As it was known on {{date}}: what the checks had judged by then, and what they could not judge. What each check is, and the controls that it speaks to, are those of today.',
  proposed: 'proposed',
  reviewed: 'reviewed',
  proposedHelp:
    'Controls marked proposed were not yet read against the standard by a person. Other frameworks are hidden until the configuration names them in policies.frameworks.',
  empty: {
    title: 'No control yet',
    text: 'No check names a control of a framework that is shown.',
  },
  filtered: {
    title: 'No control matches',
    text: 'No control has this verdict. Others are hidden by the filter.',
  },
} as const;
