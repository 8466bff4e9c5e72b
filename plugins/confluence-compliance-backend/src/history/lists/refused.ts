// SPDX-License-Identifier: Apache-2.0
import type { RefusedRow } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type {
  CredentialPayload,
  DatasetName,
  DatasetPayloads,
  GrantPayload,
  LabelPayload,
  MembershipPayload,
} from '../datasets';
import { readProfiles } from '../profiles';
import type { Revision } from '../words';
import { ListOptions, ListPlan } from './page';
import { readTitles } from './titles';

/** What a row is about, and whose names may be said. */
export type RefusedKind = RefusedRow['subject']['kind'];

/** Parameters of the list of what accepting a shrink would close. */
export interface RefusedListOptions extends ListOptions {
  connection: string;
  readId: string;
  dataset: DatasetName;
  container: string;
  /** The kinds whose names are said. */
  named: ReadonlySet<RefusedKind>;
}

/** A row that a read did not see any more. */
export interface RefusedRecord {
  key: string;
  payload: string;
}

/** The rows that accepting would close, in the order in which they were first seen. */
export function refusedList(
  knex: Knex,
  { readId, dataset, container }: RefusedListOptions,
): ListPlan {
  const rows = () =>
    knex
      .from('history_refused as f')
      .join(`history_${dataset} as o`, 'o.row_id', 'f.row_id')
      .where('f.read_id', readId)
      .where('o.container', container)
      .whereNull('o.closed');
  return {
    name: 'refused',
    query: { readId },
    sort: 'row',
    all: rows,
    parts: () => [
      {
        rows: () => rows().select('o.key', 'o.payload'),
        order: ['f.row_id'],
        numbers: 1,
      },
    ],
  };
}

/** Says what each row is about, by name where names of its kind are said. */
export async function describeRefused(
  knex: Knex,
  { connection, dataset, container, named }: RefusedListOptions,
  rows: RefusedRecord[],
  revision: Revision,
): Promise<RefusedRow[]> {
  const told = rows.map(({ key, payload }) => ({
    dataset,
    container,
    key,
    ...describe(dataset, key, JSON.parse(payload)),
  }));
  const titleOf = await titlesOf(
    knex,
    connection,
    told.map(({ subject }) => subject).filter(({ kind }) => named.has(kind)),
    revision,
  );
  return told.map(row => ({
    ...row,
    subject: { ...row.subject, title: titleOf(row.subject) },
  }));
}

type Subject = Pick<RefusedRow['subject'], 'kind' | 'id'>;

const kinds: Partial<Record<DatasetName, RefusedKind>> = {
  accounts: 'account',
  directory: 'account',
  groups: 'group',
  spaces: 'space',
  pages: 'page',
  restrictions: 'page',
};

/** What a row of a dataset is about. */
function describe<D extends DatasetName>(
  dataset: D,
  key: string,
  payload: DatasetPayloads[D],
): { subject: Subject; detail?: string } {
  switch (dataset) {
    case 'memberships': {
      const { accountId } = payload as MembershipPayload;
      return { subject: { kind: 'account', id: accountId } };
    }
    case 'grants': {
      const { principalType, principalId, operation, target, role } =
        payload as GrantPayload;
      const kind =
        principalType === 'account' || principalType === 'group'
          ? principalType
          : 'other';
      return {
        subject: { kind, id: principalId },
        detail: [`${operation} ${target}`, ...(role ? [role] : [])].join(', '),
      };
    }
    case 'labels': {
      const { pageId, label } = payload as LabelPayload;
      return { subject: { kind: 'page', id: pageId }, detail: label };
    }
    case 'credentials': {
      const { accountId, kind } = payload as CredentialPayload;
      return { subject: { kind: 'account', id: accountId }, detail: kind };
    }
    default:
      return { subject: { kind: kinds[dataset] ?? 'other', id: key } };
  }
}

/** Kinds whose names stand in a dataset of their own. */
const titled = [
  ['group', 'groups'],
  ['space', 'spaces'],
  ['page', 'pages'],
] as const;

/** The names of subjects, as far as they are known. */
async function titlesOf(
  knex: Knex,
  connection: string,
  subjects: Subject[],
  revision: Revision,
): Promise<(subject: Subject) => string | undefined> {
  const idsOf = (kind: RefusedKind) =>
    subjects.filter(s => s.kind === kind).map(({ id }) => id);
  const nameOf = ({ kind, id }: Subject) => `${kind} ${id}`;
  const titles = new Map<string, string | undefined>();
  const profiles = await readProfiles(knex, 'account', idsOf('account'));
  for (const { id, name, publicName } of profiles.values()) {
    titles.set(nameOf({ kind: 'account', id }), name ?? publicName);
  }
  for (const [kind, dataset] of titled) {
    const found = await readTitles(
      knex,
      connection,
      dataset,
      idsOf(kind),
      revision,
    );
    found.forEach((title, id) => titles.set(nameOf({ kind, id }), title));
  }
  return subject => titles.get(nameOf(subject));
}
