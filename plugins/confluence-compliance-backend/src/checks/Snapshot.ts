// SPDX-License-Identifier: Apache-2.0
import type { CheckDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { ContainerState, History, Revision } from '../history';
import type { CheckRunStore } from './CheckRunStore';
import { type Completeness, completenessOf } from './completeness';
import type { Organizations } from './places';
import { SharedRows } from './SharedRows';
import { SubjectGaps } from './SubjectGaps';

export interface SnapshotOptions {
  history: History;
  store: CheckRunStore;
  organizations: () => Promise<Organizations>;
}

/**
 * What the checks of one pass judge: one revision, what was complete before it was the head, and the rows
 * that stand at it. Only the checks themselves write meanwhile; after anybody else it is out of date.
 */
export class Snapshot {
  readonly rows = new SharedRows();
  readonly organizations: Organizations;
  readonly #history: History;
  readonly #states: Map<string, ContainerState[]>;
  /** When each check was last asked for, as it was before anything was read. */
  readonly #requests: Map<string, string | undefined>;
  readonly #completeness = new Map<string, Promise<Completeness>>();
  readonly #gaps = new Map<string, Promise<SubjectGaps>>();
  #revision: Revision;

  static async take(options: SnapshotOptions): Promise<Snapshot> {
    const { history, store } = options;
    const runs = await store.list();
    const organizations = await options.organizations();
    const states = new Map<string, ContainerState[]>();
    for (const state of await history.containers()) {
      const name = nameOf(state.source, state.dataset);
      const same = states.get(name) ?? [];
      same.push(state);
      states.set(name, same);
    }
    // Completeness first: what was complete then is complete in any later revision.
    const revision = await history.head();
    const requests = new Map(
      [...runs].map(([id, { requestedAt }]) => [id, requestedAt]),
    );
    return new Snapshot({ history, organizations, states, revision, requests });
  }

  private constructor(known: {
    history: History;
    organizations: Organizations;
    states: Map<string, ContainerState[]>;
    revision: Revision;
    requests: Map<string, string | undefined>;
  }) {
    this.#history = known.history;
    this.organizations = known.organizations;
    this.#states = known.states;
    this.#revision = known.revision;
    this.#requests = known.requests;
  }

  /** The revision it shows. */
  get revision(): Revision {
    return this.#revision;
  }

  /**
   * Whether it still shows what a check is to judge. Every publish asks for all checks, also one that
   * changes no row, such as a read that failed: a check that was asked for since needs another.
   */
  async holds(
    checkId: string,
    requestedAt: string | undefined,
  ): Promise<boolean> {
    return (
      this.#requests.get(checkId) === requestedAt &&
      (await this.#history.head()) === this.#revision
    );
  }

  /** A check has published results in a revision, if in any: they are none of the rows that checks judge. */
  published(revision: Revision | undefined): void {
    if (revision === this.#revision + 1) {
      this.#revision = revision;
    }
  }

  /** Which of the required data of a connection is incomplete. */
  async completeness(
    connection: string,
    requires: CheckDataset[],
  ): Promise<Completeness> {
    const all: Completeness = { anyRead: false, gaps: [] };
    for (const dataset of requires) {
      const { anyRead, gaps } = await this.#of(connection, dataset);
      all.anyRead ||= anyRead;
      all.gaps.push(...gaps);
    }
    return all;
  }

  /** Why single containers of connections are incomplete. */
  subjectGaps(connections: string[]): Promise<SubjectGaps> {
    const name = JSON.stringify(connections);
    const known =
      this.#gaps.get(name) ??
      SubjectGaps.read(this, connections, this.organizations);
    this.#gaps.set(name, known);
    return known;
  }

  /** The states of the containers of a dataset. */
  containers: History['containers'] = async ({
    source = '',
    dataset = '',
  } = {}) => this.#states.get(nameOf(source, dataset)) ?? [];

  #of(connection: string, dataset: CheckDataset): Promise<Completeness> {
    const name = nameOf(connection, dataset);
    const data = {
      containers: this.containers,
      rows: this.#history.rows.bind(this.#history),
      head: async () => this.#revision,
    };
    const known =
      this.#completeness.get(name) ??
      completenessOf(data, connection, [dataset], this.organizations);
    this.#completeness.set(name, known);
    return known;
  }
}

function nameOf(source: string, dataset: string): string {
  return JSON.stringify([source, dataset]);
}
