// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ConnectionDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Duration } from 'luxon';
import {
  type ConnectionDefinition,
  type ConnectionState,
  organizationSource,
} from '../connections';
import {
  type ContainerState,
  type DatasetName,
  type History,
  isComplete,
  whyIncomplete,
} from '../history';
import { CADENCES, distinctReasons, PARENTS } from './report';

/** What the green tick and its datasets are computed from. */
export interface StatusInput {
  connection: ConnectionDefinition;
  labels: readonly string[];
  state: ConnectionState;
  history: History;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A dataset that was not read for this many cadences is stale. */
const STALE_CADENCES = 3;

/** What an organization says, not the site. */
const ofOrganization = new Set<DatasetName>(['directory', 'credentials']);

/** What the purposes of a connection need to be complete. */
export function requiredOf({
  connection,
  labels,
}: Pick<StatusInput, 'connection' | 'labels'>): Set<DatasetName> {
  const required = new Set<DatasetName>();
  if (connection.purposes.includes('access-review')) {
    (['accounts', 'groups', 'memberships'] as const).forEach(d =>
      required.add(d),
    );
  }
  if (connection.purposes.includes('policy')) {
    required.add('pages');
    if (labels.length > 0) {
      required.add('labels');
    }
  }
  return required;
}

/** State of every dataset, by the containers that exist now. */
export async function datasetStates(
  input: StatusInput,
): Promise<ConnectionDataset[]> {
  const { connection, labels, history } = input;
  const source = connection.id;
  const asOf = await history.head();
  const containers = await history.containers({ source });
  const organization =
    connection.organization && organizationSource(connection.organization.id);
  if (organization) {
    const own = await history.containers({ source: organization });
    containers.push(...own);
  }
  const spaces = await history.keys('spaces', { source, asOf });
  const expected: Array<[DatasetName, readonly string[]]> = [
    ['accounts', ['site']],
    ['groups', ['site']],
    ['memberships', await history.keys('groups', { source, asOf })],
    ['spaces', ['site']],
    ['grants', spaces],
    ['pages', spaces],
    ['labels', labels],
    ['restrictions', labels.length > 0 ? ['site'] : []],
    ...(connection.purposes.includes('access-review')
      ? [['audit', ['site']] satisfies [DatasetName, string[]]]
      : []),
    ...(organization
      ? ([
          ['directory', ['all']],
          ['credentials', ['api-tokens', 'service-accounts']],
        ] satisfies Array<[DatasetName, string[]]>)
      : []),
  ];
  const required = requiredOf(input);
  return Promise.all(
    expected.map(async ([dataset, keys]) => ({
      ...datasetState(input, dataset, keys, containers),
      required: required.has(dataset),
      rows: await history.count(dataset, {
        source: ofOrganization.has(dataset) ? organization : source,
        asOf,
      }),
    })),
  );
}

function datasetState(
  input: StatusInput,
  dataset: DatasetName,
  keys: readonly string[],
  all: readonly ContainerState[],
): Omit<ConnectionDataset, 'required' | 'rows'> {
  const wanted = new Set(keys);
  const containers = all.filter(
    c => c.dataset === dataset && wanted.has(c.key),
  );
  const complete = containers.filter(isComplete);
  const completeAt = containers.flatMap(c => c.completeAt ?? []).sort();
  const readAt = containers.map(c => c.readAt).sort();
  const whole = complete.length === keys.length;
  const read = all.some(c => c.dataset === dataset);
  // Where nobody knows what there is to read, the reason is that of the list of it.
  const reasonsOf = read
    ? containers
    : all.filter(c => c.dataset === PARENTS[dataset]);
  return {
    dataset,
    state: stateOf(input, dataset, {
      read,
      whole,
      any: complete.length > 0 || containers.some(c => c.outcome === 'partial'),
    }),
    containers: { total: keys.length, complete: complete.length },
    ...(readAt.length > 0 && { readAt: readAt[readAt.length - 1] }),
    ...(completeAt.length > 0 &&
      completeAt.length === keys.length && { completeAt: completeAt[0] }),
    reasons: distinctReasons(reasonsOf.map(whyIncomplete)),
  };
}

function stateOf(
  { connection, state, now }: StatusInput,
  dataset: DatasetName,
  { read, whole, any }: { read: boolean; whole: boolean; any: boolean },
): ConnectionDataset['state'] {
  if (!read) {
    return 'never-read';
  }
  if (!whole) {
    return any ? 'partial' : 'unavailable';
  }
  const cadence = CADENCES[dataset] ?? dataset;
  const every = connection.cadence[cadence as keyof typeof connection.cadence];
  const last = state.readAt[cadence];
  const limit = STALE_CADENCES * Duration.fromObject(every).toMillis();
  return last !== undefined && now - Date.parse(last) > limit
    ? 'stale'
    : 'complete';
}

/** State, reason and green tick of a connection from its runs and datasets. */
export function verdictOf(
  datasets: readonly ConnectionDataset[],
  runs: Pick<Connection, 'activeRun' | 'lastRun'>,
  published: boolean,
  lastError?: ConnectionState['lastError'],
): Pick<Connection, 'state' | 'reason' | 'greenTick'> {
  const { activeRun, lastRun } = runs;
  const required = datasets.filter(dataset => dataset.required);
  const lacking = required.filter(
    ({ state, containers }) =>
      state === 'never-read' || containers.complete < containers.total,
  );
  const failed = lastRun?.state === 'failed';
  const greenTick = published && !failed && lacking.length === 0;
  if (activeRun) {
    const trouble =
      lastError && lastError.at >= activeRun.startedAt
        ? { code: lastError.code, text: lastError.text }
        : undefined;
    return {
      state: 'syncing',
      reason: activeRun.reason ?? trouble,
      greenTick,
    };
  }
  if (failed) {
    return { state: 'failed', reason: lastRun.reason, greenTick };
  }
  if (!published) {
    return { state: 'never-synced', greenTick };
  }
  const [reason] = lacking.flatMap(dataset => dataset.reasons);
  return lacking.length > 0
    ? { state: 'partial', reason, greenTick }
    : { state: 'connected', greenTick };
}
