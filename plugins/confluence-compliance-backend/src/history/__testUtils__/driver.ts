// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { History } from '..';
import { definitions } from '../definitions';
import { StaleStagingError } from '../errors';
import { canonicalJson } from '../../ledger';
import type {
  Container,
  DatasetName,
  ObservedRow,
  PublishOutcome,
  Read,
} from '..';
import { check } from './check';
import { Consumer } from './consumer';
import { Model, ModelRead } from './model';
import { expectedFeed } from './expectedFeed';
import { Command, CONNECTIONS, Observation, rowOf, rowsOf, Run } from './world';

const TABLES = [
  ...Object.values(definitions).map(definition => definition.table),
  'history_revisions',
  'history_locks',
  'history_containers',
  'history_reads',
  'history_staged',
  'history_delta',
  'history_refused',
  'history_subjects',
  'profiles',
  'feed_consumers',
  'ledger_entries',
];

/** Tables that a publish without a difference must leave as they are. */
const QUIET = TABLES.filter(
  table =>
    !['history_locks', 'history_containers', 'history_reads'].includes(table) &&
    !['history_staged', 'history_refused'].includes(table),
);

/** Back to an empty history without migrating again. */
async function empty(knex: Knex): Promise<void> {
  for (const table of TABLES) {
    await knex(table).delete();
  }
  await knex('history_clock').update({ revision: 0, committed_at: null });
  await knex('ledger_head').update({ seq: 0, hash: '0'.repeat(64) });
}

function sorted(refused: PublishOutcome['refused']) {
  const nameOf = (r: Container) => `${r.dataset}/${r.key}`;
  return [...refused].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** Plays commands against a real history and the model, comparing both. */
export class Driver {
  readonly #knex: Knex;
  readonly #model = new Model();
  readonly #answers = new Map<number, Record<string, string>>();
  readonly #times = new Map<string, number>();
  /** One consumer reads everything at once, the other now and then a page. */
  readonly #eager = new Consumer();
  readonly #slow = new Consumer();
  #history!: History;
  #order = 0;
  #entries = 0;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Another process on the same database. */
  async reopen(): Promise<void> {
    this.#history = await History.create({
      database: {
        ...mockServices.database({ knex: this.#knex }),
        migrations: { skip: true },
      },
    });
  }

  async play(commands: Command[]): Promise<void> {
    await empty(this.#knex);
    await this.reopen();
    for (const command of commands) {
      if (command.type === 'runs') {
        await this.#runs(command.runs);
      } else if (command.type === 'link') {
        await this.#link(command);
      } else if (command.type === 'accept') {
        await this.#accept(command.pick);
      } else {
        await this.#slow.poll(this.#history, command.limit);
      }
      await this.#remember(await this.#history.head());
      check(await this.#outOfScope()).toEqual(this.#model.outOfScope());
      await this.#eager.pollToEnd(this.#history, 20);
      check(this.#eager.states()).toEqual(
        expectedFeed(this.#model, CONNECTIONS),
      );
    }
    await this.#verify();
  }

  async #runs(runs: Run[]): Promise<void> {
    const staged = [];
    for (const run of runs) {
      const runId = randomUUID();
      const reads: ModelRead[] = [];
      for (const seen of run.observations) {
        reads.push(await this.#read(runId, run.connection, seen));
      }
      staged.push({ run, runId, reads });
    }
    for (const { run } of staged) {
      await this.#meddle(run);
    }
    const quiet = await this.#quietState();
    const published = await Promise.all(
      staged.map(({ run, runId, reads }) => this.#publish(run, runId, reads)),
    );
    published.sort(
      (a, b) => (a.outcome.revision ?? 0) - (b.outcome.revision ?? 0),
    );
    for (const { outcome, expected } of published) {
      const { opened, changed, removed, refused, any } = expected;
      const summary = { opened, changed, removed, any };
      check({
        opened: outcome.opened,
        changed: outcome.changed,
        removed: outcome.removed,
        any: outcome.revision !== undefined,
      }).toEqual(summary);
      check(sorted(outcome.refused)).toEqual(sorted(refused));
      expected.apply(outcome.revision ?? 0);
      if (outcome.revision !== undefined) {
        this.#entries += 1;
        await this.#remember(outcome.revision);
      }
    }
    if (published.every(({ outcome }) => outcome.revision === undefined)) {
      check(await this.#quietState()).toEqual(quiet);
    }
  }

  /** Reads one container, with whatever goes wrong on the way. */
  async #read(
    runId: string,
    source: string,
    seen: Observation,
  ): Promise<ModelRead> {
    const { dataset, container } = seen.spec;
    const { mode, scope, outcome, interruption } = seen;
    const begin = { runId, source, dataset, key: container, mode, scope };
    const startedRevision = await this.#history.head();
    const read = await this.#history.beginRead(begin);
    const rows = rowsOf(source, seen);
    let { told, gone } = await this.#told(read, rows);
    const half = Math.floor(told.length / 2);
    await this.#history.stage(read.id, told.slice(0, half), {
      progress: { at: half },
      gone: gone.slice(0, 1),
    });
    if (interruption === 'resume') {
      await this.reopen();
      const resumed = await this.#history.beginRead(begin);
      check(resumed).toMatchObject({
        id: read.id,
        rows: half,
        progress: { at: half },
      });
    } else if (interruption === 'restart') {
      const others = rowsOf(source, { ...seen, seen: [0, 1] });
      await this.#history.stage(read.id, others);
      const restarted = await this.#history.restartRead(read.id);
      check(restarted).toMatchObject({ id: read.id, rows: 0 });
      check(restarted.progress).toBeUndefined();
      ({ told, gone } = await this.#told(read, rows));
      await this.#history.stage(read.id, told.slice(0, half));
    } else if (interruption === 'repeat') {
      await this.#history.stage(read.id, told, { gone });
    }
    await this.#history.stage(read.id, told.slice(half), { gone });
    const finished = await this.#history.finishRead(read.id, {
      outcome,
      expected: rows.length,
    });
    check(finished.rows).toBe(told.length);
    await check(this.#history.stage(read.id, rows)).rejects.toThrow(
      'already finished',
    );
    return {
      id: read.id,
      source,
      dataset,
      container,
      mode,
      scope,
      outcome,
      startedRevision,
      order: (this.#order += 1),
      rows: this.#seen(source, dataset, container, rows),
      stood: this.#model.standing(source, dataset, container),
    };
  }

  /** What a read stages of the rows it has seen, and which it says are gone. */
  async #told({ id, mode }: Pick<Read, 'id' | 'mode'>, rows: ObservedRow[]) {
    if (mode !== 'difference') {
      return { told: rows, gone: [] };
    }
    const standing = await this.#history.standing(id);
    const told: ObservedRow[] = [];
    for (const row of rows) {
      if (await standing.differs(row)) {
        told.push(row);
      }
    }
    return { told, gone: await standing.left() };
  }

  #seen(
    source: string,
    dataset: string,
    container: string,
    rows: ObservedRow[],
  ): ModelRead['rows'] {
    return new Map(
      rows.map(row => [
        row.key,
        {
          row,
          unchanged: this.#model.unchanged(source, dataset, container, row),
        },
      ]),
    );
  }

  /** Somebody else changes a row between reading and publishing. */
  async #meddle({ connection, meddle }: Run): Promise<void> {
    if (meddle) {
      const { dataset, index, action } = meddle;
      const container = dataset === 'results' ? 'k0' : 'site';
      const row = rowOf({ dataset, container }, connection, index, action % 2);
      await this.#change(
        { source: connection, dataset, key: container },
        row.key,
        action === 2 ? undefined : row,
      );
    }
  }

  async #link(command: Extract<Command, { type: 'link' }>): Promise<void> {
    const key = `${command.connection}-a${command.index}`;
    const person = `user:default/p${command.person}`;
    const payload = { source: 'people:catalog', person, how: 'manual' };
    await this.#change(
      { source: 'identity', dataset: 'identity_links', key: 'links' },
      key,
      command.person === 0 ? undefined : { key, payload },
    );
  }

  async #change(
    container: Container,
    key: string,
    row: ObservedRow | undefined,
  ): Promise<void> {
    const quiet = await this.#quietState();
    const { source, dataset, key: name } = container;
    const expected = this.#model.change(source, dataset, name, key, row);
    const outcome = await this.#history.change({}, change =>
      row ? change.put(container, row) : change.remove(container, key),
    );
    check(outcome.revision !== undefined).toBe(expected.any);
    expected.apply(outcome.revision ?? 0);
    if (outcome.revision === undefined) {
      check(await this.#quietState()).toEqual(quiet);
    } else {
      await this.#remember(outcome.revision);
    }
  }

  async #publish(run: Run, runId: string, reads: ModelRead[]) {
    const fail = async () => {
      throw new Error('interrupted');
    };
    if (run.fault !== 'none') {
      await check(
        this.#history.publish({ runId, [run.fault]: fail }),
      ).rejects.toThrow();
    }
    const publish = () =>
      this.#history.publish({
        runId,
        entry: outcome => ({
          kind: 'sync.published',
          actor: 'system',
          subject: run.connection,
          payload: { runId, opened: outcome.opened },
        }),
      });
    let expected = this.#model.publish(reads);
    while (expected.stale.length > 0) {
      const error = await publish().catch(e => e);
      check(error).toBeInstanceOf(StaleStagingError);
      const stale: Container[] = error.containers;
      check(stale.map(c => `${c.dataset}/${c.key}`).sort()).toEqual(
        expected.stale,
      );
      for (const read of reads) {
        if (expected.stale.includes(`${read.dataset}/${read.container}`)) {
          await this.#readAgain(read);
        }
      }
      expected = this.#model.publish(reads);
    }
    return { outcome: await publish(), expected };
  }

  async #readAgain(read: ModelRead): Promise<void> {
    const rows = [...read.rows.values()].map(({ row }) => row);
    read.startedRevision = await this.#history.head();
    await this.#history.restartRead(read.id);
    read.order = this.#order += 1;
    const { told, gone } = await this.#told(read, rows);
    await this.#history.stage(read.id, told, { gone });
    const { outcome, source, dataset, container } = read;
    await this.#history.finishRead(read.id, { outcome, expected: rows.length });
    read.rows = this.#seen(source, dataset, container, rows);
    read.stood = this.#model.standing(source, dataset, container);
  }

  async #accept(pick: number): Promise<void> {
    const shrunk = [...this.#model.containers]
      .filter(([, state]) => state.refused.size > 0)
      .map(([name]) => name);
    const options = { actor: 'user:default/boss', reason: 'a clean-up' };
    if (shrunk.length === 0) {
      for (const read of [...this.#model.lastRead.values()].slice(0, 1)) {
        await check(
          this.#history.acceptShrink({ ...options, readId: read.id }),
        ).rejects.toThrow('no refused removal');
      }
      return;
    }
    const name = shrunk[pick % shrunk.length];
    const { id: readId } = this.#model.lastRead.get(name) as ModelRead;
    const expected = this.#model.accept(name);
    const outcome = await this.#history.acceptShrink({ ...options, readId });
    check(outcome.removed).toBe(expected.removed);
    expected.apply();
    this.#entries += 1;
  }

  /** Everything that must stay as it is while nothing changes. */
  async #quietState(): Promise<unknown> {
    const state: Record<string, unknown> = {};
    for (const table of QUIET) {
      const rows = await this.#knex(table).select();
      state[table] = rows
        .map(row => JSON.stringify({ ...row, out_of_scope_since: undefined }))
        .sort();
    }
    return state;
  }

  async #dump(asOf: number): Promise<Record<string, string>> {
    const rows: Record<string, string> = {};
    for (const dataset of Object.keys(definitions) as DatasetName[]) {
      for await (const page of this.#history.rows(dataset, {
        asOf,
        batch: 7,
      })) {
        for (const { source, container, key, payload } of page) {
          const name = `${source} ${dataset} ${key}`;
          check(rows[name]).toBeUndefined();
          rows[name] = `${container} ${canonicalJson(payload)}`;
        }
      }
    }
    return rows;
  }

  async #outOfScope(): Promise<string[]> {
    const found: string[] = [];
    for (const { table, name } of Object.values(definitions)) {
      const rows = await this.#knex(table)
        .whereNull('closed')
        .whereNotNull('out_of_scope_since')
        .select('source', 'key');
      found.push(...rows.map(row => `${row.source} ${name} ${row.key}`));
    }
    return found.sort();
  }

  /** The answer at a revision is the model's, and is asked for again later. */
  async #remember(revision: number): Promise<void> {
    const answer = await this.#dump(revision);
    check(answer).toEqual(this.#model.dump());
    this.#answers.set(revision, answer);
    const now = new Date().toISOString();
    this.#times.set(now, await this.#history.resolve(now));
  }

  async #verify(): Promise<void> {
    for (const [revision, answer] of this.#answers) {
      check(await this.#dump(revision)).toEqual(answer);
    }
    for (const [time, revision] of this.#times) {
      check(await this.#history.resolve(time)).toBe(revision);
    }
    const expected = expectedFeed(this.#model, CONNECTIONS);
    const newcomer = new Consumer();
    for (const consumer of [this.#slow, newcomer]) {
      await consumer.pollToEnd(this.#history, 3);
      check(consumer.states()).toEqual(expected);
    }
    check(await this.#history.ledger.verify(this.#knex)).toMatchObject({
      ok: true,
      checked: this.#entries,
    });
    for (const table of ['history_staged', 'history_delta']) {
      check(await this.#knex(table).select()).toEqual([]);
    }
  }
}
