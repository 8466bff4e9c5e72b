// SPDX-License-Identifier: Apache-2.0
import type {
  CheckRow,
  CheckRows,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/**
 * Rows that are held at most, of all tables together and of one. A row takes about 150 bytes, so that this
 * is 120 MB of a heap of 512: the accounts, people, links, directory and memberships of 100 000 people
 * fit, a million pages do not and are read page by page each time.
 */
export const MOST_ROWS = { all: 800_000, table: 400_000 };

/** Longer texts are hardly ever ids, which many rows have in common. */
const MOST_LETTERS = 64;

interface Held {
  rows: readonly CheckRow<unknown>[];
  /** Made when somebody asks by key. */
  byKey?: Map<string, unknown>;
}

/** Rows of one page that is given out of memory. */
const PAGE = 5_000;

/** Which ids have something, each asked for once; as many as a table has rows are remembered. */
class KnownIds {
  readonly #known = new Map<string, boolean>();

  /** Those that have it, of some ids. */
  async of(
    ids: string[],
    ask: (ids: string[]) => Promise<Set<string>>,
  ): Promise<Set<string>> {
    const open = ids.filter(id => !this.#known.has(id));
    const having = open.length > 0 ? await ask(open) : new Set<string>();
    const found = new Set(ids.filter(id => this.#known.get(id)));
    for (const id of open) {
      if (having.has(id)) {
        found.add(id);
      }
      if (this.#known.size < MOST_ROWS.table) {
        this.#known.set(id, having.has(id));
      }
    }
    return found;
  }
}

/**
 * Rows that checks have read at one revision, for those that read them after. Who reads a table first
 * reads it page by page as ever; it is held when its end was reached and it is small enough.
 */
export class SharedRows {
  /** Whose email was ever seen. */
  readonly emails = new KnownIds();
  readonly #most: typeof MOST_ROWS;
  readonly #held = new Map<string, Held>();
  readonly #tooBig = new Set<string>();
  /** Texts of rows that are held, or were until their table was too big; each is kept once. */
  readonly #texts = new Map<string, string>();
  readonly #made = new Map<string, Promise<unknown>>();
  #rows = 0;

  constructor(most = MOST_ROWS) {
    this.#most = most;
  }

  /** How many rows are held. */
  get size(): number {
    return this.#rows;
  }

  /** All rows of a table, which `read` reads where they are not held. Rows are frozen. */
  async *all<P>(name: string, read: () => CheckRows<P>): CheckRows<P> {
    const held = this.#held.get(name);
    if (held) {
      for (let from = 0; from < held.rows.length; from += PAGE) {
        yield held.rows.slice(from, from + PAGE) as CheckRow<P>[];
      }
      return;
    }
    let collected: CheckRow<P>[] = [];
    try {
      for await (const page of read()) {
        const { all, table } = this.#most;
        const fits =
          collected.length + page.length <= table &&
          this.#rows + page.length <= all;
        if (fits && !this.#tooBig.has(name)) {
          page.forEach(row => this.#shareTexts(row));
          this.#rows += page.length;
          collected.push(...page);
        } else {
          this.#rows -= collected.length;
          collected = [];
          this.#tooBig.add(name);
        }
        page.forEach(freeze);
        yield page;
      }
      if (!this.#tooBig.has(name) && !this.#held.has(name)) {
        this.#held.set(name, { rows: collected });
        collected = [];
      }
    } finally {
      // Whoever stopped half way, or came second, leaves nothing.
      this.#rows -= collected.length;
    }
  }

  /** What is made of rows, for whoever asks first; after that the same. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(name);
    if (known) {
      return known as Promise<T>;
    }
    const made = make();
    this.#made.set(name, made);
    // Whoever asks after a failure tries again.
    made.catch(() => this.#made.delete(name));
    return made;
  }

  #shareTexts({ payload }: CheckRow<unknown>): void {
    const fields = payload as Record<string, unknown>;
    if (!Object.isFrozen(fields)) {
      for (const [field, value] of Object.entries(fields)) {
        if (typeof value === 'string' && value.length <= MOST_LETTERS) {
          fields[field] = this.#once(value);
        }
      }
    }
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known === undefined) {
      this.#texts.set(text, text);
    }
    return known ?? text;
  }

  /** Those rows of a table that have all these values; undefined where the table is not held. */
  having<P extends object>(
    name: string,
    values: Partial<P>,
  ): CheckRow<P>[] | undefined {
    const wanted = Object.entries(values).filter(
      ([, value]) => value !== undefined,
    );
    return this.#held
      .get(name)
      ?.rows.filter(({ payload }) =>
        wanted.every(
          ([field, value]) =>
            (payload as Record<string, unknown>)[field] === value,
        ),
      ) as CheckRow<P>[] | undefined;
  }

  /** What a table says of some keys; undefined where the table is not held. */
  of<P>(name: string, keys: string[]): Map<string, P> | undefined {
    const held = this.#held.get(name);
    if (!held) {
      return undefined;
    }
    held.byKey ??= new Map(held.rows.map(({ key, payload }) => [key, payload]));
    const found = new Map<string, P>();
    for (const key of keys) {
      const payload = held.byKey.get(key);
      if (payload !== undefined) {
        found.set(key, payload as P);
      }
    }
    return found;
  }
}

/** What several checks see, none may change. */
function freeze(row: CheckRow<unknown>): void {
  const { payload } = row;
  if (!Object.isFrozen(payload)) {
    Object.values(payload as object).forEach(value => {
      if (Array.isArray(value)) {
        Object.freeze(value);
      }
    });
    Object.freeze(payload);
  }
  Object.freeze(row);
}
