// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Attestations } from './attestations/Attestations';
import { checkOf, type RegisteredCheck } from './CheckRegistry';
import type { CheckRunStore } from './CheckRunStore';
import { TIMEOUT_MS } from './CheckSchedule';
import type { CheckStand } from './CheckStand';
import type { Organizations } from './places';
import { newestWholeOf } from './staleness';
import { type Known, standingOf } from './standing';
import { doubtOf, summarize } from './summarize';

type Rooms = Parameters<typeof standingOf>[0];

export type ChecksNowOptions = Rooms & {
  checks: Map<string, RegisteredCheck>;
  store: Pick<CheckRunStore, 'list'>;
  attestations: Pick<Attestations, 'standing'>;
  organizations: () => Promise<Organizations>;
  now: () => Date;
};

/** Where checks stand now; `checksAt` has where they stood. */
export class ChecksNow {
  readonly #options: ChecksNowOptions;

  constructor(options: ChecksNowOptions) {
    this.#options = options;
  }

  /** All checks in these connections. */
  async list(connections: string[]): Promise<Check[]> {
    const known = await this.#known();
    return Promise.all(
      [...this.#options.checks.values()].map(async registered =>
        summarize(
          registered,
          await standingOf(this.#options, registered, connections, known),
        ),
      ),
    );
  }

  /** One check in these connections; a NotFoundError when there is no such check. */
  async get(checkId: string, connections: string[]): Promise<Check> {
    const known = await this.#known();
    return (await this.#standOf(checkId, connections, known)).check;
  }

  /** Asked once for each check and connection, however many subjects it has. */
  stands(): (id: string, connection: string) => Promise<CheckStand> {
    const stands = new Map<string, Promise<CheckStand>>();
    let known: Promise<Known> | undefined;
    return (id, connection) => {
      const name = `${id} ${connection}`;
      known ??= this.#known();
      const stand = stands.get(name) ?? this.#standOf(id, [connection], known);
      stands.set(name, stand);
      return stand;
    };
  }

  async #standOf(
    checkId: string,
    connections: string[],
    known: Known | Promise<Known>,
  ): Promise<CheckStand> {
    const registered = checkOf(this.#options.checks, checkId);
    const standing = await standingOf(
      this.#options,
      registered,
      connections,
      await known,
    );
    return {
      check: summarize(registered, standing),
      doubt: doubtOf(standing),
    };
  }

  async #known(): Promise<Known> {
    const { history, store, organizations, attestations, now } = this.#options;
    return {
      runs: await store.list(),
      organizations: await organizations(),
      attested: await attestations.standing(),
      newestWhole: newestWholeOf(history),
      now: now(),
      timeoutMs: TIMEOUT_MS,
    };
  }
}
