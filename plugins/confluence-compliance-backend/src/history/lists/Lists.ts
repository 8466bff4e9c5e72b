// SPDX-License-Identifier: Apache-2.0
import { DatabaseService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  Account,
  AccountDetail,
  Group,
  Page,
  PageRecord,
  PersonRecord,
  RefusedRow,
  Space,
  UnidentifiedAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { migrateDatabase } from '../../database';
import type { Revision } from '../words';
import { AccountRow, AccountSettings, describeAccounts } from './accountFacts';
import { linkedPeople } from './accountFilter';
import { type AccountLinks, accountLinks } from './accountLinks';
import { AccountListOptions, accountList, memberList } from './accounts';
import { AccessLists } from './AccessLists';
import {
  ContainerListOptions,
  containerList,
  type ContainerRecord,
  describeContainers,
  type ReportRow,
} from './containers';
import {
  describeGroups,
  GroupListOptions,
  groupList,
  GroupRow,
} from './groups';
import { credentialsOf } from './credentials';
import { FindingLists } from './FindingLists';
import { revisionTimes } from './findings';
import { firstKnown } from './named';
import { FeedLag, feedLags, ledgerHeight } from './health';
import { membershipsOf } from './memberships';
import { CatalogOptions } from './entities';
import { payloadOf } from './payloadOf';
import { describePages, PageListOptions, pageList, PageRow } from './pages';
import type { Organizations } from './directory';
import { ListOptions, ListPlan, readPage } from './page';
import {
  describePeople,
  PeopleListOptions,
  peopleList,
  PersonRow,
  suggestPeople,
} from './people';
import { CriticalSpaces, describeSpaces, SpaceRow } from './spaceFacts';
import {
  describeRefused,
  refusedList,
  type RefusedListOptions,
  type RefusedRecord,
} from './refused';
import { spaceByKey, SpaceListOptions, spaceList } from './spaces';
import { readTimeline, TimelineOptions, TimelineRecord } from './timeline';
import { userGroupAt, UserGroups, UserGroupState } from './userGroup';

export interface ListsOptions {
  database: DatabaseService;
  catalog: CatalogOptions;
  /** Which spaces must be reviewed. Default none. */
  critical?: () => Promise<CriticalSpaces>;
  /** Which group is the licensed population of a connection. Default none. */
  userGroups?: UserGroups;
  /** Where the organizations of the connections stand. Default nowhere. */
  organizations?: Organizations;
}

/** The lists of the API: what stood at a revision, a page at a time. */
export class Lists {
  readonly access: AccessLists;
  readonly findings: FindingLists;
  readonly #knex: Knex;
  readonly #catalog: CatalogOptions;
  readonly #critical: () => Promise<CriticalSpaces>;
  readonly #userGroups: UserGroups;
  readonly #organizations: Organizations;

  static async create(options: ListsOptions): Promise<Lists> {
    return new Lists(await migrateDatabase(options.database), options);
  }

  private constructor(knex: Knex, options: ListsOptions) {
    this.#knex = knex;
    this.#catalog = options.catalog;
    this.#critical = options.critical ?? (async () => []);
    this.#userGroups = options.userGroups ?? (() => []);
    this.#organizations = options.organizations ?? (async () => []);
    this.access = new AccessLists(knex, this.#organizations);
    this.findings = new FindingLists(knex, this.#accountSettings());
  }

  async accounts(options: AccountListOptions): Promise<Page<Account>> {
    return this.#page(
      accountList(this.#knex, options, this.#userGroups, this.#organizations),
      options,
      (rows: AccountRow[], at, moment) => this.#accounts(rows, at, moment),
    );
  }

  /** Accounts that wait for somebody to say whose they are, with whom they may belong to. */
  async unidentified(options: ListOptions): Promise<Page<UnidentifiedAccount>> {
    const page = await this.accounts({
      ...options,
      sort: 'name',
      person: 'unlinked',
      unidentified: true,
    });
    const suggestions = await suggestPeople(
      this.#knex,
      page.items,
      page.revision,
    );
    return {
      ...page,
      items: page.items.map(account => ({
        ...account,
        suggestions: suggestions.get(account.accountId) ?? [],
      })),
    };
  }

  /** People of the personnel sources. */
  async people(options: PeopleListOptions): Promise<Page<PersonRecord>> {
    return this.#page(
      peopleList(this.#knex, options),
      options,
      (rows: PersonRow[]) => describePeople(this.#knex, rows),
    );
  }

  /** An account with its groups and credentials. NotFoundError when it did not stand then. */
  async account(
    connection: string,
    accountId: string,
    revision: Revision,
  ): Promise<AccountDetail> {
    const ref = { connection, id: accountId };
    const payload = await payloadOf(this.#knex, 'accounts', ref, revision);
    const [account] = await this.#accounts([{ ...ref, payload }], revision);
    const memberOf = await membershipsOf(
      this.#knex,
      connection,
      accountId,
      revision,
    );
    const credentials = await credentialsOf(
      this.#knex,
      this.#organizations,
      account,
      revision,
    );
    return { ...account, memberOf, credentials };
  }

  /** Refs of the people that accounts belong to now, by account id. */
  async linkedPeople(accountIds: string[]): Promise<Map<string, string>> {
    return linkedPeople(this.#knex, accountIds);
  }

  /** Whose accounts are and ever were, by account id. */
  async accountLinks(
    accountIds: string[],
    revision: Revision,
  ): Promise<Map<string, AccountLinks>> {
    return accountLinks(this.#knex, accountIds, revision);
  }

  /** The user group of a connection; undefined where it names none, or one that does not stand. */
  async userGroup(
    connection: string,
    revision: Revision,
  ): Promise<UserGroupState | undefined> {
    return userGroupAt(this.#knex, this.#userGroups, connection, revision);
  }

  async groups(options: GroupListOptions): Promise<Page<Group>> {
    return this.#page(
      groupList(this.#knex, options),
      options,
      (rows: GroupRow[], at) =>
        describeGroups(this.#knex, this.#catalog, rows, at),
    );
  }

  /** A group. NotFoundError when it did not stand then. */
  async group(
    connection: string,
    groupId: string,
    revision: Revision,
  ): Promise<Group> {
    const ref = { connection, id: groupId };
    const payload = await payloadOf(this.#knex, 'groups', ref, revision);
    const row = { ...ref, payload };
    return (
      await describeGroups(this.#knex, this.#catalog, [row], revision)
    )[0];
  }

  /** Members of a group. NotFoundError when the group did not stand then. */
  async members(
    options: ListOptions & { connection: string; group: string },
  ): Promise<Page<Account>> {
    const { connection, group } = options;
    const plan = memberList(this.#knex, options);
    return this.#page(plan, options, async (rows: AccountRow[], at) => {
      await payloadOf(this.#knex, 'groups', { connection, id: group }, at);
      return this.#accounts(rows, at);
    });
  }

  async spaces(options: SpaceListOptions): Promise<Page<Space>> {
    return this.#page(
      spaceList(this.#knex, options),
      options,
      (rows: SpaceRow[], at, moment) => this.#spaces(rows, at, moment),
    );
  }

  /** A space by its key. NotFoundError when it did not stand then. */
  async space(
    connection: string,
    key: string,
    revision: Revision,
  ): Promise<Space> {
    const row = await spaceByKey(this.#knex, connection, key, revision);
    if (!row) {
      throw new NotFoundError(
        `There is no space '${key}' in the connection '${connection}' at revision ${revision}`,
      );
    }
    return (await this.#spaces([row], revision))[0];
  }

  async pages(options: PageListOptions): Promise<Page<PageRecord>> {
    return this.#page(
      pageList(this.#knex, options),
      options,
      (rows: PageRow[], at) =>
        describePages(this.#knex, this.#catalog, rows, at),
    );
  }

  /** What became of an account, a group or a space, newest first; see `readTimeline`. */
  async timeline(options: TimelineOptions): Promise<Page<TimelineRecord>> {
    return readTimeline(this.#knex, options);
  }

  /** Containers of a connection as they are now. */
  async containers(
    options: ContainerListOptions,
  ): Promise<Page<ContainerRecord>> {
    return this.#page(
      containerList(this.#knex, options),
      options,
      (rows: ReportRow[]) => describeContainers(this.#knex, rows),
    );
  }

  /** What accepting a refused shrink would close. */
  async refused(options: RefusedListOptions): Promise<Page<RefusedRow>> {
    return this.#page(
      refusedList(this.#knex, options),
      options,
      (rows: RefusedRecord[], at) =>
        describeRefused(this.#knex, options, rows, at),
    );
  }

  /** ISO time at which a revision was committed. */
  async timeOf(revision: Revision): Promise<string | undefined> {
    return (await revisionTimes(this.#knex, [revision])).get(revision);
  }

  /** The first revision that spoke of a connection, or of any, of those that are kept; undefined before it. */
  async firstKnown(
    connection?: string,
  ): Promise<{ revision: Revision; at: string } | undefined> {
    return firstKnown(this.#knex, connection);
  }

  /** How far each consumer of the changes is behind. */
  async feedLags(): Promise<FeedLag[]> {
    return feedLags(this.#knex);
  }

  /** How many entries the ledger has. */
  async ledgerHeight(): Promise<number> {
    return ledgerHeight(this.#knex);
  }

  #accountSettings(): AccountSettings {
    return {
      catalog: this.#catalog,
      userGroups: this.#userGroups,
      organizations: this.#organizations,
    };
  }

  #accounts(
    rows: AccountRow[],
    revision: Revision,
    moment?: string,
  ): Promise<Account[]> {
    return describeAccounts(
      this.#knex,
      this.#accountSettings(),
      rows,
      revision,
      moment,
    );
  }

  async #spaces(
    rows: SpaceRow[],
    revision: Revision,
    moment?: string,
  ): Promise<Space[]> {
    const options = {
      catalog: this.#catalog,
      critical: await this.#critical(),
    };
    return describeSpaces(this.#knex, options, rows, revision, moment);
  }

  async #page<R extends object, T>(
    plan: ListPlan,
    options: ListOptions,
    toItems: (rows: R[], revision: Revision, moment: string) => Promise<T[]>,
  ): Promise<Page<T>> {
    return readPage(this.#knex, plan, options, toItems);
  }
}
