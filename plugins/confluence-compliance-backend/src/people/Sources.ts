// SPDX-License-Identifier: Apache-2.0
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { PersonSource } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { DateTime } from 'luxon';
import type { ComplianceConfig } from '../config';
import {
  type ContainerState,
  type History,
  isComplete,
  parseReason,
  type PersonPayload,
  type PublishOutcome,
  reasonText,
} from '../history';
import { CatalogSource } from './CatalogSource';
import type { AcceptedShrink } from './decisions';
import { whenPresent } from './employment';
import { PEOPLE } from './lane';
import { merged } from './merge';
import { parseRecord } from './record';
import { type SeenPage, SourceLane } from './SourceLane';
import { SourceRegistry } from './SourceRegistry';

const CATALOG = 'catalog';

/** More records of a source are not named in a log. */
const NAMED_MISTAKES = 3;

export interface SourcesOptions {
  config: Pick<ComplianceConfig, 'people' | 'catalog'>;
  history: History;
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
  /** Sources besides the catalog. */
  sources?: SourceRegistry;
  now: () => DateTime;
}

/** A personnel source, and how its last read went. */
export interface PeopleSourceState {
  id: string;
  outcome: ContainerState['outcome'] | 'never-read';
  reason?: Reason;
  /** ISO times */
  readAt?: string;
  completeAt?: string;
  people: number;
}

/**
 * The catalog and the sources that add to it. Each other source has rows and guards of its own; the
 * read of the catalog takes what they say into the rows that everything else reads.
 */
export class Sources {
  readonly #options: SourcesOptions;
  readonly #catalog: CatalogSource;
  readonly #merged: SourceLane;
  readonly #others: Array<{ source: PersonSource; lane: SourceLane }>;

  constructor(options: SourcesOptions) {
    const { history, now, sources = new SourceRegistry() } = options;
    this.#options = options;
    this.#catalog = new CatalogSource(options);
    this.#merged = new SourceLane({
      source: PEOPLE.source,
      label: 'the catalog',
      history,
      now,
    });
    this.#others = sources.all().map(source => ({
      source,
      lane: new SourceLane({
        source: `people:${source.id}`,
        label: `the source ${source.id}`,
        history,
        now,
      }),
    }));
  }

  /** Whether everybody was seen once. */
  async wasComplete(): Promise<boolean> {
    return this.#merged.wasComplete();
  }

  /** Reads all sources, the catalog last; throws when that cannot be read. */
  async read(
    signal: AbortSignal,
    {
      acceptShrink,
      source = CATALOG,
    }: { acceptShrink?: AcceptedShrink; source?: string },
  ): Promise<PublishOutcome> {
    const gaps: string[] = [];
    for (const other of this.#others) {
      const accepted = other.source.id === source ? acceptShrink : undefined;
      await this.#readOther(other, signal, accepted);
      const state = await other.lane.state();
      if (!state || !isComplete(state)) {
        gaps.push(other.source.id);
      }
    }
    const others = this.#others.map(({ source: { id, scope } }) => [id, scope]);
    return this.#merged.read(signal, {
      scope:
        others.length > 0
          ? JSON.stringify([this.#catalog.scope, others])
          : this.#catalog.scope,
      pages: this.#everybody(signal),
      gap: () =>
        gaps.length > 0
          ? reasonText(
              'source-incomplete',
              `${gaps.join(', ')} is not complete`,
            )
          : undefined,
      acceptShrink: source === CATALOG ? acceptShrink : undefined,
    });
  }

  /** All sources, the catalog first. */
  async states(): Promise<PeopleSourceState[]> {
    const lanes: Array<[string, SourceLane]> = [
      [CATALOG, this.#merged],
      ...this.#others.map(({ source, lane }): [string, SourceLane] => [
        source.id,
        lane,
      ]),
    ];
    return Promise.all(
      lanes.map(async ([id, lane]) => {
        const state = await lane.state();
        return {
          id,
          outcome: state?.outcome ?? ('never-read' as const),
          reason: state?.reason ? parseReason(state.reason) : undefined,
          readAt: state?.readAt,
          completeAt: state?.completeAt,
          people: state?.rows ?? 0,
        };
      }),
    );
  }

  async #readOther(
    { source, lane }: { source: PersonSource; lane: SourceLane },
    signal: AbortSignal,
    acceptShrink?: AcceptedShrink,
  ): Promise<void> {
    const { scope } = source;
    const pages = this.#checked(source, signal);
    try {
      await lane.read(signal, { scope, pages, acceptShrink });
    } catch (error) {
      if (signal.aborted || acceptShrink) {
        throw error;
      }
      this.#options.logger.warn(
        `The personnel source '${source.id}' could not be read: ${
          toError(error).message
        }`,
      );
    }
  }

  /** Checks every record; what is wrong is counted, and named without its values. */
  async *#checked(
    source: PersonSource,
    signal: AbortSignal,
  ): AsyncIterable<SeenPage> {
    const now = this.#options.now();
    const seen = new Set<string>();
    let at = 0;
    let mistakes = 0;
    for await (const records of source.read(signal)) {
      const page: SeenPage = { people: [], malformed: 0 };
      for (const record of records) {
        at += 1;
        const parsed = parseRecord(record);
        const mistake =
          'mistake' in parsed
            ? parsed.mistake
            : seen.has(parsed.person.ref) && 'ref is there twice';
        if ('person' in parsed && !mistake) {
          const { ref, name, email, facts } = parsed.person;
          seen.add(ref);
          page.people.push({
            ref,
            name,
            email,
            payload: whenPresent(facts, now),
          });
        } else {
          page.malformed = (page.malformed ?? 0) + 1;
          mistakes += 1;
          if (mistakes <= NAMED_MISTAKES) {
            this.#options.logger.warn(
              `Record ${at} of the personnel source '${source.id}': ${mistake}`,
            );
          }
        }
      }
      yield page;
    }
  }

  /** The people of the catalog with what other sources say of them, then those whom only others have. */
  async *#everybody(signal: AbortSignal): AsyncIterable<SeenPage> {
    const now = this.#options.now();
    const seen = new Set<string>();
    for await (const people of this.#catalog.read(signal)) {
      const refs = people.map(({ ref }) => ref);
      refs.forEach(ref => seen.add(ref));
      const said = await this.#saidOf(refs);
      yield {
        people: people.map(({ ref, name, email, facts }) => ({
          ref,
          name,
          email,
          payload: (said.get(ref) ?? []).reduce(
            merged,
            whenPresent(facts, now),
          ),
        })),
      };
    }
    const asOf = await this.#options.history.head();
    for (const { lane } of this.#others) {
      const pages = this.#options.history.rows('people', {
        source: lane.source,
        asOf,
      });
      for await (const rows of pages) {
        const fresh = rows.map(({ key }) => key).filter(key => !seen.has(key));
        fresh.forEach(key => seen.add(key));
        const said = await this.#saidOf(fresh);
        const departed = await this.#departedOf(fresh);
        yield {
          people: fresh.flatMap(ref => {
            const [first, ...rest] = said.get(ref) ?? [];
            if (!first) {
              return [];
            }
            const payload = rest.reduce(merged, first);
            // A confirmed departure stands in the merged rows only.
            const stands = payload.absentSince !== null && departed.has(ref);
            const status = stands ? 'departed' : payload.status;
            return [{ ref, payload: { ...payload, status } }];
          }),
        };
      }
    }
  }

  /** Which of these people have left, as far as is known so far. */
  async #departedOf(refs: string[]): Promise<Set<string>> {
    const departed = new Set<string>();
    const { history } = this.#options;
    const pages = history.rows('people', {
      source: PEOPLE.source,
      keys: refs,
      asOf: await history.head(),
    });
    for await (const rows of pages) {
      rows
        .filter(({ payload }) => payload.status === 'departed')
        .forEach(({ key }) => departed.add(key));
    }
    return departed;
  }

  /** What the other sources say of people, by ref, in their order. */
  async #saidOf(refs: string[]): Promise<Map<string, PersonPayload[]>> {
    const said = new Map<string, PersonPayload[]>();
    const { history } = this.#options;
    const asOf = await history.head();
    for (const { lane } of refs.length > 0 ? this.#others : []) {
      const pages = history.rows('people', {
        source: lane.source,
        keys: refs,
        asOf,
      });
      for await (const rows of pages) {
        for (const { key, payload, outOfScopeSince } of rows) {
          // Whom a source does not cover any more it says nothing of, but that they have left.
          if (!outOfScopeSince || payload.status === 'departed') {
            said.set(key, [...(said.get(key) ?? []), payload]);
          }
        }
      }
    }
    return said;
  }
}
