// SPDX-License-Identifier: Apache-2.0
import type { CheckDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { History } from '../history';
import { gapOf } from './completeness';
import { NO_ORGANIZATION, Organizations, placeOf } from './places';

const datasets: CheckDataset[] = [
  'accounts',
  'groups',
  'memberships',
  'spaces',
  'grants',
  'pages',
  'labels',
  'restrictions',
  'directory',
  'credentials',
  'audit',
];

/**
 * Which single containers are incomplete, for verdicts that rest on one group, space or label only. Like
 * all completeness it is asked before the revision is pinned.
 */
export class SubjectGaps {
  readonly #gaps: Map<string, string | undefined>;

  static async read(
    history: Pick<History, 'containers'>,
    connections: string[],
    organizations: Organizations,
  ): Promise<SubjectGaps> {
    const gaps = new Map<string, string | undefined>();
    for (const connection of connections) {
      for (const dataset of datasets) {
        const { source } = placeOf(dataset, connection, organizations);
        const states = source
          ? await history.containers({ source, dataset })
          : [];
        for (const state of states) {
          const [gap] = gapOf(dataset, state);
          gaps.set(nameOf(connection, dataset, state.key), gap);
        }
      }
    }
    return new SubjectGaps(gaps, organizations);
  }

  readonly #organizations: Organizations;

  private constructor(
    gaps: Map<string, string | undefined>,
    organizations: Organizations,
  ) {
    this.#gaps = gaps;
    this.#organizations = organizations;
  }

  /**
   * Why a container is incomplete, as a stable code; undefined where it is complete. Without a key, why
   * any of those is that one read each covers.
   */
  of(
    connection: string,
    dataset: CheckDataset,
    key?: string,
  ): string | undefined {
    const place = placeOf(dataset, connection, this.#organizations);
    if (place.source === undefined) {
      return NO_ORGANIZATION;
    }
    const keys = key === undefined ? place.keys : [key];
    for (const own of keys) {
      const name = nameOf(connection, dataset, own);
      const gap = this.#gaps.has(name)
        ? this.#gaps.get(name)
        : gapOf(dataset, undefined)[0];
      if (gap) {
        return gap;
      }
    }
    return undefined;
  }
}

function nameOf(...parts: string[]): string {
  return JSON.stringify(parts);
}
