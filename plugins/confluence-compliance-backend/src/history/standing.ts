// SPDX-License-Identifier: Apache-2.0
import { InputError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { DatasetDefinition, Definitions, definitionOf } from './definitions';
import { encode } from './payload';
import { ReadMode, Revision } from './words';

const BATCH = 5_000;

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

/** In place of the hash of a row that was met. */
const MET = '';

/** What stood in a container when a read of its difference began. */
export class Standing {
  readonly #definition: DatasetDefinition;
  /** Hashes by key; `MET` of the rows that were met. */
  readonly #hashes: Map<string, string>;

  constructor(definition: DatasetDefinition, hashes: Map<string, string>) {
    this.#definition = definition;
    this.#hashes = hashes;
  }

  /**
   * Whether a row has to be staged: it is new, says something else, or is of an older shape. Each key is
   * to be asked for once; a second time it counts as new, which does no harm.
   */
  differs({ key, payload }: { key: string; payload: object }): boolean {
    const hash = this.#hashes.get(key);
    if (hash !== undefined) {
      // Marked, since a map that shrinks is built again and again.
      this.#hashes.set(key, MET);
    }
    return (
      hash === undefined || encode(this.#definition, payload).hash !== hash
    );
  }

  /** Keys that were not asked for: when all rows were, these are gone. */
  left(): string[] {
    const left: string[] = [];
    this.#hashes.forEach((hash, key) => {
      if (hash !== MET) {
        left.push(key);
      }
    });
    return left;
  }
}

interface StandingRow {
  row_id: number | string;
  key: string;
  hash: string;
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
  const page = async (after: number | string): Promise<StandingRow[]> =>
    knex(definition.table)
      .where({ source, container })
      .where('row_id', '>', after)
      .where('opened', '<=', began)
      .where(open => open.whereNull('closed').orWhere('closed', '>', began))
      .whereNull('out_of_scope_since')
      .orderBy('row_id')
      .limit(BATCH)
      .select('row_id', 'key', 'hash');
  const hashes = new Map<string, string>();
  let next: Promise<StandingRow[]> | undefined = page(0);
  while (next) {
    const rows: StandingRow[] = await next;
    // The database looks for the next page meanwhile.
    next =
      rows.length === BATCH ? page(rows[rows.length - 1].row_id) : undefined;
    rows.forEach(({ key, hash }) => hashes.set(key, hash));
  }
  return new Standing(definition, hashes);
}
