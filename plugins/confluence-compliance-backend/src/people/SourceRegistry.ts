// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError } from '@backstage/errors';
import type { PersonSource } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

const ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The personnel sources besides the catalog. */
export class SourceRegistry {
  readonly #sources = new Map<string, PersonSource>();

  /** Throws a ConflictError for an id that is taken, an InputError for one that is none. */
  add(...sources: PersonSource[]): void {
    for (const source of sources) {
      if (!ID.test(source.id)) {
        throw new InputError(
          `The id '${source.id}' of a personnel source must be 1 to 63 lowercase letters, digits and dashes`,
        );
      }
      if (source.id === 'catalog' || this.#sources.has(source.id)) {
        throw new ConflictError(
          `A personnel source '${source.id}' is already there: choose another id`,
        );
      }
      this.#sources.set(source.id, source);
    }
  }

  all(): PersonSource[] {
    return [...this.#sources.values()];
  }
}
