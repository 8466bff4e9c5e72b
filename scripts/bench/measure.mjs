// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../ports.mjs';
import { startSandbox } from '../sandbox.mjs';
import { Backend } from './backend.mjs';
import { changeSome } from './changes.mjs';
import {
  allIntervals,
  expectedRequests,
  median,
  partRequests,
  syncIntervals,
  totalRequests,
} from './ratios.mjs';
import { World } from './world.mjs';

const LATENCY_MS = 50;
/** A site in use answers later than the bar supposes. At L that would take half an hour more. */
const SLOW_MS = 250;
/** At L a sync takes minutes, and what comes and goes in seconds does not show. */
const SYNC_ROUNDS = { S: 3, M: 3, L: 1 };
const ROUNDS = 3;

/** Whether a check runs by itself; the others refuse to. */
const canRun = state => !['later', 'attestation'].includes(state);

const sum = numbers => numbers.reduce((total, number) => total + number, 0);

/** Several rounds of the same, and the middle one. */
async function rounds(action, times = ROUNDS) {
  const taken = [];
  for (let n = 0; n < times; n++) {
    taken.push(await action());
  }
  return median(taken);
}

/** One size on one database: what is measured, and the backend, which goes on for the lists. */
export class Measurement {
  #processes;
  #env;
  #size;
  #folder;
  #databases;
  #name;
  #world;
  backend;
  values = {};
  details = {};

  constructor({ processes, env, size, kind, folder, databases }) {
    this.#processes = processes;
    this.#env = env;
    this.#size = size;
    this.#name = `${size.toLowerCase()}-${kind}`;
    this.#folder = join(folder, this.#name);
    this.#databases = databases;
  }

  async run() {
    mkdirSync(this.#folder);
    const latency = ['--size', this.#size, '--latency', String(LATENCY_MS)];
    const port = await freePort();
    let child;
    const sandbox = await startSandbox(
      {
        start: (name, command, args, options) => {
          child = this.#processes.start(name, command, args, options);
          return child;
        },
      },
      this.#env,
      port,
      latency,
    );
    this.#world = new World(sandbox);
    this.backend = await this.#start('backend');
    await this.#step('people', () => this.backend.run('read-people'));
    await this.backend.signIn();
    await this.#fullSync();
    await this.#checks();
    await this.#unchanged();
    await this.#changed();
    this.details.atOnce = await this.#firstSyncAt(0);
    if (this.#size !== 'L') {
      this.details.slowAnswers = await this.#firstSyncAt(SLOW_MS);
    }
    child.removeAllListeners('exit');
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  #start(part) {
    const name = `${part}-${this.#name}`;
    return Backend.start(this.#processes, this.#env, {
      sandbox: this.#world.sandbox,
      folder: this.#folder,
      database: this.#databases.of(name),
      name,
    });
  }

  async #step(what, action) {
    const begun = performance.now();
    const answer = await action();
    const s = (performance.now() - begun) / 1000;
    console.log(`  ${this.#name}: ${what}, ${s.toFixed(1)} s`);
    return answer;
  }

  async #fullSync() {
    const world = this.#world;
    await world.count();
    let syncMs;
    const requests = await this.#step('full sync', () =>
      world.record(async () => {
        syncMs = await this.backend.sync();
      }),
    );
    const { byEndpoint, peak } = await world.counted();
    const lengths = await world.lengths();
    const parted = partRequests(byEndpoint);
    const expected = totalRequests(expectedRequests(lengths));

    const again = inOrder =>
      this.#step(inOrder ? 'bare loop, list by list' : 'bare loop', () =>
        rounds(
          async () => (await world.replay(this.#env, requests, { inOrder })).ms,
          SYNC_ROUNDS[this.#size],
        ),
      );
    const loopMs = await again(false);
    const inOrderMs = await again(true);
    const standing = await this.backend.bench('/standing');
    const others = await this.#firstSyncs(SYNC_ROUNDS[this.#size] - 1);
    syncMs = median([syncMs, ...others]);
    this.values.fullSyncRatio = syncMs / loopMs;
    this.values.requestRatio = parted.reading / expected;
    Object.assign(this.details, {
      syncMs,
      loopMs,
      inOrderMs,
      inOrderRatio: syncMs / inOrderMs,
      requests: { ...parted, expected, peak, byEndpoint },
      standing,
    });
  }

  async #checks() {
    const { backend } = this;
    await backend.run('link-accounts');
    await backend.bench('/watch', 'PUT');
    const firstMs = await this.#step('first checks', () =>
      backend.run('run-checks'),
    );
    const read = await backend.bench('/watch', 'DELETE');
    // A later run compares what it finds with every result that stands; the first had none to read.
    const tables = [...new Set([...read.tables, 'history_results'])];
    const againMs = await this.#step('checks again', () =>
      rounds(async () => {
        const { items } = await backend.get('/checks');
        for (const { id } of items.filter(({ state }) => canRun(state))) {
          await backend.post(`/checks/${id}/run`);
        }
        return backend.run('run-checks');
      }),
    );
    const names = new URLSearchParams(tables.map(table => ['table', table]));
    const streamMs = await this.#step('streaming the tables', () =>
      rounds(async () => (await backend.bench(`/stream?${names}`)).ms),
    );
    this.values.checksRatio = againMs / streamMs;
    this.details.checks = {
      firstMs,
      againMs,
      streamMs,
      firstRatio: firstMs / streamMs,
      tables,
    };
  }

  /** A sync of everything and what follows it; what it wrote and whom the feed tells of. */
  async #syncAgain(what) {
    const { backend } = this;
    const { head } = await backend.bench('/head');
    const { next } = await backend.changesSince();
    const before = await backend.bench('/usage');
    await this.#world.count();
    await backend.post('/connections/northwind/sync');
    await this.#step(what, () => backend.sync());
    const { byEndpoint } = await this.#world.counted();
    await this.#step('what follows', () => backend.follow());
    const after = await backend.bench('/usage');
    const { subjects } = await backend.changesSince(next);
    return {
      written: await backend.bench(`/written/${head}`),
      subjects,
      confirming: partRequests(byEndpoint).confirming,
      bytesWritten:
        before.bytesWritten === undefined
          ? undefined
          : after.bytesWritten - before.bytesWritten,
    };
  }

  async #unchanged() {
    const { written, subjects, bytesWritten } = await this.#syncAgain(
      'sync without changes',
    );
    const intervals = allIntervals(written);
    this.values.unchangedIntervals = intervals + subjects.length;
    this.details.unchanged = {
      intervals,
      subjects: subjects.length,
      bytesWritten,
    };
  }

  async #changed() {
    const { changes, subjects: expected } = await this.#step('changing', () =>
      changeSome(this.#world, this.backend),
    );
    const { written, subjects, confirming, bytesWritten } =
      await this.#syncAgain('sync of the changes');
    const intervals = syncIntervals(written);
    const told = new Set(subjects.map(({ kind, id }) => `${kind} ${id}`));
    const gone = sum(
      Object.values(written).map(({ opened, closed }) =>
        Math.max(0, closed - opened),
      ),
    );
    this.values.changedIntervalsRatio = intervals / changes;
    this.values.changedSubjects = { told: told.size, expected: expected.size };
    this.details.changed = {
      changes,
      intervals,
      checkIntervals: allIntervals(written) - intervals,
      subjects: { told: told.size, expected: expected.size },
      unexpected: [...told].filter(subject => !expected.has(subject)).length,
      missed: [...expected].filter(subject => !told.has(subject)).length,
      gone,
      confirming,
      bytesWritten,
    };
  }

  /** Another backend reads everything for the first time, from a sandbox that answers after `ms`. */
  async #firstSyncAt(ms) {
    await this.#world.setLatency(ms);
    const other = await this.#start(`after-${ms}`);
    await other.signIn();
    const before = await other.bench('/usage');
    let syncMs;
    const requests = await this.#step(`full sync at ${ms} ms`, () =>
      this.#world.record(async () => {
        syncMs = await other.sync();
      }),
    );
    const after = await other.bench('/usage');
    const standing = await other.bench('/standing');
    const loop = await this.#world.replay(this.#env, requests, {
      inOrder: false,
    });
    await other.stop();
    const objects = sum(Object.values(standing));
    return {
      objects,
      syncMs,
      loopMs: loop.ms,
      ratio: syncMs / loop.ms,
      cpuMsPerThousand: ((after.cpuMs - before.cpuMs) / objects) * 1000,
      loopCpuMsPerThousand: (loop.cpuMs / objects) * 1000,
    };
  }

  /** How long the same first sync takes in further backends with empty databases, in milliseconds. */
  async #firstSyncs(times) {
    const taken = [];
    for (let n = 1; n <= times; n++) {
      const other = await this.#start(`again-${n}`);
      await other.run('read-people');
      await other.signIn();
      taken.push(await this.#step('full sync', () => other.sync()));
      await other.stop();
    }
    return taken;
  }
}
