// SPDX-License-Identifier: Apache-2.0
import {
  type Example,
  listErrors,
  noParameters,
  searchErrors,
} from './example';
import type { Known } from './examples';

/** An example of every route about checks, findings and exceptions. */
export function checkExamples({
  exceptions,
  finding,
}: Pick<Known, 'exceptions' | 'finding'>): Record<string, Example> {
  const comments = `/findings/${encodeURIComponent(finding)}/comments`;
  const exception = {
    findings: [finding],
    reason: 'The account is needed for the audit of March',
    control: 'It is watched daily',
    until: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10),
  };
  return {
    listChecks: {
      good: '/checks?connection=northwind',
      bad: [
        ...noParameters('/checks'),
        ['/checks?connection=nowhere', 'connection'],
      ],
    },
    listControls: {
      good: '/controls?connection=northwind',
      bad: [
        ...noParameters('/controls'),
        ['/controls?connection=nowhere', 'connection'],
        ['/controls?asOf=yesterday', 'asOf'],
        ['/controls?asOf=2020-01-01', 'asOf'],
      ],
    },
    getCheck: {
      good: '/checks/access.offboarded-removed',
      bad: noParameters('/checks/access.offboarded-removed'),
      missing: '/checks/none',
    },
    runCheck: {
      good: '/checks/access.offboarded-removed/run',
      bad: noParameters('/checks/access.offboarded-removed/run'),
      missing: '/checks/none/run',
    },
    listAttestations: {
      good: '/checks/space.public-links/attestations',
      bad: noParameters('/checks/space.public-links/attestations'),
      missing: '/checks/none/attestations',
    },
    attestCheck: {
      good: '/checks/space.public-links/attestations',
      body: { connection: 'northwind', answer: 'no', note: 'Two of them' },
      bad: [
        [
          '/checks/space.public-links/attestations',
          'answer',
          { connection: 'northwind', answer: 'maybe' },
        ],
        [
          '/checks/space.public-links/attestations',
          'until',
          { connection: 'northwind', answer: 'yes' },
        ],
        [
          '/checks/space.public-links/attestations',
          'evidence',
          {
            connection: 'northwind',
            answer: 'no',
            evidence: 'ftp://host/file',
          },
        ],
        [
          '/checks/space.public-links/attestations',
          'connection',
          { connection: 'nowhere', answer: 'no' },
        ],
      ],
      missing: '/checks/none/attestations',
    },
    listFindings: {
      good: '/findings?limit=200',
      bad: [
        ...searchErrors('/findings'),
        ['/findings?verdict=bad', 'verdict'],
        ['/findings?state=gone', 'state'],
        ['/findings?severity=worst', 'severity'],
        ['/findings?framework=none', 'framework'],
        ['/findings?owner=a:b:c', 'owner'],
        ['/findings?owner=me&asOf=1', 'owner'],
        ['/findings?check=none', 'check'],
        ['/findings?excepted=yes', 'excepted'],
        ['/findings?account=', 'account'],
        ['/findings?resource=%00', 'resource'],
      ],
    },
    listExceptions: {
      good: '/exceptions?status=live&limit=200',
      bad: [
        ...listErrors('/exceptions'),
        ['/exceptions?connection=nowhere', 'connection'],
        ['/exceptions?sort=payload', 'sort'],
        ['/exceptions?status=open', 'status'],
        ['/exceptions?asOf=1', 'asOf'],
      ],
    },
    requestExceptions: {
      good: '/exceptions',
      body: exception,
      bad: Object.entries({
        findings: [],
        reason: 'Too short',
        control: ' ',
        until: 'tomorrow',
        approver: 'group:default/security',
        x: 1,
      }).map(([name, value]) => [
        '/exceptions',
        name,
        { ...exception, [name]: value },
      ]),
    },
    approveException: {
      good: `/exceptions/${exceptions[0]}/approve`,
      body: {},
      bad: [[`/exceptions/${exceptions[0]}/approve`, 'x', { x: 1 }]],
      missing: '/exceptions/none/approve',
    },
    rejectException: {
      good: `/exceptions/${exceptions[1]}/reject`,
      body: { note: 'Its risk is too high' },
      bad: [[`/exceptions/${exceptions[1]}/reject`, 'note', {}]],
      missing: '/exceptions/none/reject',
    },
    withdrawException: {
      good: `/exceptions/${exceptions[3]}/withdraw`,
      body: {},
      bad: [[`/exceptions/${exceptions[3]}/withdraw`, 'x', { x: 1 }]],
      missing: '/exceptions/none/withdraw',
    },
    endException: {
      good: `/exceptions/${exceptions[2]}/end`,
      body: { note: 'It is not needed any more' },
      bad: [[`/exceptions/${exceptions[2]}/end`, 'note', { note: ' ' }]],
      missing: '/exceptions/none/end',
    },
    assignFindings: {
      good: '/findings/assign',
      body: { findings: [finding], owner: null },
      bad: [
        ['/findings/assign', 'findings', { findings: [], owner: null }],
        ['/findings/assign', 'owner', { findings: [finding] }],
        ['/findings/assign', 'owner', { findings: [finding], owner: 'a:b:c' }],
        ['/findings/assign', 'findings', { findings: ['x|y'], owner: null }],
      ],
    },
    recheckFinding: {
      good: '/findings/recheck',
      body: { finding },
      bad: [
        ['/findings/recheck', 'finding', {}],
        ['/findings/recheck', 'finding', { finding: 'x|y' }],
      ],
    },
    listComments: {
      good: `${comments}?limit=200`,
      bad: [
        [`${comments}?limit=0`, 'limit'],
        [`${comments}?cursor=broken`, 'cursor'],
        [`${comments}?x=1`, 'x'],
      ],
      missing: '/findings/northwind%7Cnone/comments',
    },
    addComment: {
      good: comments,
      body: { text: 'Asked the team' },
      bad: [
        [comments, 'text', { text: ' ' }],
        [comments, 'text', { text: 'x'.repeat(2001) }],
      ],
      missing: '/findings/northwind%7Cnone/comments',
    },
    getTrend: {
      good: '/findings/trend?days=30&check=access.offboarded-removed',
      bad: [
        ['/findings/trend?check=no.check', 'check'],
        ['/findings/trend?check=', 'check'],
        ['/findings/trend?days=0', 'days'],
        ['/findings/trend?days=367', 'days'],
        ['/findings/trend?connection=nowhere', 'connection'],
        ['/findings/trend?from=1', 'from'],
      ],
    },
  };
}
