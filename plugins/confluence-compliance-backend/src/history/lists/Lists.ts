// SPDX-License-Identifier: Apache-2.0
import { DatabaseService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  Account,
  AccountDetail,
  CheckCounts,
  ExceptableVerdict,
  FindingException,
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
import { AccountRow, describeAccounts } from './accountFacts';
import { linkedPeople } from './accountFilter';
import { type AccountLinks, accountLinks } from './accountLinks';
import { AccountListOptions, accountList, memberList } from './accounts';
import type { AccountAccess, PrincipalAccess, SpaceAccess } from './access';
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
import {
  countExcepted,
  countExceptedByCheck,
  exceptionsOf,
  momentAt,
} from './excepted';
import {
  type ExceptionListOptions,
  type ExceptionRecord,
  readExceptions,
} from './exceptions';
import { FindingAccounts } from './findingFacts';
import { firstKnown } from './named';
import {
  countVerdicts,
  FindingListOptions,
  FindingRecord,
  readFindings,
  revisionTimes,
} from './findings';
import {
  AccessPage,
  AccessScope,
  readAccountAccess,
  readGroupAccess,
  readSpaceAccess,
  readTopAccess,
  readTopGroupAccess,
  readTopSpaceAccess,
  Top,
} from './grants';
import { FeedLag, feedLags, ledgerHeight } from './health';
import { membershipsOf } from './memberships';
import { CatalogOptions } from './entities';
import {
  type NamedFinding,
  namedFindings,
  regressedAt,
  type ResultRef,
} from './namedFindings';
import { describePages, PageListOptions, pageList, PageRow } from './pages';
import type { Organizations } from './directory';
import type { Ref } from './refs';
import { ListOptions, ListPlan, ReadAt, readPage, standing } from './page';
import { type OpenFindings, openFindings } from './openFindings';
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
import { readSpacePeople, SpacePeople } from './spacePeople';
import { spaceByKey, SpaceListOptions, spaceList } from './spaces';
import { readTimeline, TimelineOptions, TimelineRecord } from './timeline';
import { userGroupAt, UserGroups, UserGroupState } from './userGroup';
import { ResultScope, WorstVerdict, worstVerdicts } from './verdicts';

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
    const payload = await this.#payload(
      'accounts',
      connection,
      accountId,
      revision,
    );
    const [account] = await this.#accounts(
      [{ connection, id: accountId, payload }],
      revision,
    );
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
    const payload = await this.#payload(
      'groups',
      connection,
      groupId,
      revision,
    );
    const row = { connection, id: groupId, payload };
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
      await this.#payload('groups', connection, group, at);
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

  /** What is granted to an account, by space: its own grants, those of its groups and of access classes, and whether it gets it. */
  async accountAccess(
    options: AccessPage & { accountId: string },
  ): Promise<Page<AccountAccess>> {
    return readAccountAccess(this.#knex, this.#organizations, options);
  }

  /** The most powerful of what some accounts can do. */
  async topAccess(
    options: AccessScope & { accountIds: string[]; limit: number },
  ): Promise<Top<AccountAccess>> {
    return readTopAccess(this.#knex, this.#organizations, options);
  }

  /** What is granted to a group, by space. NotFoundError when the group did not stand then. */
  async groupAccess(
    options: AccessPage & { groupId: string },
  ): Promise<Page<SpaceAccess>> {
    const page = await readGroupAccess(this.#knex, options);
    const { connection, groupId } = options;
    await this.#payload('groups', connection, groupId, page.revision);
    return page;
  }

  /** The most powerful of what is granted to a group. */
  async topGroupAccess(
    options: AccessScope & { groupId: string; limit: number },
  ): Promise<Top<SpaceAccess>> {
    return readTopGroupAccess(this.#knex, options);
  }

  /** Who can do what in a space, by principal. */
  async spaceAccess(
    options: AccessPage & { spaceId: string },
  ): Promise<Page<PrincipalAccess>> {
    return readSpaceAccess(this.#knex, this.#organizations, options);
  }

  /** The principals that can do most in a space. */
  async topSpaceAccess(
    options: AccessScope & { spaceId: string; limit: number },
  ): Promise<Top<PrincipalAccess>> {
    return readTopSpaceAccess(this.#knex, options);
  }

  /** What became of an account, a group or a space, newest first; see `readTimeline`. */
  async timeline(options: TimelineOptions): Promise<Page<TimelineRecord>> {
    return readTimeline(this.#knex, options);
  }

  /** How many accounts reach a space. */
  async spacePeople(
    options: AccessScope & { spaceId: string },
  ): Promise<SpacePeople> {
    return readSpacePeople(this.#knex, this.#organizations, options);
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

  /** Results that need somebody, with the accounts they are about. */
  async findings(options: FindingListOptions): Promise<Page<FindingRecord>> {
    const page = await readFindings(this.#knex, options);
    const accounts = await FindingAccounts.of(
      this.#knex,
      this.#accountSettings(),
      page.items,
      page.revision,
    );
    return {
      ...page,
      items: page.items.map(finding => ({
        ...finding,
        account: accounts.get(finding),
      })),
    };
  }

  /** Exceptions, with what their findings last were and the accounts these are about. */
  async exceptions(
    options: ExceptionListOptions,
  ): Promise<Page<ExceptionRecord> & { moment: string }> {
    const page = await readExceptions(this.#knex, options);
    const accounts = await FindingAccounts.of(
      this.#knex,
      this.#accountSettings(),
      page.items.flatMap(({ finding }) => finding ?? []),
      page.revision,
    );
    return {
      ...page,
      items: page.items.map(({ row, finding }) => ({
        row,
        finding: finding && { ...finding, account: accounts.get(finding) },
      })),
    };
  }

  /** How many open findings of a check are excepted, by verdict. */
  async countExcepted(
    checkId: string,
    connections: string[],
    at: ReadAt,
  ): Promise<Record<ExceptableVerdict, number>> {
    return countExcepted(this.#knex, checkId, connections, at);
  }

  /** How many open findings are excepted, by check and verdict; checks without any are left out. */
  async countExceptedByCheck(
    connections: string[],
    at: ReadAt,
  ): Promise<Map<string, Record<ExceptableVerdict, number>>> {
    return countExceptedByCheck(this.#knex, connections, at);
  }

  /** The exception of each of some results that waits or is live at a revision. */
  async exceptionsOf(
    results: Array<Ref & { verdict: string }>,
    revision: Revision,
  ): Promise<(ref: Ref) => FindingException | undefined> {
    const moment = await momentAt(this.#knex, revision);
    return exceptionsOf(this.#knex, results, { revision, moment });
  }

  /** What fails or warns about some accounts and is not excepted, by account and check. */
  async openFindings(
    connection: string,
    accountIds: string[],
    revision: Revision,
  ): Promise<OpenFindings[]> {
    return openFindings(this.#knex, connection, accountIds, revision);
  }

  /** Those of some results that are a finding or were one, in no order. */
  async namedFindings(refs: ResultRef[]): Promise<NamedFinding[]> {
    return namedFindings(this.#knex, refs);
  }

  /** Those of some findings that came back in this very revision. */
  async regressedAt(
    refs: ResultRef[],
    revision: Revision,
  ): Promise<ResultRef[]> {
    return regressedAt(this.#knex, refs, revision);
  }

  /** How many results of a check have each verdict at a revision. */
  async countVerdicts(
    checkId: string,
    connections: string[],
    revision: Revision,
  ): Promise<CheckCounts> {
    return countVerdicts(this.#knex, checkId, connections, { revision });
  }

  /** The worst verdict of each check over some results, as it stands now. */
  async worstVerdicts(scopes: ResultScope[]): Promise<WorstVerdict[]> {
    return worstVerdicts(this.#knex, scopes);
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

  #accountSettings() {
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

  async #payload(
    dataset: 'accounts' | 'groups',
    connection: string,
    key: string,
    revision: Revision,
  ): Promise<string> {
    const select = this.#knex
      .from(`history_${dataset} as t`)
      .where({ 't.source': connection, 't.key': key });
    const row = await standing(select, 't', revision).first('t.payload');
    if (!row) {
      const word = dataset === 'accounts' ? 'account' : 'group';
      throw new NotFoundError(
        `There is no ${word} '${key}' in the connection '${connection}' at revision ${revision}`,
      );
    }
    return row.payload;
  }
}
