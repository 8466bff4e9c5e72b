// SPDX-License-Identifier: Apache-2.0
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Connections } from '../connections';
import type { RunStore } from './RunStore';

const PREFIX = 'backstage.confluence-compliance';

export interface MetricsParts {
  metrics: MetricsService;
  connections: Connections;
  runs: RunStore;
  /** Containers of a connection that are not complete. */
  incomplete(connection: string): Promise<number>;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Age of the published state, requests, refusals to hurry, containers incomplete. */
export function observeSync(parts: MetricsParts): void {
  const { metrics, connections, runs, incomplete, now } = parts;
  const requests = metrics.createCounter(`${PREFIX}.requests.total`, {
    description: 'Requests to Atlassian, tries counted one by one',
  });
  const throttled = metrics.createCounter(`${PREFIX}.requests.throttled`, {
    description: 'Answers of Atlassian that asked to wait',
  });
  connections.onRequest((connection, { endpoint, status }) => {
    requests.add(1, { connection, endpoint });
    if (status === 429) {
      throttled.add(1, { connection });
    }
  });
  metrics
    .createObservableGauge(`${PREFIX}.sync.age`, {
      description: 'Time since the last published sync run ended',
      unit: 's',
    })
    .addCallback(async gauge => {
      for (const { id } of connections.list()) {
        const last = await runs.last(id, ['published']);
        if (last?.finishedAt) {
          const age = now() - Date.parse(last.finishedAt);
          gauge.observe(Math.round(age / 1000), { connection: id });
        }
      }
    });
  metrics
    .createObservableGauge(`${PREFIX}.containers.incomplete`, {
      description: 'Containers whose last read was not complete',
    })
    .addCallback(async gauge => {
      for (const { id } of connections.list()) {
        gauge.observe(await incomplete(id), { connection: id });
      }
    });
}
