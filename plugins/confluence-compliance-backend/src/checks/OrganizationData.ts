// SPDX-License-Identifier: Apache-2.0
import type {
  CheckCredential,
  CheckDirectoryEntry,
  CheckRows,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type {
  DirectoryPayload,
  History,
  HistoryRow,
  Revision,
} from '../history';
import type { Organizations } from './places';
import type { SharedRows } from './SharedRows';

interface Place {
  source: string;
  /** Confluence on the site of the connection; absent while it is not known. */
  resource?: string;
}

/** What checks read of the organizations of connections, at one revision. */
export class OrganizationData {
  readonly #history: History;
  readonly #asOf: Revision;
  readonly #organizations: Organizations;
  readonly #shared: SharedRows;

  constructor(options: {
    history: History;
    asOf: Revision;
    organizations: Organizations;
    shared: SharedRows;
  }) {
    this.#history = options.history;
    this.#asOf = options.asOf;
    this.#organizations = options.organizations;
    this.#shared = options.shared;
  }

  directory(connection: string): CheckRows<CheckDirectoryEntry> {
    return this.#shared.all(nameOf('directory', connection), () =>
      this.#entries(connection),
    );
  }

  async directoryOf(
    connection: string,
    accountIds: string[],
  ): Promise<Map<string, CheckDirectoryEntry>> {
    const name = nameOf('directory', connection);
    const held = this.#shared.of<CheckDirectoryEntry>(name, accountIds);
    if (held) {
      return held;
    }
    const found = new Map<string, CheckDirectoryEntry>();
    for await (const rows of this.#entries(connection, accountIds)) {
      rows.forEach(({ key, payload }) => found.set(key, payload));
    }
    return found;
  }

  credentials(connection: string): CheckRows<CheckCredential> {
    return this.#shared.all(nameOf('credentials', connection), () =>
      this.#credentials(connection),
    );
  }

  async *#credentials(connection: string): CheckRows<CheckCredential> {
    const source = this.#placeOf(connection)?.source;
    if (source === undefined) {
      return;
    }
    const asOf = this.#asOf;
    const pages = this.#history.rows('credentials', { source, asOf });
    for await (const rows of pages) {
      const keys = rows.map(({ key }) => key);
      const details = await this.#history.credentialDetails(source, keys);
      yield rows.map(({ key, payload }) => {
        const { lastUsedAt } = details.get(key) ?? {};
        return {
          key,
          payload: { ...payload, ...(lastUsedAt && { lastUsedAt }) },
        };
      });
    }
  }

  async *#entries(
    connection: string,
    keys?: string[],
  ): CheckRows<CheckDirectoryEntry> {
    const place = this.#placeOf(connection);
    if (!place) {
      return;
    }
    const { source } = place;
    const asOf = this.#asOf;
    const pages = this.#history.rows('directory', { source, asOf, keys });
    for await (const rows of pages) {
      const ids = rows.map(({ key }) => key);
      const activity = await this.#history.activity(source, ids);
      yield rows.map(row => ({
        key: row.key,
        payload: entryOf(row, place, activity.get(row.key)),
      }));
    }
  }

  #placeOf(connection: string): Place | undefined {
    const { source, resource } = this.#organizations.get(connection) ?? {};
    return source === undefined ? undefined : { source, resource };
  }
}

/** By the connection: what an entry says is of its site. */
function nameOf(dataset: string, connection: string) {
  return `${dataset} of ${connection}`;
}

function entryOf(
  { payload }: HistoryRow<DirectoryPayload>,
  { resource }: Place,
  activity: Map<string, string> | undefined,
): CheckDirectoryEntry {
  const { products, roles, ...said } = payload;
  const lastActiveAt = resource && activity?.get(resource);
  return {
    ...said,
    roles:
      resource === undefined
        ? null
        : roles
            .filter(role => role.startsWith(`${resource} `))
            .map(role => role.slice(resource.length + 1)),
    licensed:
      resource === undefined || products === null
        ? null
        : products.includes(resource),
    ...(lastActiveAt && { lastActiveAt }),
  };
}
