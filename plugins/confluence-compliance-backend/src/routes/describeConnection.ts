// SPDX-License-Identifier: Apache-2.0
import type {
  AuditCoverage,
  Connection,
  ReadScope,
  UserGroup,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  type AuditState,
  type ConnectionDefinition,
  describeCapabilities,
  describeConnection,
  lostKeyReason,
  needsReconnect,
  organizationSource,
} from '../connections';
import type { Rooms } from './rooms';

type Status = Omit<
  Connection,
  | keyof ReturnType<typeof describeConnection>
  | 'capabilities'
  | 'audit'
  | 'knownSince'
>;

/** A connection as the contract has it. */
export async function toConnection(
  rooms: Pick<Rooms, 'connections' | 'sync' | 'checks' | 'history' | 'lists'>,
  definition: ConnectionDefinition,
): Promise<Connection> {
  const { connections, sync, checks } = rooms;
  const { id } = definition;
  const [stored, { capabilities, audit }] = await Promise.all([
    connections.credentials.list(id),
    connections.states.get(id),
  ]);
  const described = describeConnection(definition, stored, new Date());
  const known = await rooms.lists.firstKnown(id);
  return {
    ...described,
    ...(known && { knownSince: known.at }),
    userGroup: await userGroupOf(rooms, definition),
    ...(await statusOf(rooms, definition, described)),
    audit: audit && toCoverage(audit),
    capabilities: describeCapabilities(capabilities, {
      required: await sync.requiredDatasets(definition),
      checksOf: dataset => checks.usersOf(dataset),
    }),
  };
}

function toCoverage({
  watermark,
  reachesTo,
  newestAt,
  accessAt,
  accessEvents,
}: AuditState): AuditCoverage {
  return {
    readTo: watermark,
    reachesTo: reachesTo ?? undefined,
    newestAt: newestAt ?? undefined,
    accessAt: accessAt ?? undefined,
    accessEvents: accessEvents ?? undefined,
  };
}

/** What the scopes of the containers of a connection stand for. */
export async function readScopes(
  { readScopes: known }: Rooms['connections'],
  { id, methods, organization, ended }: ConnectionDefinition,
): Promise<(scope: string) => ReadScope> {
  const scopes = new Map(
    (await known.list(id)).map(({ scope, method, accountId, current }) => [
      scope,
      {
        method,
        accountId,
        current:
          current && !ended && methods.some(one => one.method === method),
      },
    ]),
  );
  return scope =>
    organization && scope === organizationSource(organization.id)
      ? { method: 'organization', current: !ended }
      : scopes.get(scope) ?? { current: false };
}

/** The user group as it was last read. Without an id it is not there, or nobody knows yet. */
async function userGroupOf(
  { history, lists }: Pick<Rooms, 'history' | 'lists'>,
  { id: connection, userGroup }: ConnectionDefinition,
): Promise<UserGroup | undefined> {
  if (!userGroup) {
    return undefined;
  }
  const { name } = userGroup;
  const found = await lists.userGroup(connection, await history.head());
  if (found) {
    return { id: found.id, name, members: found.members };
  }
  const filter = { source: connection, dataset: 'groups' };
  const groups = await history.containers(filter);
  // Before the first sync, what somebody chose is right as far as anybody knows.
  return groups.some(({ completeAt }) => completeAt) ? { name } : userGroup;
}

async function statusOf(
  { sync }: Pick<Rooms, 'sync'>,
  definition: ConnectionDefinition,
  described: ReturnType<typeof describeConnection>,
): Promise<Status> {
  const { id, begun, enabled, ended } = definition;
  if (!begun || ended) {
    return {
      state: ended ? 'ended' : 'setting-up',
      greenTick: false,
      syncRequested: false,
      datasets: [],
    };
  }
  const status = await sync.connectionStatus(id);
  if (!enabled) {
    return {
      ...status,
      state: 'disabled',
      greenTick: false,
      nextRunAt: undefined,
    };
  }
  const lost = lostKeyReason(described);
  if (lost) {
    const state = needsReconnect(described) ? 'reconnect' : 'failed';
    return { ...status, state, greenTick: false, reason: lost };
  }
  if (needsReconnect(described)) {
    const isDead = described.methods.some(
      ({ credential }) => credential.state === 'reconnect',
    );
    return {
      ...status,
      state: 'reconnect',
      greenTick: false,
      reason: {
        code: 'reconnect',
        text: isDead
          ? 'Atlassian does not renew the access any more'
          : 'Nobody has granted access yet',
        cure: isDead
          ? 'Choose Reconnect and grant it again: until then nothing is read.'
          : 'Choose Connect and grant it: until then nothing is read.',
      },
    };
  }
  return status.state === 'failed' && isRepaired(status, described)
    ? {
        ...status,
        state: status.datasets.some(({ readAt }) => readAt)
          ? 'partial'
          : 'never-synced',
        reason: {
          code: 'not-read-since',
          text: 'The credential was changed after the last run, and nothing was read with it yet',
          cure: 'A sync begins by itself.',
        },
      }
    : status;
}

/** Whether what the last run failed by was replaced since. */
function isRepaired(
  { lastRun }: Status,
  { methods }: ReturnType<typeof describeConnection>,
): boolean {
  const failedAt = lastRun?.finishedAt;
  return (
    failedAt !== undefined &&
    methods.some(
      ({ credential: { changedAt } }) => changedAt && changedAt > failedAt,
    )
  );
}
