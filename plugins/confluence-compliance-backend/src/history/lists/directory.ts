// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { readActivity } from '../activity';
import type { DirectoryPayload } from '../datasets';
import { chunks } from '../engine';
import type { Revision } from '../words';
import { standing } from './page';
import { lastWhole, whyNotWhole } from './readWhole';
import { keyOf, type Ref } from './refs';

/** Where the history holds what the organization of a connection says. */
export interface OrganizationOf {
  connection: string;
  /** Absent when the connection has no organization. */
  source?: string;
  /** Confluence on the site of the connection, as the organization names it. */
  resource?: string;
}

export type Organizations = () => Promise<OrganizationOf[]>;

/** What the organization says of an account. */
export interface DirectoryEntry {
  /** Whether the connection has an organization at all. */
  organization: boolean;
  /** Why its directory was not read whole the last time: what it said before may be over. */
  notWhole?: Reason;
  /** ISO time at which it was last read whole, where the last time it was not. */
  wholeAt?: string;
  payload?: DirectoryPayload;
  /** The resource of the connection's site, where it is known. */
  resource?: string;
  /** ISO time, the latest. */
  lastActiveAt?: string;
}

const NEVER: Reason = {
  code: 'directory-never-read',
  text: 'The directory of the organization was never read.',
};

const NOTHING: DirectoryEntry = { organization: false };

/** What organizations say of accounts at a revision. */
export async function directoryOf(
  knex: Knex,
  organizations: Organizations,
  accounts: readonly Ref[],
  revision: Revision,
): Promise<(account: Ref) => DirectoryEntry> {
  const known = new Map(
    (await organizations()).map(found => [found.connection, found]),
  );
  const found = new Map<string, DirectoryEntry>();
  const sources = new Set(
    accounts.flatMap(({ connection }) => known.get(connection)?.source ?? []),
  );
  for (const source of sources) {
    const own = accounts.filter(
      ({ connection }) => known.get(connection)?.source === source,
    );
    const ids = [...new Set(own.map(({ id }) => id))];
    const [payloads, activity, staleness] = await Promise.all([
      payloadsOf(knex, source, ids, revision),
      readActivity(knex, source, ids),
      whyStale(knex, source, revision),
    ]);
    for (const { connection, id } of own) {
      const resource = known.get(connection)?.resource;
      found.set(keyOf(connection, id), {
        organization: true,
        ...staleness,
        payload: payloads.get(id),
        resource,
        lastActiveAt: resource && activity.get(id)?.get(resource),
      });
    }
  }
  return ({ connection, id }) => found.get(keyOf(connection, id)) ?? NOTHING;
}

async function payloadsOf(
  knex: Knex,
  source: string,
  ids: readonly string[],
  revision: Revision,
): Promise<Map<string, DirectoryPayload>> {
  const found = new Map<string, DirectoryPayload>();
  for (const part of chunks(ids)) {
    const select = knex('history_directory as d')
      .where('d.source', source)
      .whereIn('d.key', part)
      .select('d.key', 'd.payload');
    const rows: Array<{ key: string; payload: string }> = await standing(
      select,
      'd',
      revision,
    );
    rows.forEach(({ key, payload }) => found.set(key, JSON.parse(payload)));
  }
  return found;
}

async function whyStale(
  knex: Knex,
  source: string,
  revision: Revision,
): Promise<Pick<DirectoryEntry, 'notWhole' | 'wholeAt'>> {
  const directory = { source, dataset: 'directory', key: 'all' };
  const why = await whyNotWhole(knex, directory, revision);
  return why
    ? {
        notWhole: why.code === 'never-read' ? NEVER : why,
        wholeAt: await lastWhole(knex, directory, revision),
      }
    : {};
}

/** Those of whom the organization of their connection says this; nobody is guessed. */
export function onlyMfa(
  knex: Knex,
  query: Knex.QueryBuilder,
  mfa: DirectoryPayload['mfa'],
  organizations: readonly OrganizationOf[],
  revision: Revision,
): void {
  const definite = mfa === 'unknown' ? ['enabled', 'disabled'] : [mfa];
  const said = saidByOrganization(knex, organizations, source =>
    mfaEntries(knex, source, definite, revision),
  );
  if (mfa === 'unknown') {
    query.whereNot(said);
  } else {
    query.where(said);
  }
}

/** The condition that the organization of the connection of an account (`a`) has one of these entries of it. */
export function saidByOrganization(
  knex: Knex,
  organizations: readonly OrganizationOf[],
  entries: (source: string) => Knex.QueryBuilder,
): (either: Knex.QueryBuilder) => void {
  return either => {
    // Without an organization nobody says anything.
    either.whereRaw('1 = 0');
    for (const { connection, source } of organizations) {
      if (source !== undefined) {
        either.orWhere(one =>
          one
            .where('a.source', connection)
            .whereExists(
              entries(source).whereRaw('d.key = a.key').select(knex.raw('1')),
            ),
        );
      }
    }
  };
}

/** Entries of a directory with one of these values. */
export function mfaEntries(
  knex: Knex,
  source: string,
  values: readonly string[],
  revision: Revision,
): Knex.QueryBuilder {
  return directoryEntries(knex, source, revision).whereIn('d.mfa', values);
}

/** Entries of a directory at a revision. */
export function directoryEntries(
  knex: Knex,
  source: string,
  revision: Revision,
): Knex.QueryBuilder {
  return standing(
    knex('history_directory as d').where('d.source', source),
    'd',
    revision,
  );
}
