// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { DatasetName, DatasetPayloads } from './datasets';

/** A payload fact that stands in a column of its own, to query by. */
export interface Facet {
  column: string;
  field: string;
  type: 'text' | 'boolean';
}

/** How a dataset is stored. */
export interface DatasetDefinition {
  name: DatasetName;
  table: string;
  /** The newest shape. */
  shape: number;
  /** The shape that introduced each payload field. */
  fields: Record<string, number>;
  facets: Facet[];
}

export type Definitions = Record<DatasetName, DatasetDefinition>;

type FieldOf<D extends DatasetName> = keyof DatasetPayloads[D] & string;

/** Describes a dataset; the shape follows from its fields. */
export function defineDataset<D extends DatasetName>(
  name: D,
  fields: Record<FieldOf<D>, number>,
  facets: Record<string, FieldOf<D> | { boolean: FieldOf<D> }>,
): DatasetDefinition {
  return {
    name,
    table: `history_${name}`,
    shape: Math.max(...Object.values<number>(fields)),
    fields,
    facets: Object.entries(facets).map(([column, field]) =>
      typeof field === 'string'
        ? { column, field, type: 'text' }
        : { column, field: field.boolean, type: 'boolean' },
    ),
  };
}

/** The datasets as they are stored today. A new field gets the next shape. */
export const definitions: Definitions = {
  accounts: defineDataset(
    'accounts',
    { accountType: 1, accountStatus: 1, class: 1, listed: 1 },
    { class: 'class', status: 'accountStatus', listed: { boolean: 'listed' } },
  ),
  groups: defineDataset(
    'groups',
    { name: 1, managedBy: 1, usageType: 1 },
    { name: 'name' },
  ),
  memberships: defineDataset(
    'memberships',
    { groupId: 1, accountId: 1 },
    { group_id: 'groupId', account_id: 'accountId' },
  ),
  spaces: defineDataset(
    'spaces',
    { key: 1, name: 1, type: 1, status: 1 },
    { space_key: 'key', name: 'name', type: 'type', status: 'status' },
  ),
  grants: defineDataset(
    'grants',
    {
      spaceId: 1,
      principalType: 1,
      principalId: 1,
      operation: 1,
      target: 1,
      role: 2,
    },
    {
      space_id: 'spaceId',
      principal_type: 'principalType',
      principal_id: 'principalId',
      operation: 'operation',
      target: 'target',
    },
  ),
  pages: defineDataset(
    'pages',
    {
      spaceId: 1,
      title: 1,
      status: 1,
      parentId: 1,
      ownerId: 1,
      version: 1,
      versionAt: 1,
      versionBy: 1,
    },
    {
      space_id: 'spaceId',
      status: 'status',
      title: 'title',
      owner_id: 'ownerId',
    },
  ),
  labels: defineDataset(
    'labels',
    { pageId: 1, label: 1 },
    { page_id: 'pageId', label: 'label' },
  ),
  restrictions: defineDataset(
    'restrictions',
    { read: 1, from: 1 },
    { read: 'read' },
  ),
  directory: defineDataset(
    'directory',
    {
      claimStatus: 1,
      accountStatus: 1,
      membershipStatus: 1,
      mfa: 1,
      managementSource: 1,
      platformRoles: 1,
      products: 1,
      roles: 1,
    },
    {
      mfa: 'mfa',
      account_status: 'accountStatus',
      membership_status: 'membershipStatus',
      claim_status: 'claimStatus',
      roles: 'roles',
    },
  ),
  credentials: defineDataset(
    'credentials',
    {
      kind: 1,
      accountId: 1,
      status: 1,
      createdAt: 1,
      expiresAt: 1,
      createdBy: 1,
    },
    { kind: 'kind', account_id: 'accountId', status: 'status' },
  ),
  audit: defineDataset('audit', { reachesTo: 1, accessAt: 1 }, {}),
  people: defineDataset(
    'people',
    {
      status: 1,
      startDate: 1,
      endDate: 1,
      absentSince: 1,
      managerRef: 1,
      accountIds: 1,
      employmentType: 2,
    },
    { status: 'status' },
  ),
  identity_links: defineDataset(
    'identity_links',
    { source: 1, person: 1, how: 1 },
    { person: 'person', person_source: 'source' },
  ),
  results: defineDataset(
    'results',
    {
      checkId: 1,
      subjectKind: 1,
      subjectId: 1,
      verdict: 1,
      reason: 1,
      facts: 1,
      accountId: 2,
      resource: 2,
    },
    {
      check_id: 'checkId',
      verdict: 'verdict',
      subject_kind: 'subjectKind',
      subject_id: 'subjectId',
      account_id: 'accountId',
      resource: 'resource',
    },
  ),
};

/** The definition of a dataset; an unknown one is an InputError. */
export function definitionOf(all: Definitions, dataset: string) {
  if (!Object.hasOwn(all, dataset)) {
    throw new InputError(
      `Unknown dataset '${dataset}': use one of ${Object.keys(all).join(', ')}`,
    );
  }
  return all[dataset as DatasetName];
}
