// SPDX-License-Identifier: Apache-2.0
import type { AccountClass } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { BATCH, chunks } from './engine';
import { isAnyOf } from './manyRows';
import { checkId } from './payload';
import type { SeenRow } from './stagedRows';
import type { AccountPayload } from './datasets';

/** Who decided, and when. */
interface Decided {
  /** A user or service ref. */
  by: string;
  /** ISO time in UTC */
  at: string;
}

/** What somebody said of whom an account belongs to. */
export interface ManualLink extends Decided {
  /** The person, by the source and their key in it; absent: it belongs to nobody. */
  person?: { source: string; person: string };
  reason: string;
  /** Of the hash in the ledger; absent of what was said before there was one. */
  reasonSalt?: string;
}

/** What somebody said an account is. */
export interface ManualClass extends Decided {
  class: AccountClass;
  /** What it was seen as before. */
  before: AccountClass;
  /** Entity ref of who answers for it. */
  owner?: string;
  purpose?: string;
  /** The same as of the reason of a link. */
  purposeSalt?: string;
}

/** What people said of accounts, latest word only, by account id. */
export class Decisions {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** What was said of whom these accounts belong to. */
  async links(accountIds: string[]): Promise<Map<string, ManualLink>> {
    const found = new Map<string, ManualLink>();
    for (const row of await rowsOf(this.#knex, 'manual_links', accountIds)) {
      found.set(row.account_id, {
        ...(row.person && {
          person: { source: row.source, person: row.person },
        }),
        reason: row.reason,
        by: row.decided_by,
        at: row.decided_at,
      });
    }
    return found;
  }

  /** What was said these accounts are. */
  async classes(accountIds: string[]): Promise<Map<string, ManualClass>> {
    const found = new Map<string, ManualClass>();
    for (const row of await rowsOf(this.#knex, 'account_classes', accountIds)) {
      found.set(row.account_id, {
        class: row.class,
        before: row.class_before,
        ...(row.owner && { owner: row.owner }),
        ...(row.purpose && { purpose: row.purpose }),
        by: row.decided_by,
        at: row.decided_at,
      });
    }
    return found;
  }

  /** Keeps a word on a link in the caller's transaction; undefined takes the last one back. */
  async writeLink(
    tx: Knex.Transaction,
    accountId: string,
    link: ManualLink | undefined,
  ): Promise<void> {
    await write(
      tx,
      'manual_links',
      accountId,
      link && {
        source: link.person?.source ?? null,
        person: link.person?.person ?? null,
        reason: link.reason,
        reason_salt: link.reasonSalt ?? null,
        decided_by: link.by,
        decided_at: link.at,
      },
    );
  }

  /** The same of a class. */
  async writeClass(
    tx: Knex.Transaction,
    accountId: string,
    said: ManualClass | undefined,
  ): Promise<void> {
    await write(
      tx,
      'account_classes',
      accountId,
      said && {
        class: said.class,
        class_before: said.before,
        owner: said.owner ?? null,
        purpose: said.purpose ?? null,
        purpose_salt: (said.purpose && said.purposeSalt) ?? null,
        decided_by: said.by,
        decided_at: said.at,
      },
    );
  }
}

async function rowsOf(knex: Knex, table: string, accountIds: string[]) {
  const rows = [];
  for (const part of chunks([...new Set(accountIds)], BATCH)) {
    rows.push(...(await knex(table).where(isAnyOf(knex, 'account_id', part))));
  }
  return rows;
}

async function write(
  tx: Knex.Transaction,
  table: string,
  accountId: string,
  values: object | undefined,
): Promise<void> {
  if (values) {
    await tx(table)
      .insert({ account_id: accountId, ...values })
      .onConflict('account_id')
      .merge();
  } else {
    await tx(table).where({ account_id: accountId }).delete();
  }
}

/** Accounts as they are stored: what somebody said they are goes before what a site shows. */
export async function asClassed(
  tx: Knex.Transaction,
  dataset: string,
  seen: SeenRow[],
): Promise<SeenRow[]> {
  if (dataset !== 'accounts') {
    return seen;
  }
  const said = await new Decisions(tx).classes(
    seen.map(({ row }) => checkId('A key of accounts', row.key)),
  );
  if (said.size === 0) {
    return seen;
  }
  return seen.map(one => {
    const word = said.get(one.row.key);
    if (!word) {
      return one;
    }
    const payload = one.row.payload as AccountPayload;
    return {
      ...one,
      row: { ...one.row, payload: { ...payload, class: word.class } },
    };
  });
}

/** Takes away what would still say whose an account was that is erased. */
export async function eraseDecisions(
  tx: Knex.Transaction,
  accountId: string,
): Promise<void> {
  await tx('manual_links').where({ account_id: accountId }).delete();
  await tx('account_classes')
    .where({ account_id: accountId })
    .update({ owner: null, purpose: null, purpose_salt: null });
}
