// SPDX-License-Identifier: Apache-2.0
import { InputError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { sha256 } from '../ledger';
import { DatasetDefinition, Definitions, definitionOf } from './definitions';
import { pageOf } from './pages';
import { encode, jsonOf } from './payload';
import { ReadMode, Revision } from './words';

/** Rows of a page, and rows that are told at most although they may stand on a later one. */
const SIZES = { page: 5_000, unseen: 1_000 };

/**
 * Only who derives rows from the history knows what stands. A reader of an upstream does not, and keys
 * of other datasets move between containers, which a difference could not tell.
 */
export function checkMode(mode: ReadMode, dataset: string): void {
  if (mode === 'difference' && dataset !== 'results') {
    throw new InputError(
      `A read of ${dataset} must be full or incremental: only results can be told by their difference`,
    );
  }
}

interface StandingRow {
  key: string;
  payload: string;
}

type ReadPage = (after?: string) => Promise<StandingRow[]>;

/** In place of the hash of a row that was met. */
const MET = '';

/**
 * What stood in a container when a read of its difference began, in the order of the keys. Rows that are
 * asked for in this order are each compared with the next one that stands, page by page.
 */
export class Standing {
  readonly #definition: DatasetDefinition;
  readonly #read: ReadPage;
  readonly #sizes: typeof SIZES;
  #page: StandingRow[] = [];
  #place = 0;
  /** Places of the keys of the page, once one was asked for that is not the next. */
  #places?: Map<string, number>;
  /** The page after this one; absent at the end. */
  #next?: Promise<StandingRow[]>;
  /** Hashes by key of the rows that were passed over; `MET` of those that were met after that. */
  readonly #passed = new Map<string, string>();
  /** Keys that were asked for and are not among the rows so far. */
  readonly #unseen = new Set<string>();

  constructor(
    definition: DatasetDefinition,
    read: ReadPage,
    sizes: typeof SIZES = SIZES,
  ) {
    this.#definition = definition;
    this.#read = read;
    this.#sizes = sizes;
    this.#ask();
  }

  /**
   * Whether a row has to be staged: it is new, says something else, is of an older shape, or nobody has
   * seen yet whether it stands. That does no harm, nor does asking for a key a second time. There is
   * something to wait for now and then only, and nothing else may be asked meanwhile.
   */
  differs(row: { key: string; payload: object }): boolean | Promise<boolean> {
    const next = this.#page[this.#place];
    if (next === undefined && this.#next) {
      return this.#turn().then(() => this.differs(row));
    }
    if (next?.key === row.key) {
      this.#place += 1;
      return next.payload !== jsonOf(this.#definition, row.payload);
    }
    return this.#differsElsewhere(row);
  }

  /** Keys that were not asked for: when all rows were, these are gone. */
  async left(): Promise<string[]> {
    await this.#passAll();
    const left: string[] = [];
    this.#passed.forEach((hash, key) => {
      if (hash !== MET && !this.#unseen.has(key)) {
        left.push(key);
      }
    });
    return left;
  }

  #differsElsewhere(row: {
    key: string;
    payload: object;
  }): boolean | Promise<boolean> {
    const { key, payload } = row;
    const hash = this.#passed.get(key);
    if (hash !== undefined) {
      // Marked, since a map that shrinks is built again and again.
      this.#passed.set(key, MET);
      return encode(this.#definition, payload).hash !== hash;
    }
    this.#places ??= new Map(this.#page.map((known, n) => [known.key, n]));
    const place = this.#places.get(key) ?? -1;
    if (place >= this.#place) {
      this.#pass(place);
      return this.differs(row);
    }
    if (!this.#next) {
      return true;
    }
    if (this.#unseen.size < this.#sizes.unseen) {
      this.#unseen.add(key);
      return true;
    }
    return this.#passAll().then(() => this.differs(row));
  }

  /** Passes over the rows of this page that are before a place. */
  #pass(place: number): void {
    for (const { key, payload } of this.#page.slice(this.#place, place)) {
      this.#passed.set(key, sha256(payload));
    }
    this.#place = place;
  }

  async #passAll(): Promise<void> {
    this.#pass(this.#page.length);
    while (this.#next) {
      await this.#turn();
      this.#pass(this.#page.length);
    }
  }

  /** Goes on to the next page, and has the one after it looked for meanwhile. */
  async #turn(): Promise<void> {
    this.#page = (await this.#next) ?? [];
    this.#place = 0;
    this.#places = undefined;
    this.#next = undefined;
    const { page } = this.#sizes;
    if (this.#page.length === page) {
      this.#ask(this.#page[page - 1].key);
    }
  }

  #ask(after?: string): void {
    this.#next = this.#read(after);
    // Whoever stops half way does not wait for it.
    this.#next.catch(() => undefined);
  }
}

/** An InputError unless the read is one of the difference. */
export async function readStanding(
  knex: Knex,
  definitions: Definitions,
  readId: string,
): Promise<Standing> {
  const read:
    | {
        source: string;
        dataset: string;
        container: string;
        mode: ReadMode;
        started_revision: Revision;
      }
    | undefined = await knex('history_reads').where({ id: readId }).first();
  if (!read) {
    throw new NotFoundError(`There is no read ${readId}`);
  }
  const { source, dataset, container, mode, started_revision: began } = read;
  if (mode !== 'difference') {
    throw new InputError(`Read ${readId} is ${mode}, not of the difference`);
  }
  const definition = definitionOf(definitions, dataset);
  // What a changed scope cannot confirm has to be seen again to stand.
  return new Standing(definition, async after =>
    pageOf(knex, knex(definition.table), {
      source,
      container,
      by: 'key',
      after,
      limit: SIZES.page,
    })
      .where('opened', '<=', began)
      .where(open => open.whereNull('closed').orWhere('closed', '>', began))
      .whereNull('out_of_scope_since')
      .select('key', 'payload'),
  );
}
