// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { History, HistoryOptions } from '../History';
import type { BeginRead, FinishRead, ObservedRow } from '..';

/** A history over a fresh test database. */
export async function openHistory(
  knex: Knex,
  options: Omit<HistoryOptions, 'database'> = {},
): Promise<History> {
  const database = mockServices.database({ knex });
  return History.create({ database, ...options });
}

export interface ReadAll extends Partial<BeginRead>, Partial<FinishRead> {
  runId: string;
  dataset: string;
  rows: ObservedRow[];
}

/** Begins, stages and finishes a read: by default full and complete. */
export async function readAll(history: History, read: ReadAll) {
  const { rows, outcome = 'complete', reason, watermark, ...begin } = read;
  const { id } = await history.beginRead({
    source: 'acme',
    key: 'site',
    mode: 'full',
    scope: 'all',
    ...begin,
  });
  await history.stage(id, rows);
  return history.finishRead(id, { outcome, reason, watermark });
}

/** Reads one container and publishes it as a run of its own. */
export async function publishAll(history: History, read: ReadAll) {
  await readAll(history, read);
  return history.publish({ runId: read.runId });
}

export const account = (key: string, name?: string): ObservedRow => ({
  key,
  payload: {
    accountType: 'atlassian',
    accountStatus: 'active',
    class: 'person',
    listed: true,
  },
  ...(name ? { profile: { kind: 'account', id: key, name } } : {}),
});

export const group = (key: string, name = 'Team'): ObservedRow => ({
  key,
  payload: { name, managedBy: 'ADMINS', usageType: 'TEAM' },
});

export const member = (groupId: string, accountId: string): ObservedRow => ({
  key: `${groupId}/${accountId}`,
  payload: { groupId, accountId },
});

export const page = (key: string, spaceId: string, title = 'Page') => ({
  key,
  payload: {
    spaceId,
    title,
    status: 'current',
    parentId: null,
    ownerId: null,
    version: 1,
    versionAt: null,
    versionBy: null,
  },
});

export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
