// SPDX-License-Identifier: Apache-2.0
import { type Example, noParameters } from './example';
import type { Known } from './examples';

const mapping = {
  connection: 'northwind',
  page: { by: 'label', label: 'policy-backup' },
};

/** An example of every route about policies. */
export function policyExamples({
  policyPage,
}: Pick<Known, 'policyPage'>): Record<string, Example> {
  return {
    listPolicies: { good: '/policies', bad: noParameters('/policies') },
    listPolicyDocuments: {
      good: '/policy-documents',
      bad: noParameters('/policy-documents'),
    },
    findPolicyPages: {
      good: '/policy-pages?connection=northwind&label=policy-infosec',
      bad: [
        ['/policy-pages?label=policy-infosec', 'connection'],
        ['/policy-pages?connection=nowhere&label=policy', 'connection'],
        ['/policy-pages?connection=northwind', 'by label'],
        ['/policy-pages?connection=northwind&id=x', 'id'],
        ['/policy-pages?connection=northwind&space=POL', 'by space and title'],
        ['/policy-pages?connection=northwind&id=1&label=x', 'in one way'],
        [
          '/policy-pages?connection=northwind&space=NOWHERE&title=x',
          'page.space',
        ],
      ],
    },
    mapPolicy: {
      good: '/policies/backup/mapping',
      body: mapping,
      bad: [
        ['/policies/backup/mapping', 'connection', { page: mapping.page }],
        [
          '/policies/backup/mapping',
          'connection',
          { ...mapping, connection: 'nowhere' },
        ],
        ['/policies/backup/mapping', 'page', { connection: 'northwind' }],
        [
          '/policies/backup/mapping',
          'page.id',
          { ...mapping, page: { by: 'id', id: 'x' } },
        ],
        [
          '/policies/backup/mapping',
          'page.space',
          { ...mapping, page: { by: 'title', space: 'NOWHERE', title: 'x' } },
        ],
        ['/policies/backup/mapping', 'note', { ...mapping, note: 'x' }],
        [
          '/policies/backup/mapping',
          'acknowledgedBy[0]',
          { ...mapping, acknowledgedBy: ['user:default/ana'] },
        ],
        [
          '/policies/backup/mapping',
          'acknowledgedBy[0]',
          { ...mapping, acknowledgedBy: ['group:default/nowhere'] },
        ],
      ],
      missing: '/policies/nowhere/mapping',
    },
    unmapPolicy: {
      good: '/policies/backup/mapping',
      bad: noParameters('/policies/backup/mapping'),
      missing: '/policies/nowhere/mapping',
    },
    getPolicy: {
      good: '/policies/infosec',
      bad: noParameters('/policies/infosec'),
      missing: '/policies/nowhere',
    },
    getPolicyEditors: {
      good: '/policies/infosec/editors',
      bad: noParameters('/policies/infosec/editors'),
      missing: '/policies/nowhere/editors',
    },
    getPolicyDifference: {
      good: '/policies/infosec/difference',
      bad: noParameters('/policies/infosec/difference'),
      missing: '/policies/nowhere/difference',
    },
    approvePolicy: {
      good: '/policies/infosec/approvals',
      body: { ...policyPage, note: 'Read it all' },
      bad: [
        ['/policies/infosec/approvals', 'pageId', { version: 1 }],
        ['/policies/infosec/approvals', 'version', { pageId: '1' }],
        [
          '/policies/infosec/approvals',
          'version',
          { pageId: '1', version: '1' },
        ],
        [
          '/policies/infosec/approvals',
          'note',
          { ...policyPage, minorEdit: true },
        ],
        ['/policies/infosec/approvals', 'by', { ...policyPage, by: 'me' }],
      ],
      missing: '/policies/nowhere/approvals',
    },
    getAcknowledgements: {
      good: '/policies/infosec/acknowledgements?limit=1',
      bad: [
        ['/policies/infosec/acknowledgements?limit=0', 'limit'],
        ...noParameters('/policies/infosec/acknowledgements'),
      ],
      missing: '/policies/nowhere/acknowledgements',
    },
    remindOfPolicy: {
      good: '/policies/infosec/reminders',
      bad: [['/policies/infosec/reminders', 'who', { who: 'me' }]],
      missing: '/policies/nowhere/reminders',
    },
    acknowledgePolicy: {
      good: '/policies/infosec/acknowledgements',
      body: policyPage,
      bad: [
        ['/policies/infosec/acknowledgements', 'pageId', { version: 1 }],
        ['/policies/infosec/acknowledgements', 'version', { pageId: '1' }],
        [
          '/policies/infosec/acknowledgements',
          'by',
          { ...policyPage, by: 'me' },
        ],
      ],
      missing: '/policies/nowhere/acknowledgements',
    },
    listOwnAcknowledgements: {
      good: '/acknowledgements',
      bad: noParameters('/acknowledgements'),
    },
  };
}
