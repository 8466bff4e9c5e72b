// SPDX-License-Identifier: Apache-2.0
import type {
  CriticalSystem,
  Resource,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { DateTime, Duration } from 'luxon';
import {
  ALL_STAFF,
  type ComplianceConfig,
  type CriticalSystemConfig,
  REVIEW_EVERY,
} from '../config';
import type { Connected } from '../connections';
import type { Lists, Lookups, Revision } from '../history';

/** A critical system as the configuration and the history know it. */
export interface SystemState
  extends Pick<CriticalSystem, 'origin' | 'owner' | 'rule' | 'review'> {
  connection: string;
  resource: Resource;
  /** Id of the space; absent where it is the site itself, or a space that was never seen. */
  spaceId?: string;
  /**
   * Why its access cannot be judged: `space-not-found` of one that was never seen, `space-gone` of
   * one that is not among the spaces any more, `space-not-visible` to the present credentials.
   */
  missing?: string;
}

export interface CriticalSystemsOptions {
  config: Pick<ComplianceConfig, 'criticalSystems'>;
  /** The connections there are. */
  connections: () => Pick<Connected, 'id' | 'title' | 'owner' | 'purposes'>[];
  lists: Pick<Lists, 'timeOf'>;
  lookups: Lookups;
  now?: () => Date;
}

/** The sites and spaces whose access must be reviewed on a cadence. */
export class CriticalSystems {
  readonly #options: CriticalSystemsOptions;

  static create(options: CriticalSystemsOptions): CriticalSystems {
    return new CriticalSystems(options);
  }

  private constructor(options: CriticalSystemsOptions) {
    this.#options = options;
  }

  /** Ids of the connections that have one. */
  connections(): string[] {
    return [...new Set(this.#systems().map(({ connection }) => connection))];
  }

  /** All of them, sites first; one that cannot be seen is among them with its reason. */
  async list(options: {
    revision: Revision;
    /** Default all. */
    connections?: string[];
  }): Promise<SystemState[]> {
    const { revision, connections = this.connections() } = options;
    const states: SystemState[] = [];
    for (const system of this.#systems()) {
      if (connections.includes(system.connection)) {
        states.push(await this.#stateOf(system, revision));
      }
    }
    return states;
  }

  /** Those of the configuration, and each reviewed site that it does not name. */
  #systems(): Array<CriticalSystemConfig & Pick<CriticalSystem, 'origin'>> {
    const named = this.#options.config.criticalSystems.map(system => ({
      ...system,
      origin: 'config' as const,
    }));
    const isNamed = (id: string) =>
      named.some(({ connection, space }) => connection === id && !space);
    const sites = this.#options
      .connections()
      .filter(({ id, purposes }) => {
        return purposes.includes('access-review') && !isNamed(id);
      })
      .map(({ id }) => ({
        connection: id,
        reviewEvery: REVIEW_EVERY,
        rule: ALL_STAFF,
        origin: 'default' as const,
      }));
    const all: Array<CriticalSystemConfig & Pick<CriticalSystem, 'origin'>> = [
      ...named,
      ...sites,
    ];
    return [
      ...all.filter(({ space }) => space === undefined),
      ...all.filter(({ space }) => space !== undefined),
    ];
  }

  async #stateOf(
    system: CriticalSystemConfig & Pick<CriticalSystem, 'origin'>,
    revision: Revision,
  ): Promise<SystemState> {
    const { connection, origin, rule, reviewEvery } = system;
    const { spaceId, missing, resource } = await this.#find(system, revision);
    const { owner } = this.#connection(connection) ?? {};
    return {
      connection,
      resource,
      spaceId,
      missing,
      origin,
      owner: system.owner ?? owner,
      rule,
      review: await this.#review(
        reviewEvery,
        await this.#firstSeen(system, spaceId),
      ),
    };
  }

  async #find(
    { connection, space: key }: CriticalSystemConfig,
    revision: Revision,
  ): Promise<Pick<SystemState, 'spaceId' | 'missing' | 'resource'>> {
    if (key === undefined) {
      const title = this.#connection(connection)?.title ?? connection;
      const site = { kind: 'site' as const, connection, title };
      return { resource: await this.#describe(site, connection, revision) };
    }
    const space = await this.#options.lookups.space(connection, key, revision);
    if (!space) {
      const nothing = { kind: 'space' as const, connection, key, title: key };
      return {
        missing: 'space-not-found',
        resource: { ref: `space:${key}`, ...nothing },
      };
    }
    const found = {
      kind: 'space' as const,
      connection,
      key: space.key,
      title: space.name,
    };
    return {
      spaceId: space.id,
      resource: await this.#describe(found, space.id, revision),
      ...(space.outOfScope && { missing: 'space-not-visible' }),
      ...(!space.stands && { missing: 'space-gone' }),
    };
  }

  /** Adds the entity of the catalog, where there is one. */
  async #describe(
    known: Omit<Resource, 'ref'>,
    id: string,
    revision: Revision,
  ): Promise<Resource> {
    const { kind, connection } = known;
    const ref = `${kind}:${id}`;
    const describe = await this.#options.lookups.resources(
      [{ connection, id: ref }],
      revision,
    );
    return { ...describe(connection, ref), ref, ...known };
  }

  async #firstSeen(
    { connection, space }: CriticalSystemConfig,
    spaceId: string | undefined,
  ): Promise<string | undefined> {
    const { lists, lookups } = this.#options;
    if (space !== undefined && spaceId === undefined) {
      return undefined;
    }
    const first = await lookups.firstRevision(connection, spaceId);
    return first === undefined ? undefined : lists.timeOf(first);
  }

  /** No review can be completed yet, so the first one is due a period after the first sight. */
  async #review(
    every: string,
    seen: string | undefined,
  ): Promise<CriticalSystem['review']> {
    const due =
      seen &&
      DateTime.fromISO(seen, { zone: 'utc' }).plus(Duration.fromISO(every));
    const dueAt = (due && due.toISO()) || undefined;
    const now = this.#options.now?.() ?? new Date();
    return {
      every,
      ...(dueAt && { dueAt }),
      overdue: dueAt !== undefined && Date.parse(dueAt) < now.getTime(),
    };
  }

  #connection(id: string) {
    return this.#options.connections().find(found => found.id === id);
  }
}
