// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { History } from '../../History';
import type { ObservedRow } from '../../types';
import { Lists } from '../Lists';
import type { OrganizationOf } from '../directory';
import type { UserGroups } from '../userGroup';

type Reads = Record<string, Record<string, ObservedRow[]>>;

/** A history and its lists on a database of a test. */
export async function createTestLists(
  knex: Knex,
  userGroups: ReturnType<UserGroups> = [],
  organizations: OrganizationOf[] = [],
) {
  const database = mockServices.database({ knex });
  const history = await History.create({ database, pageSubjects: 'all' });
  const lists = await Lists.create({
    database,
    catalog: {
      namespace: 'confluence',
      accounts: 'user',
      labels: ['policy'],
      allPages: false,
    },
    critical: async () => [
      { connection: 'acme', space: 'hr' },
      { connection: 'acme' },
    ],
    userGroups: () => userGroups,
    organizations: async () => organizations,
  });
  /** Publishes whole and complete reads: rows by container by dataset. */
  async function publish(source: string, reads: Reads) {
    const runId = randomUUID();
    for (const [dataset, containers] of Object.entries(reads)) {
      for (const [key, rows] of Object.entries(containers)) {
        const container = { source, dataset, key };
        const { id } = await history.beginRead({
          ...container,
          runId,
          mode: 'full',
          scope: 'test',
        });
        await history.stage(id, rows);
        await history.finishRead(id, { outcome: 'complete' });
      }
    }
    return history.publish({ runId });
  }
  /** Publishes that a container could not be read, or only a part of it. */
  async function fail(
    source: string,
    dataset: string,
    key: string,
    seen?: ObservedRow[],
    reason?: string,
  ) {
    const runId = randomUUID();
    const container = { source, dataset, key };
    const { id } = await history.beginRead({
      ...container,
      runId,
      mode: 'full',
      scope: 'test',
    });
    await history.stage(id, seen ?? []);
    const outcome = seen ? 'partial' : 'failed';
    await history.finishRead(id, { outcome, reason });
    return history.publish({ runId });
  }
  return { history, lists, publish, fail };
}

export function account(
  key: string,
  name?: string,
  facts: object = {},
  email?: string,
): ObservedRow {
  return {
    key,
    payload: {
      accountType: 'atlassian',
      accountStatus: 'active',
      class: 'person',
      listed: true,
      ...facts,
    },
    profile: { kind: 'account', id: key, name, email },
  };
}

export function group(key: string, name: string): ObservedRow {
  return { key, payload: { name, managedBy: 'ADMINS', usageType: 'USERS' } };
}

export function membership(groupId: string, accountId: string): ObservedRow {
  return { key: `${groupId}/${accountId}`, payload: { groupId, accountId } };
}

export function space(id: string, key: string, name: string): ObservedRow {
  return { key: id, payload: { key, name, type: 'global', status: 'current' } };
}

/** @param to - principal type and id; `operations` such as `read:space` */
export function grants(
  spaceId: string,
  to: [principalType: string, principalId: string],
  ...operations: string[]
): ObservedRow[] {
  const [principalType, principalId] = to;
  return operations.map(each => {
    const [operation, target] = each.split(':');
    return {
      key: `${spaceId}/${principalType}/${principalId}/${operation}/${target}`,
      payload: {
        spaceId,
        principalType,
        principalId,
        operation,
        target,
        role: null,
      },
    };
  });
}

export function page(
  id: string,
  spaceId: string,
  title: string,
  ownerId: string | null = null,
): ObservedRow {
  return {
    key: id,
    payload: {
      spaceId,
      title,
      status: 'current',
      parentId: null,
      ownerId,
      version: 3,
      versionAt: '2026-01-02T03:04:05.000Z',
      versionBy: null,
    },
  };
}

export function label(name: string, pageId: string): ObservedRow {
  return { key: `${name}/${pageId}`, payload: { pageId, label: name } };
}

export function grant(
  spaceId: string,
  principalType: string,
  principalId: string,
  operation: string,
  target = 'space',
): ObservedRow {
  return {
    key: [spaceId, principalType, principalId, operation, target].join('/'),
    payload: {
      spaceId,
      principalType,
      principalId,
      operation,
      target,
      role: null,
    },
  };
}

export function result(key: string, facts: object): ObservedRow {
  const [checkId, subjectKind, subjectId] = key.split('|');
  return {
    key,
    payload: {
      checkId,
      subjectKind,
      subjectId,
      verdict: 'fail',
      reason: 'because',
      facts: {},
      accountId: null,
      resource: null,
      ...facts,
    },
  };
}
