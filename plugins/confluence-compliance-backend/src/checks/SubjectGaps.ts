// SPDX-License-Identifier: Apache-2.0
import type { History } from '../history';
import { gapOf, SITE } from './completeness';

const datasets = [
  'memberships',
  'spaces',
  'grants',
  'pages',
  'labels',
] as const;

type Dataset = (typeof datasets)[number];

/**
 * Which single containers are incomplete, for verdicts that rest on one group, space or label only. Like
 * all completeness it is asked before the revision is pinned.
 */
export class SubjectGaps {
  readonly #gaps: Map<string, string | undefined>;

  static async read(
    history: History,
    connections: string[],
  ): Promise<SubjectGaps> {
    const gaps = new Map<string, string | undefined>();
    for (const source of connections) {
      for (const dataset of datasets) {
        for (const state of await history.containers({ source, dataset })) {
          const [gap] = gapOf(dataset, state);
          gaps.set(nameOf(source, dataset, state.key), gap);
        }
      }
    }
    return new SubjectGaps(gaps);
  }

  private constructor(gaps: Map<string, string | undefined>) {
    this.#gaps = gaps;
  }

  /** Why a container is incomplete, as a stable code; undefined where it is complete. */
  of(
    connection: string,
    dataset: Dataset,
    key: string = SITE,
  ): string | undefined {
    const name = nameOf(connection, dataset, key);
    return this.#gaps.has(name)
      ? this.#gaps.get(name)
      : gapOf(dataset, undefined)[0];
  }
}

function nameOf(...parts: string[]): string {
  return JSON.stringify(parts);
}
