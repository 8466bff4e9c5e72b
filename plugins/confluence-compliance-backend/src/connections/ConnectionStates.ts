// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { CustomErrorBase } from '@backstage/errors';
import type {
  Capability,
  Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';

/** What is remembered of a connection. Times are ISO 8601 in UTC. */
export interface ConnectionState {
  id: string;
  /** Sync now was asked for and has not started yet. */
  syncRequestedAt?: string;
  /** When each cadence was last served by a published run. */
  readAt: Record<string, string>;
  /** Newest page change that is published. */
  pagesWatermark?: string;
  /** What was seen of the audit log; absent before it was first read. */
  audit?: AuditState;
  /** No scheduled run before this, because the last one failed. */
  retryAt?: string;
  lastError?: Reason & { at: string };
  /** What it can read, by dataset. */
  capabilities: Record<string, KnownCapability>;
  /** Atlassian's id of the site. */
  cloudId?: string;
  /** What people were told of already, and when it was so. */
  notified: Record<string, string>;
}

/** What was seen of the audit log of a site, without anybody's name. Times are ISO 8601 in UTC. */
export interface AuditState {
  /** Everything until here was read and is published. */
  watermark: string;
  /** Newest record of any kind; null when there was none. */
  newestAt: string | null;
  /** Oldest record that was seen. */
  reachesTo: string | null;
  /** Newest record that says that somebody's access has changed. */
  accessAt: string | null;
  /** From when the last read has counted. */
  since: string;
  /** Such records of the last read; null where a category is not known, as in another language. */
  accessEvents: number | null;
}

/** Whether a dataset can be read, and since when that is known. */
export type KnownCapability = Pick<
  Capability,
  'ability' | 'problem' | 'saw' | 'checkedAt'
>;

interface StateRow {
  id: string;
  sync_requested_at: string | null;
  slice_token: string | null;
  slice_expires_at: number | string | null;
  read_at: string | null;
  pages_watermark: string | null;
  audit: string | null;
  retry_at: string | null;
  error_code: string | null;
  error_text: string | null;
  error_at: string | null;
  capabilities: string | null;
  notified: string | null;
  cloud_id: string | null;
}

const TABLE = 'connections_state';

/** Another slice has taken over: this one must stop and write nothing more. */
export class LostSliceError extends CustomErrorBase {
  name = 'LostSliceError' as const;

  constructor(connectionId: string) {
    super(`Another slice works on connection '${connectionId}' now`);
  }
}

/** The table `connections_state`. */
export class ConnectionStates {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async ensure(id: string): Promise<void> {
    await this.#knex(TABLE).insert({ id }).onConflict('id').ignore();
  }

  async get(id: string): Promise<ConnectionState> {
    const row = await this.#knex<StateRow>(TABLE).where({ id }).first();
    return {
      id,
      syncRequestedAt: row?.sync_requested_at ?? undefined,
      readAt: row?.read_at ? JSON.parse(row.read_at) : {},
      pagesWatermark: row?.pages_watermark ?? undefined,
      audit: row?.audit ? JSON.parse(row.audit) : undefined,
      retryAt: row?.retry_at ?? undefined,
      lastError: row?.error_code
        ? {
            code: row.error_code,
            text: row.error_text ?? '',
            at: row.error_at ?? '',
          }
        : undefined,
      capabilities: row?.capabilities ? JSON.parse(row.capabilities) : {},
      cloudId: row?.cloud_id ?? undefined,
      notified: row?.notified ? JSON.parse(row.notified) : {},
    };
  }

  /** Atlassian's ids of the sites, by connection. */
  async cloudIds(): Promise<Map<string, string>> {
    const rows = await this.#knex<StateRow>(TABLE)
      .whereNotNull('cloud_id')
      .select('id', 'cloud_id');
    return new Map(rows.map(row => [row.id, row.cloud_id as string]));
  }

  /** Adds to what is known of what it can read. */
  async addCapabilities(
    id: string,
    found: Record<string, KnownCapability>,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      const row = await tx<StateRow>(TABLE).where({ id }).forUpdate().first();
      const known = row?.capabilities ? JSON.parse(row.capabilities) : {};
      const capabilities = JSON.stringify({ ...known, ...found });
      await tx(TABLE).where({ id }).update({ capabilities });
    });
  }

  /**
   * What other credentials could read, and how they failed, says nothing of
   * these: everything is read with them as soon as it may.
   */
  async startAnew(tx: Knex, id: string, at: string): Promise<void> {
    await tx(TABLE).where({ id }).update({
      capabilities: null,
      sync_requested_at: at,
      retry_at: null,
      error_code: null,
      error_text: null,
      error_at: null,
    });
  }

  /** True for whoever is first to tell people of it. */
  async notifyOnce(id: string, topic: string, of: string): Promise<boolean> {
    const { notified } = await this.get(id);
    if (notified[topic] === of) {
      return false;
    }
    const changed = await this.#knex(TABLE)
      .where({ id, notified: noticesText(notified) })
      .update({ notified: JSON.stringify({ ...notified, [topic]: of }) });
    return changed === 1;
  }

  /** People were not told of it after all. */
  async takeBack(id: string, topic: string, of: string): Promise<void> {
    for (;;) {
      const { notified } = await this.get(id);
      const { [topic]: told, ...others } = notified;
      if (told !== of) {
        return;
      }
      const changed = await this.#knex(TABLE)
        .where({ id, notified: JSON.stringify(notified) })
        .update({ notified: noticesText(others) });
      if (changed === 1) {
        return;
      }
    }
  }

  /** Whoever works on it now may not go on. */
  async stopSlice(id: string): Promise<void> {
    await this.#knex(TABLE)
      .where({ id })
      .update({ slice_token: null, slice_expires_at: null });
  }

  async remove(tx: Knex, id: string): Promise<void> {
    await tx(TABLE).where({ id }).delete();
  }

  async requestSync(id: string, at: string): Promise<void> {
    await this.#knex(TABLE).where({ id }).update({ sync_requested_at: at });
  }

  /**
   * Takes the right to work on a connection, unless somebody else holds it and
   * it has not expired. One that lasts twice as long as any could comes from a
   * clock that was wrong, and counts for nothing. Times are milliseconds since
   * the epoch.
   */
  async takeSlice(
    id: string,
    now: number,
    expires: number,
  ): Promise<string | undefined> {
    const token = randomUUID();
    const taken = await this.#knex(TABLE)
      .where({ id })
      .where(free =>
        free
          .whereNull('slice_token')
          .orWhere('slice_expires_at', '<=', now)
          .orWhere('slice_expires_at', '>', expires + (expires - now)),
      )
      .update({ slice_token: token, slice_expires_at: expires });
    return taken === 1 ? token : undefined;
  }

  async releaseSlice(id: string, token: string): Promise<void> {
    await this.#knex(TABLE)
      .where({ id, slice_token: token })
      .update({ slice_token: null, slice_expires_at: null });
  }

  /** Throws a LostSliceError unless the token is still the connection's. */
  async assertSlice(
    tx: Knex.Transaction,
    id: string,
    token: string,
  ): Promise<void> {
    const query = tx<StateRow>(TABLE).where({ id });
    // Shared, so that batches of one slice do not queue behind each other,
    // but a slice that takes over waits until they are committed.
    const row = await (tx.client.config.client === 'pg'
      ? query.forShare()
      : query
    ).first('slice_token');
    if (row?.slice_token !== token) {
      throw new LostSliceError(id);
    }
  }

  async update(
    knex: Knex,
    id: string,
    change: {
      syncRequestedAt?: null;
      readAt?: Record<string, string>;
      pagesWatermark?: string;
      audit?: AuditState;
      retryAt?: string | null;
      lastError?: ConnectionState['lastError'] | null;
      cloudId?: string;
    },
  ): Promise<void> {
    const { lastError } = change;
    const columns = {
      sync_requested_at: change.syncRequestedAt,
      read_at: change.readAt && JSON.stringify(change.readAt),
      pages_watermark: change.pagesWatermark,
      audit: change.audit && JSON.stringify(change.audit),
      retry_at: change.retryAt,
      cloud_id: change.cloudId,
      ...(lastError !== undefined && {
        error_code: lastError?.code ?? null,
        error_text: lastError?.text ?? null,
        error_at: lastError?.at ?? null,
      }),
    };
    const given = Object.entries(columns).filter(([, v]) => v !== undefined);
    if (given.length > 0) {
      await knex(TABLE).where({ id }).update(Object.fromEntries(given));
    }
  }
}

function noticesText(notified: Record<string, string>): string | null {
  return Object.keys(notified).length ? JSON.stringify(notified) : null;
}
