// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAudit,
  CheckDataset,
  CheckEvidence,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { DatasetName } from '../history';
import { type Connections, describeConnection } from '../connections';
import { requiredOf } from '../sync';

/** What is known now of a connection itself, whatever revision is judged. */
export interface ConnectionKnown {
  /** What its purposes and its organization are read for. */
  datasets: CheckDataset[];
  credentials: CheckEvidence['credentials'];
  /** Absent before it was first read. */
  audit?: CheckAudit;
}

export type ConnectionStateOf = (
  connection: string,
) => Promise<ConnectionKnown>;

/** Asks the connections. */
export function connectionStateOf(
  connections: Connections,
  {
    labels,
    now = () => new Date(),
  }: { labels: () => Promise<string[]>; now?: () => Date },
): ConnectionStateOf {
  return async id => {
    const connection = connections.get(id);
    const { audit } = await connections.state(id);
    const stored = await connections.credentials.list();
    const { methods, organization } = describeConnection(
      connection,
      stored,
      now(),
    );
    const datasets = new Set(
      [...requiredOf({ connection, labels: await labels() })].filter(isSynced),
    );
    if (connection.purposes.includes('access-review')) {
      datasets.add('spaces').add('grants');
    }
    if (organization) {
      datasets.add('directory');
    }
    return {
      datasets: [...datasets],
      credentials: [
        ...methods.map(({ method, credential }) => ({
          name: method,
          state: credential.state,
        })),
        ...(organization
          ? [{ name: 'organization', state: organization.credential.state }]
          : []),
      ],
      ...(audit && {
        audit: {
          readTo: audit.watermark,
          newestAt: audit.newestAt,
          reachesTo: audit.reachesTo,
        },
      }),
    };
  };
}

function isSynced(dataset: DatasetName): dataset is CheckDataset {
  return dataset !== 'results' && dataset !== 'identity_links';
}
