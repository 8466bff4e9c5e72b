// SPDX-License-Identifier: Apache-2.0
import { DatabaseService } from '@backstage/backend-plugin-api';
import type {
  Account,
  Group,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { migrateDatabase } from '../../database';
import type { Revision } from '../words';
import { AccountRow, describeAccounts } from './accountFacts';
import type { Organizations } from './directory';
import { CatalogOptions, entityRef, subjectNames } from './entities';
import { Freshness, readFreshness } from './freshness';
import { describeGroups, GroupRow } from './groups';
import { MemberFindings, membersWithFindings } from './memberFindings';
import { standing } from './page';
import { accountsOfPeople, CommonGroup, commonGroups } from './peopleAccounts';
import { readWhole, whyUnknownAt } from './readWhole';
import { keyOf } from './refs';
import { UserGroups } from './userGroup';

export interface CardReadsOptions {
  database: DatabaseService;
  catalog: CatalogOptions;
  /** Which group is the licensed population of a connection. Default none. */
  userGroups?: UserGroups;
  /** Where the organizations of the connections stand. Default nowhere. */
  organizations?: Organizations;
}

/** An account and whose it is. */
export interface LinkedAccount {
  connection: string;
  accountId: string;
  person: string;
}

/** What cards are made of, besides grants and results. */
export class CardReads {
  readonly #knex: Knex;
  readonly #catalog: CatalogOptions;
  readonly #userGroups: UserGroups;
  readonly #organizations: Organizations;

  static async create(options: CardReadsOptions): Promise<CardReads> {
    const knex = await migrateDatabase(options.database);
    return new CardReads(knex, options);
  }

  private constructor(
    knex: Knex,
    { catalog, userGroups, organizations }: CardReadsOptions,
  ) {
    this.#knex = knex;
    this.#catalog = catalog;
    this.#userGroups = userGroups ?? (() => []);
    this.#organizations = organizations ?? (async () => []);
  }

  /** The accounts of these ids that stand in a connection. */
  async accounts(
    connection: string,
    ids: string[],
    revision: Revision,
  ): Promise<Account[]> {
    const rows: AccountRow[] = await standing(
      this.#knex
        .from('history_accounts as a')
        .where('a.source', connection)
        .whereIn('a.key', ids)
        .select({
          connection: 'a.source',
          id: 'a.key',
          payload: 'a.payload',
        }),
      'a',
      revision,
    );
    return this.#describe(rows, revision);
  }

  /** How many members of groups have open findings, by group id. */
  async membersWithFindings(
    connection: string,
    groupIds: string[],
    revision: Revision,
  ): Promise<Map<string, MemberFindings>> {
    return membersWithFindings(this.#knex, connection, groupIds, revision);
  }

  /** Accounts linked to people, each with its person. */
  async accountsOfPeople(
    connections: string[],
    people: string[],
    revision: Revision,
  ): Promise<Account[]> {
    const rows = await accountsOfPeople(
      this.#knex,
      connections,
      people,
      revision,
    );
    return this.#describe(rows, revision);
  }

  /** Which accounts are linked to people, and to whom; nothing else of them. */
  async linksOfPeople(
    connections: string[],
    people: string[],
    revision: Revision,
  ): Promise<LinkedAccount[]> {
    const rows = await accountsOfPeople(
      this.#knex,
      connections,
      people,
      revision,
    );
    return rows.map(({ connection, id, person }) => ({
      connection,
      accountId: id,
      person,
    }));
  }

  /** The groups that most of these people are in. */
  async commonGroups(options: {
    connections: string[];
    people: string[];
    limit: number;
    revision: Revision;
  }): Promise<CommonGroup[]> {
    return commonGroups(this.#knex, this.#catalog, options);
  }

  /** One group, where it stands. */
  async group(
    connection: string,
    id: string,
    revision: Revision,
  ): Promise<Group | undefined> {
    const rows: GroupRow[] = await standing(
      this.#knex
        .from('history_groups as g')
        .where({ 'g.source': connection, 'g.key': id })
        .select({
          connection: 'g.source',
          id: 'g.key',
          payload: 'g.payload',
        }),
      'g',
      revision,
    );
    const found = await describeGroups(
      this.#knex,
      this.#catalog,
      rows,
      revision,
    );
    return found[0];
  }

  /** Ids of the accounts in a group, at most so many. */
  async memberIds(
    connection: string,
    group: string,
    options: { limit: number; revision: Revision },
  ): Promise<string[]> {
    const rows: Array<{ id: string }> = await standing(
      this.#knex
        .from('history_memberships as m')
        .where({ 'm.source': connection, 'm.group_id': group })
        .orderBy('m.row_id')
        .limit(options.limit)
        .select({ id: 'm.account_id' }),
      'm',
      options.revision,
    );
    return rows.map(({ id }) => id);
  }

  /** Refs of mirrored groups by their ids, where there is one. */
  async groupRefs(
    connection: string,
    ids: string[],
  ): Promise<Map<string, string | undefined>> {
    const refs = ids.map(id => ({ connection, id }));
    const names = await subjectNames(this.#knex, 'group', refs);
    return new Map(
      ids.map(id => [
        id,
        entityRef('group', this.#catalog, names.get(keyOf(connection, id))),
      ]),
    );
  }

  /** How whole a dataset is known now, over all containers or over those that are named. */
  async freshness(
    source: string,
    dataset: string,
    only?: string[],
  ): Promise<Freshness> {
    return readFreshness(this.#knex, source, dataset, only);
  }

  /** Whether one container of a dataset was known whole at a revision. */
  async wasWhole(
    connection: string,
    dataset: string,
    container: string,
    revision: Revision,
  ): Promise<boolean> {
    const containers = [{ connection, id: container }];
    const whole = await readWhole(this.#knex, dataset, containers, revision);
    return whole.size > 0;
  }

  /** The first of these datasets that was not known whole at a revision, as a stable code. */
  async whyUnknownAt(
    connection: string,
    datasets: string[],
    revision: Revision,
  ): Promise<string | undefined> {
    return whyUnknownAt(this.#knex, this.#organizations, {
      connection,
      datasets,
      revision,
    });
  }

  #describe(rows: AccountRow[], revision: Revision): Promise<Account[]> {
    const settings = {
      catalog: this.#catalog,
      userGroups: this.#userGroups,
      organizations: this.#organizations,
    };
    return describeAccounts(this.#knex, settings, rows, revision);
  }
}
