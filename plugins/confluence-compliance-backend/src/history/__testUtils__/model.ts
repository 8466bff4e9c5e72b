// SPDX-License-Identifier: Apache-2.0
import { ObservedRow, PublishOutcome } from '../types';
import { canonicalJson } from '../../ledger';
import { ReadMode, ReadOutcome } from '../words';

interface ModelRow {
  container: string;
  payload: object;
  opened: number;
  outOfScope: boolean;
}

interface ModelContainer {
  scope: string;
  whole: boolean;
  /** What an accepted shrink would remove: keys and when those rows opened. */
  refused: Map<string, number>;
}

/** A read as the model remembers it. */
export interface ModelRead {
  id: string;
  source: string;
  dataset: string;
  container: string;
  mode: ReadMode;
  scope: string;
  outcome: ReadOutcome;
  startedRevision: number;
  /** Order of starting. */
  order: number;
  rows: Map<string, { row: ObservedRow; unchanged: boolean }>;
  /** What stood in its container when it began: keys and when those rows opened. */
  stood: Map<string, number>;
}

/** What the rules say a publish does. */
export interface Expected {
  stale: string[];
  opened: number;
  changed: number;
  removed: number;
  refused: PublishOutcome['refused'];
  any: boolean;
  apply: (revision: number) => void;
}

/** A difference is as good as a full read: it means the same by less words. */
const isWhole = ({ mode, outcome }: ModelRead) =>
  mode !== 'incremental' && outcome === 'complete';

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);

/** The rules of the history over plain maps. */
export class Model {
  readonly lanes = new Map<string, Map<string, ModelRow>>();
  readonly containers = new Map<string, ModelContainer>();
  readonly lastRead = new Map<string, ModelRead>();
  readonly names = new Map<string, string>();
  /** Pages that have had a label, as `<source> <page>`. */
  readonly labelled = new Set<string>();

  lane(source: string, dataset: string): Map<string, ModelRow> {
    const name = `${source} ${dataset}`;
    const lane = this.lanes.get(name) ?? new Map<string, ModelRow>();
    this.lanes.set(name, lane);
    return lane;
  }

  /** Whether a read that sees this row now finds it unchanged. */
  unchanged(
    source: string,
    dataset: string,
    container: string,
    row: ObservedRow,
  ): boolean {
    const open = this.lane(source, dataset).get(row.key);
    return (
      open !== undefined &&
      open.container === container &&
      same(open.payload, row.payload)
    );
  }

  /** What stands in a container: keys and when those rows opened. */
  standing(source: string, dataset: string, container: string) {
    return new Map(
      [...this.lane(source, dataset)]
        .filter(([, row]) => row.container === container)
        .map(([key, row]) => [key, row.opened]),
    );
  }

  /** Whether anything went or changed that stood when a read began. */
  #isStale({ source, dataset, container, stood }: ModelRead): boolean {
    const now = this.standing(source, dataset, container);
    return [...stood].some(([key, opened]) => now.get(key) !== opened);
  }

  /** Opens, changes or closes one row directly. */
  change(
    source: string,
    dataset: string,
    container: string,
    key: string,
    row: ObservedRow | undefined,
  ): { any: boolean; apply: (revision: number) => void } {
    const lane = this.lane(source, dataset);
    const any = row
      ? !this.unchanged(source, dataset, container, row)
      : lane.has(key);
    return {
      any,
      apply: revision => {
        if (any && row) {
          this.#open(source, dataset, container, row, revision);
        } else if (any) {
          lane.delete(key);
        }
      },
    };
  }

  #open(
    source: string,
    dataset: string,
    container: string,
    row: ObservedRow,
    opened: number,
  ): void {
    const { payload } = row;
    this.lane(source, dataset).set(row.key, {
      container,
      payload,
      opened,
      outOfScope: false,
    });
    if (dataset === 'labels') {
      this.labelled.add(`${source} ${row.key.split('/')[1]}`);
    }
  }

  /** The outcome of publishing these reads of one run. */
  publish(reads: ModelRead[]): Expected {
    const expected = {
      stale: new Set<string>(),
      opened: 0,
      changed: 0,
      removed: 0,
      refused: [] as PublishOutcome['refused'],
    };
    const effects: Array<(revision: number) => void> = [];
    const saw = reads
      .filter(read => ['complete', 'partial'].includes(read.outcome))
      .sort((a, b) => a.order - b.order);
    let any = false;
    for (const name of new Set(saw.map(r => `${r.source} ${r.dataset}`))) {
      const [source, dataset] = name.split(' ');
      const lane = this.lane(source, dataset);
      const ofLane = saw.filter(
        r => r.source === source && r.dataset === dataset,
      );
      const winners = new Map<
        string,
        { read: ModelRead; row: ObservedRow; unchanged: boolean }
      >();
      for (const read of ofLane) {
        for (const [key, seen] of read.rows) {
          winners.set(key, { read, ...seen });
        }
      }
      for (const [key, { read, row, unchanged }] of winners) {
        const open = lane.get(key);
        if (open) {
          effects.push(() => {
            open.outOfScope = false;
          });
        }
        if (!this.unchanged(source, dataset, read.container, row)) {
          if (unchanged) {
            expected.stale.add(`${dataset}/${read.container}`);
          }
          expected[open ? 'changed' : 'opened'] += 1;
          any = true;
          effects.push(revision =>
            this.#open(source, dataset, read.container, row, revision),
          );
        }
      }
      for (const read of ofLane) {
        if (read.mode === 'difference' && this.#isStale(read)) {
          expected.stale.add(`${dataset}/${read.container}`);
        }
        if (isWhole(read)) {
          const known = this.containers.get(this.#containerKey(read));
          const unseen = [...lane].filter(
            ([key, row]) =>
              row.container === read.container &&
              row.opened <= read.startedRevision &&
              !winners.has(key),
          );
          const inScope = unseen.filter(([, row]) => !row.outOfScope);
          const of = [...lane].filter(
            ([key, row]) =>
              row.container === read.container &&
              (!row.outOfScope || winners.has(key)),
          ).length;
          if (known && known.scope !== read.scope) {
            effects.push(() => {
              unseen.forEach(([, row]) => {
                row.outOfScope = true;
              });
            });
          } else if (inScope.length > 10 && inScope.length > of * 0.2) {
            expected.refused.push({
              source,
              dataset,
              key: read.container,
              readId: read.id,
              missing: inScope.length,
              of,
            });
          } else if (inScope.length > 0) {
            any = true;
            expected.removed += inScope.length;
            effects.push(() => inScope.forEach(([key]) => lane.delete(key)));
          }
        }
      }
    }
    for (const read of saw) {
      for (const { row } of read.rows.values()) {
        const { profile } = row;
        if (profile?.name && this.names.get(profile.id) !== profile.name) {
          any = true;
          effects.push(() => {
            this.names.set(profile.id, profile.name as string);
          });
        }
      }
    }
    return {
      ...expected,
      stale: [...expected.stale].sort(),
      any,
      apply: revision => {
        const before = expected.refused.map(refused => ({
          refused,
          keys: this.#refusedKeys(refused, saw),
        }));
        effects.forEach(effect => effect(revision));
        reads.forEach(read => this.#record(read));
        for (const { refused, keys } of before) {
          const name = `${refused.source} ${refused.dataset} ${refused.key}`;
          const state = this.containers.get(name);
          if (state) {
            state.refused = keys;
          }
        }
      },
    };
  }

  #refusedKeys(refused: PublishOutcome['refused'][0], saw: ModelRead[]) {
    const { source, dataset, key: container, readId } = refused;
    const read = saw.find(r => r.id === readId) as ModelRead;
    const seen = new Set(
      saw
        .filter(r => r.source === source && r.dataset === dataset)
        .flatMap(r => [...r.rows.keys()]),
    );
    return new Map(
      [...this.lane(source, dataset)]
        .filter(
          ([key, row]) =>
            row.container === container &&
            !row.outOfScope &&
            row.opened <= read.startedRevision &&
            !seen.has(key),
        )
        .map(([key, row]) => [key, row.opened]),
    );
  }

  #containerKey(read: ModelRead): string {
    return `${read.source} ${read.dataset} ${read.container}`;
  }

  #record(read: ModelRead): void {
    const name = this.#containerKey(read);
    const known = this.containers.get(name);
    const saw = ['complete', 'partial'].includes(read.outcome);
    const whole = isWhole(read);
    this.lastRead.set(name, read);
    this.containers.set(name, {
      scope:
        !known || whole || (saw && !known.whole) ? read.scope : known.scope,
      whole: whole || (known?.whole ?? false),
      refused: new Map(),
    });
  }

  /** What accepting the refused removal of a container does. */
  accept(name: string): { removed: number; apply: () => void } {
    const [source, dataset, container] = name.split(' ');
    const lane = this.lane(source, dataset);
    const state = this.containers.get(name) as ModelContainer;
    const keys = [...state.refused].filter(([key, opened]) => {
      const row = lane.get(key);
      return row?.opened === opened && row.container === container;
    });
    return {
      removed: keys.length,
      apply: () => {
        keys.forEach(([key]) => lane.delete(key));
        state.refused = new Map();
      },
    };
  }

  /** Keys of the rows that a changed scope cannot confirm. */
  outOfScope(): string[] {
    return [...this.lanes]
      .flatMap(([name, lane]) =>
        [...lane]
          .filter(([, row]) => row.outOfScope)
          .map(([key]) => `${name} ${key}`),
      )
      .sort();
  }

  /** Everything that stands, in a form that can be compared. */
  dump(): Record<string, string> {
    const rows: Record<string, string> = {};
    for (const [name, lane] of this.lanes) {
      for (const [key, row] of lane) {
        rows[`${name} ${key}`] = `${row.container} ${canonicalJson(
          row.payload,
        )}`;
      }
    }
    return rows;
  }
}
