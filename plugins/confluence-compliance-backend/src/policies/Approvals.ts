// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { ConflictError, InputError } from '@backstage/errors';
import {
  type ConfluencePageText,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import type {
  PolicyApproval,
  PolicyApprovalInput,
  PolicyDifference,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Connections } from '../connections';
import { databaseTime, type History } from '../history';
import { newSalt, saltedHash, sha256 } from '../ledger';
import type { ApprovalRows, ApprovedPage } from './ApprovalRows';
import { blocksOf } from './blocks';
import { differenceOf } from './difference';

export interface ApprovalsOptions {
  history: History;
  connections: Pick<Connections, 'prepare' | 'clientFor'>;
  rows: ApprovalRows;
}

/**
 * Approvals of what stands on the pages of policies. Each is bound to a version and the hash of its
 * content, which are read from Confluence at that moment and not from the last sync.
 */
export class Approvals {
  readonly #options: ApprovalsOptions;

  constructor(options: ApprovalsOptions) {
    this.#options = options;
  }

  /**
   * Approves the published version of a page. Throws a ConflictError when another version is
   * published by now, or somebody else has approved this one, or another text under this number; an InputError for a minor edit of what
   * was never approved; the errors of the client.
   */
  async approve(
    page: ApprovedPage,
    input: PolicyApprovalInput,
    actor: string,
  ): Promise<PolicyApproval> {
    const { history, rows } = this.#options;
    const { version, minorEdit = false, note } = input;
    const read = await this.#read(page);
    const published = read.page.version.number;
    if (published !== version) {
      throw new ConflictError(
        `Version ${published} is published by now, not ${version}: read what has changed, then approve that`,
      );
    }
    const contentHash = sha256(read.storage);
    const newest = await rows.newest(page);
    if (newest?.version === version && newest.contentHash !== contentHash) {
      throw new ConflictError(
        `Version ${version} is approved with another text: edit the page in Confluence and press Publish, then approve the new version`,
      );
    }
    if (minorEdit && !newest) {
      throw new InputError(
        'minorEdit: no version of this page is approved yet, so this cannot be a minor edit of it',
      );
    }
    const approval = {
      id: randomUUID(),
      pageId: page.pageId,
      version,
      minorEdit,
      contentHash,
      ...(note !== undefined && { note }),
      by: actor,
    };
    const noteSalt = note === undefined ? undefined : newSalt();
    let at = '';
    await history.change(
      {
        record: async tx => {
          at = await databaseTime(tx);
          const blocks = blocksOf(read.storage);
          const row = { ...approval, at, blocks, noteSalt };
          if (!(await rows.insert(tx, page, row))) {
            throw new ConflictError(
              `Version ${version} has been approved by somebody else just now`,
            );
          }
          await history.ledger.append(tx, entryOf(page, row));
        },
      },
      async () => {},
    );
    return { ...approval, at };
  }

  /** What was approved last against what is published now; the errors of the client. */
  async difference(page: ApprovedPage): Promise<PolicyDifference> {
    const { rows } = this.#options;
    const approval = await rows.newest(page);
    const approved = approval && (await rows.blocks(approval.id));
    const { page: found, storage } = await this.#read(page);
    const same = approval?.contentHash === sha256(storage);
    const now = blocksOf(storage);
    const { number: version, authorId, createdAt } = found.version;
    return {
      pageId: page.pageId,
      title: found.title,
      published: {
        version,
        ...(authorId && { by: authorId }),
        ...(createdAt && { at: createdAt }),
      },
      ...(approval && { approval }),
      same,
      ...(approval && !approved && { textGone: true as const }),
      ...differenceOf(approved ?? (same ? now : []), now),
    };
  }

  async #read({
    connection,
    pageId,
  }: ApprovedPage): Promise<ConfluencePageText> {
    const { connections } = this.#options;
    await connections.prepare(connection);
    try {
      return await connections.clientFor(connection, 'policy').pageText(pageId);
    } catch (error) {
      if (error instanceof NotVisibleError) {
        throw new ConflictError(
          `Confluence does not show the page ${pageId} any more: Sync now, then look again`,
        );
      }
      throw error;
    }
  }
}

/** Ids, hashes and times: what somebody wrote goes into the ledger as a hash. */
function entryOf(
  page: ApprovedPage,
  approval: PolicyApproval & { noteSalt?: string },
) {
  const { id, version, minorEdit, contentHash, note, noteSalt, by } = approval;
  return {
    kind: 'policy.approved',
    actor: by,
    subject: page.policy,
    payload: {
      id,
      connection: page.connection,
      pageId: page.pageId,
      version,
      minorEdit,
      contentHash,
      ...(note !== undefined && {
        note: saltedHash(noteSalt ?? '', note),
      }),
    },
  };
}
