// SPDX-License-Identifier: Apache-2.0
import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
} from '@backstage/catalog-model';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  LocationSpec,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  confluenceAnnotations,
  RELATION_ACCOUNT_OF,
  RELATION_HAS_ACCOUNT,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { personRef } from './person';
import { subjectOf } from './refs';

/** Relates a person's own `User` to the mirrored accounts, both ways. */
export class AccountRelationsProcessor implements CatalogProcessor {
  readonly #namespace: string;

  constructor(options: { namespace: string }) {
    this.#namespace = options.namespace;
  }

  getProcessorName(): string {
    return 'ConfluenceAccountRelationsProcessor';
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    const person = personRef(
      entity.metadata.annotations?.[confluenceAnnotations.person],
      this.#namespace,
    );
    const isMirror =
      entity.metadata.namespace === this.#namespace &&
      subjectOf(entity)?.kind === 'account';
    if (person && isMirror) {
      const own = parseEntityRef(person);
      const mirror = getCompoundEntityRef(entity);
      emit(
        processingResult.relation({
          source: own,
          type: RELATION_HAS_ACCOUNT,
          target: mirror,
        }),
      );
      emit(
        processingResult.relation({
          source: mirror,
          type: RELATION_ACCOUNT_OF,
          target: own,
        }),
      );
    }
    return entity;
  }
}
