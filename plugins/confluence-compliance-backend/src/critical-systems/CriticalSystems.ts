// SPDX-License-Identifier: Apache-2.0
import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  CriticalSystem,
  CriticalSystemInput,
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
import type { MarkedPlace, Markings } from './Markings';
import { reviewsOf, type ReviewSummary, type SystemReviews } from './reviewsOf';

/** A critical system as the configuration and the history know it. */
export interface SystemState
  extends Pick<
    CriticalSystem,
    'origin' | 'alsoMarked' | 'owner' | 'rule' | 'review'
  > {
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
  /** What somebody marked in the portal. Default nothing. */
  markings?: Pick<Markings, 'list' | 'mark' | 'unmark'>;
  /** Default: nothing was ever reviewed. */
  reviews?: SystemReviews;
  now?: () => Date;
}

type NamedSystem = CriticalSystemConfig &
  Pick<CriticalSystem, 'origin' | 'alsoMarked'>;

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
  async connections(): Promise<string[]> {
    const systems = await this.#systems();
    return [...new Set(systems.map(({ connection }) => connection))];
  }

  /** The spaces among them, by connection and key; without a key it is the site. */
  async places(): Promise<MarkedPlace[]> {
    return this.#systems();
  }

  /** All of them, sites first; one that cannot be seen is among them with its reason. */
  async list(options: {
    revision: Revision;
    /** Default all. */
    connections?: string[];
  }): Promise<SystemState[]> {
    const { revision, connections } = options;
    const reviews = (await this.#options.reviews?.list()) ?? [];
    const states: SystemState[] = [];
    for (const system of await this.#systems()) {
      if (connections?.includes(system.connection) ?? true) {
        states.push(await this.#stateOf(system, revision, reviews));
      }
    }
    return states;
  }

  /**
   * Marks a site or space, or changes how it is marked; gives its ref. Throws a NotFoundError for a
   * connection that is not reviewed and for a space that is not seen, a ConflictError where the
   * configuration names the system: that wins.
   */
  async mark(
    asked: MarkedPlace,
    { owner, reviewEvery, rule }: CriticalSystemInput,
    actor: string,
    revision: Revision,
  ): Promise<string> {
    const { place, ref } = await this.#placeOf(asked, revision);
    await this.#options.markings?.mark(
      {
        ...place,
        ...(owner !== undefined && { owner: owner.toLowerCase() }),
        reviewEvery,
        rule,
      },
      ref,
      actor,
    );
    return ref;
  }

  /** Takes a mark away; the errors are those of `mark`, and a NotFoundError where there is none. */
  async unmark(
    asked: MarkedPlace,
    actor: string,
    revision: Revision,
  ): Promise<void> {
    const marks = (await this.#options.markings?.list()) ?? [];
    const mark = marks.find(found => isSame(found, asked));
    if (!mark) {
      const { ref } = await this.#placeOf(asked, revision);
      throw new NotFoundError(
        `${ref} is not marked in the portal: a reviewed site is a critical system by default and stays one`,
      );
    }
    const { resource } = await this.#find(mark, revision);
    await this.#options.markings?.unmark(
      { connection: mark.connection, space: mark.space },
      resource.ref,
      actor,
    );
  }

  /** What can be marked, under the key that the site itself uses. */
  async #placeOf(
    { connection, space }: MarkedPlace,
    revision: Revision,
  ): Promise<{ place: MarkedPlace; ref: string }> {
    const known = this.#connection(connection);
    if (!known?.purposes.includes('access-review')) {
      throw new NotFoundError(
        `There is no connection '${connection}' that is used for access-review`,
      );
    }
    const { config, lookups } = this.#options;
    if (config.criticalSystems.some(s => isSame(s, { connection, space }))) {
      throw new ConflictError(
        `The configuration names ${
          space === undefined ? connection : `${connection}/${space}`
        } in confluenceCompliance.criticalSystems, which wins: change it there`,
      );
    }
    if (space === undefined) {
      return { place: { connection }, ref: `site:${connection}` };
    }
    const found = await lookups.space(connection, space, revision);
    if (!found?.stands) {
      throw new NotFoundError(
        `The connection '${connection}' sees no space '${space}'`,
      );
    }
    return {
      place: { connection, space: found.key },
      ref: `space:${found.id}`,
    };
  }

  /** Those of the configuration, those that were marked, and each reviewed site besides. */
  async #systems(): Promise<NamedSystem[]> {
    const { config, markings } = this.#options;
    const reviewed = this.#options
      .connections()
      .filter(({ purposes }) => purposes.includes('access-review'))
      .map(({ id }) => id);
    const marks = ((await markings?.list()) ?? []).filter(({ connection }) =>
      reviewed.includes(connection),
    );
    const named = config.criticalSystems.map(system => ({
      ...system,
      origin: 'config' as const,
      ...(marks.some(mark => isSame(mark, system)) && {
        alsoMarked: true as const,
      }),
    }));
    const marked = marks
      .filter(mark => !named.some(system => isSame(mark, system)))
      .map(mark => ({ ...mark, origin: 'portal' as const }));
    const known = [...named, ...marked];
    const sites = reviewed
      .filter(connection => !known.some(one => isSame(one, { connection })))
      .map(connection => ({
        connection,
        reviewEvery: REVIEW_EVERY,
        rule: ALL_STAFF,
        origin: 'default' as const,
      }));
    const all: NamedSystem[] = [...known, ...sites];
    return [
      ...all.filter(({ space }) => space === undefined),
      ...all.filter(({ space }) => space !== undefined),
    ];
  }

  async #stateOf(
    system: NamedSystem,
    revision: Revision,
    reviews: ReviewSummary[],
  ): Promise<SystemState> {
    const { connection, origin, alsoMarked, rule, reviewEvery } = system;
    const { spaceId, missing, resource } = await this.#find(system, revision);
    const { owner } = this.#connection(connection) ?? {};
    return {
      connection,
      resource,
      spaceId,
      missing,
      origin,
      ...(alsoMarked && { alsoMarked }),
      owner: system.owner ?? owner,
      rule,
      review: await this.#review(
        reviewEvery,
        await this.#firstSeen(system, spaceId),
        reviews,
        { connection, spaceId, ref: resource.ref },
      ),
    };
  }

  async #find(
    { connection, space: key }: MarkedPlace,
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

  /** The next review is due a period after the last one ended, the first one after the first sight. */
  async #review(
    every: string,
    seen: string | undefined,
    reviews: ReviewSummary[],
    system: Parameters<typeof reviewsOf>[1],
  ): Promise<CriticalSystem['review']> {
    const { lastAt, gapsAt, running } = reviewsOf(reviews, system);
    const since = lastAt ?? seen;
    const due =
      since &&
      DateTime.fromISO(since, { zone: 'utc' }).plus(Duration.fromISO(every));
    const dueAt = (due && due.toISO()) || undefined;
    const now = this.#options.now?.() ?? new Date();
    const undecided =
      running &&
      (await this.#options.reviews?.undecided(running.id, system.spaceId));
    return {
      every,
      ...(lastAt && { lastAt }),
      ...(gapsAt && { gapsAt }),
      ...(dueAt && { dueAt }),
      overdue: dueAt !== undefined && Date.parse(dueAt) < now.getTime(),
      ...(running && {
        running: {
          id: running.id,
          undecided: undecided ?? 0,
          ...(running.dueAt && { dueAt: running.dueAt }),
        },
      }),
    };
  }

  #connection(id: string) {
    return this.#options.connections().find(found => found.id === id);
  }
}

function isSame(one: MarkedPlace, other: MarkedPlace): boolean {
  return (
    one.connection === other.connection &&
    one.space?.toLowerCase() === other.space?.toLowerCase()
  );
}
