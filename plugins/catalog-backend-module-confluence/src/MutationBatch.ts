// SPDX-License-Identifier: Apache-2.0
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { locationKey } from './refs';

const maxSize = 500;

/**
 * Collects changes and applies them in deltas of at most 500 entities and refs.
 *
 * @remarks
 * The last word on a ref counts: the catalog deletes an unchanged entity that one delta both
 * removes and adds.
 */
export class MutationBatch {
  readonly #connection: EntityProviderConnection;
  readonly #signal: AbortSignal;
  /** Undefined stands for removal. */
  readonly #changes = new Map<string, Entity | undefined>();

  constructor(connection: EntityProviderConnection, signal: AbortSignal) {
    this.#connection = connection;
    this.#signal = signal;
  }

  add(entity: Entity): void {
    this.#changes.set(stringifyEntityRef(entity), entity);
  }

  remove(ref: string): void {
    this.#changes.set(ref, undefined);
  }

  async flush(): Promise<void> {
    const changes = [...this.#changes];
    for (let from = 0; from < changes.length; from += maxSize) {
      this.#signal.throwIfAborted();
      const delta = changes.slice(from, from + maxSize);
      await this.#connection.applyMutation({
        type: 'delta',
        added: delta.flatMap(([, entity]) =>
          entity ? [{ entity, locationKey }] : [],
        ),
        removed: delta.flatMap(([entityRef, entity]) =>
          entity ? [] : [{ entityRef, locationKey }],
        ),
      });
    }
    this.#changes.clear();
  }
}
