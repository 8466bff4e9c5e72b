// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { StructureRule } from '../config';
import { migrateDatabase } from '../database';
import { canonicalJson, sha256 } from '../ledger';
import type { ApprovedPage } from './ApprovalRows';
import { keepOnly } from './keepOnly';
import type { Structure } from './structure';

/** What was found in the text of a version of a page, or why it could not be read. */
export interface FoundStructure {
  version: number;
  found?: Structure;
  /** SHA-256 of the text in storage format, hex; absent where it was not read. */
  contentHash?: string;
  /** A stable code. */
  failed?: string;
  /** ISO time in UTC. */
  readAt: string;
}

interface Row {
  page_id: string;
  version: number;
  rule_hash: string;
  found: string | null;
  content_hash: string | null;
  failed: string | null;
  read_at: string;
}

const TABLE = 'policy_structures';

/** The table of what was found in the texts of policies: the newest of each. */
export class StructureRows {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<StructureRows> {
    return new StructureRows(await migrateDatabase(options.database));
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Undefined where the page was not read yet, or other things were looked for. */
  async get(
    { policy, connection, pageId }: ApprovedPage,
    rule: StructureRule,
  ): Promise<FoundStructure | undefined> {
    const row: Row | undefined = await this.#knex(TABLE)
      .where({ policy, connection })
      .first();
    return row?.page_id === pageId && row.rule_hash === hashOf(rule)
      ? {
          version: row.version,
          ...(row.found && { found: JSON.parse(row.found) }),
          ...(row.content_hash && { contentHash: row.content_hash }),
          ...(row.failed && { failed: row.failed }),
          readAt: row.read_at,
        }
      : undefined;
  }

  /** Takes the place of what was found before. */
  async put(
    { policy, connection, pageId }: ApprovedPage,
    rule: StructureRule,
    { version, found, contentHash, failed, readAt }: FoundStructure,
  ): Promise<void> {
    await this.#knex(TABLE)
      .insert({
        policy,
        connection,
        page_id: pageId,
        version,
        rule_hash: hashOf(rule),
        found: found ? JSON.stringify(found) : null,
        content_hash: contentHash ?? null,
        failed: failed ?? null,
        read_at: readAt,
      })
      .onConflict(['policy', 'connection'])
      .merge();
  }

  /** Deletes what was found of policies that are not among these any more. */
  async keepOnly(policies: Parameters<typeof keepOnly>[2]): Promise<void> {
    await keepOnly(this.#knex, TABLE, policies);
  }
}

function hashOf(rule: StructureRule): string {
  return sha256(canonicalJson(rule));
}
