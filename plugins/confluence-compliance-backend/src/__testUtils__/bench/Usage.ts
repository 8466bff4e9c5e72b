// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises';
import { memoryUsage } from 'node:process';

const SAMPLE_MS = 50;
const MB = 1024 * 1024;

/** What this process has used so far. */
export interface UsageReport {
  /** Milliseconds of processor time, over all threads. */
  cpuMs: number;
  /** The most memory it held at once, in MB. */
  peakRssMb: number;
  peakHeapMb: number;
  /** Bytes it gave to the storage; undefined where the system does not say. */
  bytesWritten?: number;
}

/** Watches the memory of this process from now on. */
export class Usage {
  #rss = 0;
  #heap = 0;

  constructor() {
    setInterval(() => this.#sample(), SAMPLE_MS).unref();
  }

  async report(): Promise<UsageReport> {
    this.#sample();
    const { user, system } = process.cpuUsage();
    return {
      cpuMs: (user + system) / 1000,
      peakRssMb: this.#rss / MB,
      peakHeapMb: this.#heap / MB,
      bytesWritten: await bytesWritten(),
    };
  }

  #sample() {
    const { rss, heapUsed } = memoryUsage();
    this.#rss = Math.max(this.#rss, rss);
    this.#heap = Math.max(this.#heap, heapUsed);
  }
}

async function bytesWritten(): Promise<number | undefined> {
  try {
    const io = await readFile('/proc/self/io', 'utf8');
    const [, bytes] = /^write_bytes: (\d+)$/m.exec(io) ?? [];
    return bytes === undefined ? undefined : Number(bytes);
  } catch {
    return undefined;
  }
}
