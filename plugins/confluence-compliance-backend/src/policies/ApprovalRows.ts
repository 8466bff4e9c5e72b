// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { PolicyApproval } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import { migrateDatabase } from '../database';
import type { Block } from './blocks';

/** A policy and the page that was approved for it. */
export interface ApprovedPage {
  policy: string;
  connection: string;
  pageId: string;
}

interface Row {
  id: string;
  policy: string;
  connection: string;
  page_id: string;
  version: number;
  /** SQLite has no booleans. */
  minor_edit: boolean | number;
  content_hash: string;
  /** Null once the text is not kept any more. */
  blocks: string | null;
  note: string | null;
  approved_by: string;
  approved_at: string;
}

const TABLE = 'policy_approvals';
const MOST = 100;
/** All but the text, which is large and only asked for to be compared with. */
const COLUMNS = [
  'id',
  'page_id',
  'version',
  'minor_edit',
  'content_hash',
  'note',
  'approved_by',
  'approved_at',
];
type Approval = Omit<Row, 'policy' | 'connection' | 'blocks'>;

/** The table of approvals. */
export class ApprovalRows {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<ApprovalRows> {
    return new ApprovalRows(await migrateDatabase(options.database));
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The newest first, at most a hundred; of whatever page the policy had. */
  async list(policy: string, connection: string): Promise<PolicyApproval[]> {
    const rows: Approval[] = await this.#knex(TABLE)
      .select(COLUMNS)
      .where({ policy, connection })
      .orderBy('approved_at', 'desc')
      .orderBy('version', 'desc')
      .limit(MOST);
    return rows.map(toApproval);
  }

  /** The approval of the highest version of a page. */
  async newest(page: ApprovedPage): Promise<PolicyApproval | undefined> {
    const row: Approval | undefined = await this.#knex(TABLE)
      .where(columnsOf(page))
      .orderBy('version', 'desc')
      .first(COLUMNS);
    return row && toApproval(row);
  }

  /** What was approved, to be compared with; undefined where the text is not kept any more. */
  async blocks(id: string): Promise<Block[] | undefined> {
    const row: Pick<Row, 'blocks'> | undefined = await this.#knex(TABLE)
      .where({ id })
      .first('blocks');
    return row?.blocks ? JSON.parse(row.blocks) : undefined;
  }

  /** Writes an approval; false when this version has one already. */
  async insert(
    tx: Knex.Transaction,
    page: ApprovedPage,
    {
      blocks,
      noteSalt,
      ...approval
    }: PolicyApproval & { blocks: Block[]; noteSalt?: string },
  ): Promise<boolean> {
    const inserted = await tx(TABLE)
      .insert({
        ...columnsOf(page),
        id: approval.id,
        version: approval.version,
        minor_edit: approval.minorEdit,
        content_hash: approval.contentHash,
        blocks: JSON.stringify(blocks),
        note: approval.note ?? null,
        note_salt: noteSalt ?? null,
        approved_by: approval.by,
        approved_at: approval.at,
      })
      .onConflict(['policy', 'connection', 'page_id', 'version'])
      .ignore()
      .returning('id');
    return inserted.length > 0;
  }
}

function columnsOf({ policy, connection, pageId }: ApprovedPage) {
  return { policy, connection, page_id: pageId };
}

function toApproval(row: Approval): PolicyApproval {
  return {
    id: row.id,
    pageId: row.page_id,
    version: row.version,
    minorEdit: Boolean(row.minor_edit),
    contentHash: row.content_hash,
    ...(row.note !== null && { note: row.note }),
    by: row.approved_by,
    at: row.approved_at,
  };
}
