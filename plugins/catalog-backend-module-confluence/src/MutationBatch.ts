// SPDX-License-Identifier: Apache-2.0
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { locationKey } from './refs';

const maxSize = 500;

/**
 * Collects a delta of at most 500 entities and refs.
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

  async add(entity: Entity): Promise<void> {
    await this.#set(stringifyEntityRef(entity), entity);
  }

  async remove(ref: string): Promise<void> {
    await this.#set(ref, undefined);
  }

  async flush(): Promise<void> {
    if (!this.#changes.size) {
      return;
    }
    this.#signal.throwIfAborted();
    const changes = [...this.#changes];
    await this.#connection.applyMutation({
      type: 'delta',
      added: changes.flatMap(([, entity]) =>
        entity ? [{ entity, locationKey }] : [],
      ),
      removed: changes.flatMap(([entityRef, entity]) =>
        entity ? [] : [{ entityRef, locationKey }],
      ),
    });
    this.#changes.clear();
  }

  async #set(ref: string, entity: Entity | undefined): Promise<void> {
    if (this.#changes.size >= maxSize && !this.#changes.has(ref)) {
      await this.flush();
    }
    this.#changes.set(ref, entity);
  }
}
