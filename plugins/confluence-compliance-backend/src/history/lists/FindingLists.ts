// SPDX-License-Identifier: Apache-2.0
import type {
  CheckCounts,
  ExceptableVerdict,
  FindingException,
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import type { AccountSettings } from './accountFacts';
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
import {
  countVerdicts,
  FindingListOptions,
  FindingRecord,
  readFindings,
} from './findings';
import {
  type NamedFinding,
  namedFindings,
  regressedAt,
  type ResultRef,
} from './namedFindings';
import { type OpenFindings, openFindings } from './openFindings';
import type { ReadAt } from './page';
import type { Ref } from './refs';
import { ResultScope, WorstVerdict, worstVerdicts } from './verdicts';

/** What checks found: results that need somebody, their exceptions, and counts of verdicts. */
export class FindingLists {
  readonly #knex: Knex;
  readonly #accounts: AccountSettings;

  constructor(knex: Knex, accounts: AccountSettings) {
    this.#knex = knex;
    this.#accounts = accounts;
  }

  /** Results that need somebody, with the accounts they are about. */
  async list(options: FindingListOptions): Promise<Page<FindingRecord>> {
    const page = await readFindings(this.#knex, options);
    const accounts = await FindingAccounts.of(
      this.#knex,
      this.#accounts,
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
      this.#accounts,
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
}
