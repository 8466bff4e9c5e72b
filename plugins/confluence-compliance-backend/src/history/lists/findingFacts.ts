// SPDX-License-Identifier: Apache-2.0
import type { Account } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../words';
import { AccountRow, AccountSettings, describeAccounts } from './accountFacts';
import type { FindingRecord } from './findings';
import { standing } from './page';
import { keyOf } from './refs';

/** The accounts that findings are about, by connection and account id. */
export class FindingAccounts {
  readonly #accounts: Map<string, Account>;

  static async of(
    knex: Knex,
    settings: AccountSettings,
    findings: FindingRecord[],
    revision: Revision,
  ): Promise<FindingAccounts> {
    const rows: AccountRow[] = [];
    for (const connection of new Set(findings.map(f => f.connection))) {
      const ids = findings
        .filter(finding => finding.connection === connection)
        .flatMap(finding => accountOf(finding) ?? []);
      const select = knex('history_accounts as t')
        .where('t.source', connection)
        .whereIn('t.key', ids)
        .select('t.key', 't.payload');
      const found: Array<{ key: string; payload: string }> = await standing(
        select,
        't',
        revision,
      );
      rows.push(
        ...found.map(({ key, payload }) => ({ connection, id: key, payload })),
      );
    }
    const accounts = await describeAccounts(knex, settings, rows, revision);
    return new FindingAccounts(
      new Map(accounts.map(a => [keyOf(a.connection, a.accountId), a])),
    );
  }

  private constructor(accounts: Map<string, Account>) {
    this.#accounts = accounts;
  }

  get(finding: FindingRecord): Account | undefined {
    const accountId = accountOf(finding);
    return accountId === undefined
      ? undefined
      : this.#accounts.get(keyOf(finding.connection, accountId));
  }
}

/** The account a finding is about; a result of the first shape names it as its subject only. */
function accountOf({ result }: FindingRecord): string | undefined {
  const subject =
    result.subjectKind === 'account' ? result.subjectId : undefined;
  return result.accountId ?? subject;
}
