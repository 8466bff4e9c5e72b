// SPDX-License-Identifier: Apache-2.0
import type {
  DatasetName,
  Purpose,
  Scope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

type Asked = Omit<Scope, 'checks' | 'datasets' | 'purposes'> & {
  purposes: readonly Purpose[];
  datasets: readonly DatasetName[];
};

const both: Purpose[] = ['access-review', 'policy'];

/** Every permission that is asked of Atlassian, all of them read-only. */
export const SCOPES: readonly Asked[] = [
  {
    scope: 'read:group:confluence',
    classic: ['read:confluence-groups'],
    purposes: ['access-review'],
    reads: 'Groups and who manages them',
    datasets: ['groups', 'memberships'],
    optional: false,
  },
  {
    scope: 'read:user:confluence',
    classic: ['read:confluence-user'],
    purposes: ['access-review'],
    reads: 'Accounts, their status, and who is in which group',
    datasets: ['memberships', 'accounts'],
    optional: false,
  },
  {
    scope: 'read:content-details:confluence',
    classic: ['read:confluence-user', 'search:confluence'],
    purposes: both,
    reads:
      'Who the credential is, accounts in no group, and pages by label with who may read them',
    datasets: ['accounts', 'labels', 'restrictions'],
    optional: false,
  },
  {
    scope: 'read:space:confluence',
    classic: [],
    purposes: both,
    reads: 'Spaces and who may do what in them',
    datasets: ['spaces', 'grants'],
    optional: false,
  },
  {
    scope: 'read:configuration:confluence',
    classic: [],
    purposes: ['access-review'],
    reads: 'Whether spaces give access by roles or by permissions',
    datasets: ['grants'],
    optional: true,
  },
  {
    scope: 'read:space.permission:confluence',
    classic: [],
    purposes: ['access-review'],
    reads: 'The roles of spaces and who has them, where the site has roles',
    datasets: ['grants'],
    optional: true,
  },
  {
    scope: 'read:page:confluence',
    classic: [],
    purposes: ['policy'],
    reads:
      'Titles, owners, labels and versions of pages, and what policies say',
    datasets: ['pages', 'labels'],
    optional: false,
  },
  {
    scope: 'read:audit-log:confluence',
    classic: [],
    purposes: ['access-review'],
    reads:
      'When the audit log has last recorded something, and a change of access',
    datasets: ['audit'],
    optional: true,
  },
  {
    scope: 'offline_access',
    classic: [],
    purposes: both,
    reads: 'Nothing more: the access lasts without you being signed in',
    datasets: [],
    optional: false,
    methods: ['oauth'],
  },
];

/** What these purposes cannot do without. */
export function neededScopes(purposes: readonly Purpose[]): string[] {
  return SCOPES.filter(
    ({ purposes: served, optional, methods }) =>
      !optional &&
      !methods &&
      served.some(purpose => purposes.includes(purpose)),
  ).map(({ scope }) => scope);
}

/** What OAuth asks for, for these purposes. */
export function oauthScopes(purposes: readonly Purpose[]): string[] {
  return SCOPES.filter(({ purposes: served }) =>
    served.some(purpose => purposes.includes(purpose)),
  ).map(({ scope }) => scope);
}
